package mx.refahub.store.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

final class SocketWire implements Wire {
    private static final Duration LAST_WORDS = Duration.ofMillis(200);

    private final Socket socket;
    private final Duration writeLimit;
    private final ScheduledExecutorService watch;

    private SocketWire(Socket socket, Duration writeLimit, ScheduledExecutorService watch) {
        this.socket = socket;
        this.writeLimit = writeLimit;
        this.watch = watch;
    }

    static SocketWire open(
            InetSocketAddress address, Duration connectLimit, Duration writeLimit, ScheduledExecutorService watch)
            throws IOException {
        if (address.isUnresolved()) throw new UnknownHostException("no such host: " + address.getHostString());
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address, (int) connectLimit.toMillis());
            return new SocketWire(socket, writeLimit, watch);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        try (Limit _ = new Limit(watch, writeLimit, this::close)) {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }
    }

    @Override
    public int receive(byte[] into, Duration limit) throws IOException {
        socket.setSoTimeout((int) Math.max(1, limit.toMillis()));
        try {
            int n = socket.getInputStream().read(into);
            return n < 0 ? ENDED : n;
        } catch (SocketTimeoutException e) {
            return SILENCE;
        }
    }

    /** What the device still says is read: closing a socket with unread bytes would cut off the end of what was sent. */
    @Override
    public void finish() throws IOException {
        socket.shutdownOutput();
        byte[] rest = new byte[64];
        while (receive(rest, LAST_WORDS) > 0) {
            // Nobody asked.
        }
    }

    @Override
    public boolean talksBack() {
        return true;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot close a device's connection", e);
        }
    }
}
