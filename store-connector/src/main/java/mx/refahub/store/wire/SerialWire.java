package mx.refahub.store.wire;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortDataListener;
import com.fazecast.jSerialComm.SerialPortEvent;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import mx.refahub.domain.device.Connection;

/** A serial port. That it was unplugged is told by the driver's event and found by reading: whichever is first. */
final class SerialWire implements Wire {
    private final SerialPort port;
    private final Duration writeLimit;
    private final AtomicBoolean gone = new AtomicBoolean();
    private int readLimit = -1;

    private SerialWire(SerialPort port, Duration writeLimit) {
        this.port = port;
        this.writeLimit = writeLimit;
    }

    static SerialWire open(Connection.Serial settings, Duration writeLimit) throws IOException {
        SerialPort port;
        try {
            port = SerialPort.getCommPort(settings.port());
        } catch (SerialPortInvalidPortException e) {
            throw new IOException("no serial port " + settings.port(), e);
        }
        int parity = switch (settings.parity()) {
            case NONE -> SerialPort.NO_PARITY;
            case EVEN -> SerialPort.EVEN_PARITY;
            case ODD -> SerialPort.ODD_PARITY;
        };
        int stopBits = settings.stopBits() == 2 ? SerialPort.TWO_STOP_BITS : SerialPort.ONE_STOP_BIT;
        port.setComPortParameters(settings.baud(), settings.dataBits(), stopBits, parity);
        port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
        if (!port.openPort()) throw new IOException("serial port " + settings.port() + " does not open");
        SerialWire wire = new SerialWire(port, writeLimit);
        port.addDataListener(wire.new Unplugged());
        return wire;
    }

    /** The driver repeats the event until the port is closed, and closing joins its own thread: another one does it. */
    private final class Unplugged implements SerialPortDataListener {
        @Override
        public int getListeningEvents() {
            return SerialPort.LISTENING_EVENT_PORT_DISCONNECTED;
        }

        @Override
        public void serialEvent(SerialPortEvent event) {
            if (gone.compareAndSet(false, true)) Thread.ofVirtual().start(port::closePort);
        }
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        limit(0);
        int at = 0;
        long end = System.nanoTime() + writeLimit.toNanos();
        while (at < bytes.length) {
            int wrote = gone.get() ? -1 : port.writeBytes(bytes, bytes.length - at, at);
            if (wrote < 0) throw new IOException("serial port is gone");
            at += wrote;
            if (at < bytes.length && System.nanoTime() > end) throw new IOException("serial port takes no more");
        }
    }

    @Override
    public int receive(byte[] into, Duration limit) {
        limit((int) Math.max(1, limit.toMillis()));
        if (gone.get()) return ENDED;
        int n = port.readBytes(into, into.length);
        return n < 0 ? ENDED : n;
    }

    private void limit(int millis) {
        if (millis == readLimit) return;
        readLimit = millis;
        port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING | SerialPort.TIMEOUT_WRITE_BLOCKING, millis, (int)
                writeLimit.toMillis());
    }

    /** Closing a port drops what its buffer still holds. */
    @Override
    public void finish() throws IOException {
        long end = System.nanoTime() + writeLimit.toNanos();
        while (!gone.get() && port.bytesAwaitingWrite() > 0) {
            if (System.nanoTime() > end) throw new IOException("serial port takes no more");
            LockSupport.parkNanos(5_000_000);
        }
        if (gone.get()) throw new IOException("serial port is gone");
    }

    @Override
    public boolean talksBack() {
        return true;
    }

    @Override
    public void close() {
        gone.set(true);
        port.removeDataListener();
        port.closePort();
    }
}
