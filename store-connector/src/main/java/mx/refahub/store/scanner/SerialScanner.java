package mx.refahub.store.scanner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceState;
import mx.refahub.store.wire.Wire;
import mx.refahub.store.wire.Wires;
import org.jspecify.annotations.Nullable;

/** Listens to a scanner for as long as it is there, and for it to come back when it is not. */
public final class SerialScanner implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final int LONGEST = 200;

    private final Device device;
    private final Wires wires;
    private final Consumer<String> scanned;
    private final Consumer<DeviceState> found;
    private final String prefix;
    private final Duration again;
    private final Thread listening;
    private volatile @Nullable Wire wire;

    public SerialScanner(Device device, Wires wires, Consumer<String> scanned, Consumer<DeviceState> found) {
        this(device, wires, scanned, found, AGAIN);
    }

    SerialScanner(Device device, Wires wires, Consumer<String> scanned, Consumer<DeviceState> found, Duration again) {
        this.device = device;
        this.wires = wires;
        this.scanned = scanned;
        this.found = found;
        this.prefix = device.text("prefix");
        this.again = again;
        this.listening =
                Thread.ofPlatform().daemon().name("scanner " + device.id()).start(this::run);
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try (Wire open = wires.open(device)) {
                wire = open;
                found.accept(DeviceState.READY);
                listen(open);
                found.accept(DeviceState.away("unplugged"));
            } catch (IOException e) {
                found.accept(DeviceState.away(wire == null ? "unreachable" : "unplugged"));
            } finally {
                wire = null;
            }
            try {
                Thread.sleep(again);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Until the scanner is gone. A code ends with CR, LF or a tab; what never ends is noise. */
    private void listen(Wire open) throws IOException {
        byte[] piece = new byte[128];
        StringBuilder code = new StringBuilder();
        while (!Thread.currentThread().isInterrupted()) {
            int n = open.receive(piece, POLL);
            if (n == Wire.ENDED) return;
            String text = new String(piece, 0, n, StandardCharsets.ISO_8859_1);
            for (int i = 0; i < n; i++) {
                char c = text.charAt(i);
                if (c == '\r' || c == '\n' || c == '\t') {
                    tell(code.toString());
                    code.setLength(0);
                } else if (c >= 0x20 && c != 0x7F) {
                    code.append(c);
                    if (code.length() > LONGEST) code.setLength(0);
                }
            }
        }
    }

    private void tell(String code) {
        String bare = code.startsWith(prefix) ? code.substring(prefix.length()) : code;
        if (!bare.isBlank()) scanned.accept(bare.strip());
    }

    @Override
    public void close() {
        listening.interrupt();
        Wire open = wire;
        if (open != null) open.close();
    }
}
