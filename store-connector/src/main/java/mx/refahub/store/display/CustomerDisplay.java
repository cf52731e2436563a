package mx.refahub.store.display;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import mx.refahub.domain.device.CustomerView.Shown;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceState;
import mx.refahub.store.wire.Wire;
import mx.refahub.store.wire.Wires;
import org.jspecify.annotations.Nullable;

/** Keeps one display at the newest that its register shows. What came in between is not shown late: only the newest counts. */
public final class CustomerDisplay implements AutoCloseable {
    private static final Duration AGAIN = Duration.ofSeconds(3);

    private final Device device;
    private final DisplayLayout layout;
    private final Wires wires;
    private final Supplier<String> storeName;
    private final Consumer<DeviceState> found;
    private final AtomicReference<@Nullable Shown> newest = new AtomicReference<>();
    private final Semaphore changed = new Semaphore(0);
    private final Duration again;
    private final Thread showing;
    private @Nullable Wire wire;

    public CustomerDisplay(Device device, Wires wires, Supplier<String> storeName, Consumer<DeviceState> found) {
        this(device, wires, storeName, found, AGAIN);
    }

    CustomerDisplay(
            Device device, Wires wires, Supplier<String> storeName, Consumer<DeviceState> found, Duration again) {
        this.again = again;
        this.device = device;
        this.layout = new DisplayLayout(device);
        this.wires = wires;
        this.storeName = storeName;
        this.found = found;
        this.showing = Thread.ofVirtual().name("display " + device.id()).start(this::run);
    }

    /** Returns at once. */
    public void show(Shown shown) {
        newest.set(shown);
        if (changed.availablePermits() == 0) changed.release();
    }

    /** Every column once, and the letters that must come out right. Goes back to what it showed with the next change. */
    public DeviceState test() {
        return put(layout.test());
    }

    private void run() {
        try {
            while (true) {
                changed.acquire();
                changed.drainPermits();
                Shown shown = newest.get();
                if (shown == null) continue;
                while (!put(layout.of(shown, storeName.get())).works()) {
                    if (changed.tryAcquire(again.toMillis(), TimeUnit.MILLISECONDS)) changed.drainPermits();
                    shown = newest.get();
                    if (shown == null) break;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The connection stays: opening some serial ports makes the display start anew. One that went stale is tried once more. */
    private synchronized DeviceState put(byte[] bytes) {
        for (int round = 0; round < 2; round++) {
            boolean fresh = wire == null;
            try {
                Wire open = wire;
                if (open == null) wire = open = wires.open(device);
                // A connection that the other side ended takes bytes without a word: listening shows it.
                if (!fresh && open.receive(new byte[16], Duration.ofMillis(1)) == Wire.ENDED)
                    throw new IOException("display is gone");
                open.send(bytes);
                found.accept(DeviceState.READY);
                return DeviceState.READY;
            } catch (IOException e) {
                drop();
                if (fresh) break;
            }
        }
        DeviceState away = DeviceState.away("unreachable");
        found.accept(away);
        return away;
    }

    private void drop() {
        Wire open = wire;
        wire = null;
        if (open != null) open.close();
    }

    @Override
    public void close() {
        showing.interrupt();
        synchronized (this) {
            drop();
        }
    }
}
