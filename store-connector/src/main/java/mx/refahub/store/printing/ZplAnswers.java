package mx.refahub.store.printing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import mx.refahub.domain.device.DeviceState;
import mx.refahub.store.wire.Wire;

/** A label printer's host status ({@code ~HS}): three strings between STX and ETX. Fields after Zebra's ZPL II guide. */
final class ZplAnswers implements PrinterAnswers {
    private static final int STRINGS = 3;

    private final Wire wire;
    private final Duration patience;

    ZplAnswers(Wire wire, Duration patience) {
        this.wire = wire;
        this.patience = patience;
    }

    /**
     * @param waiting formats that the printer has taken and not printed
     * @param left labels that are left of the one at work
     */
    record HostStatus(boolean paperOut, boolean paused, boolean headUp, boolean ribbonOut, int waiting, int left) {
        static Optional<HostStatus> of(String first, String second) {
            String[] a = first.split(",", -1);
            String[] b = second.split(",", -1);
            if (a.length < 5 || b.length < 9) return Optional.empty();
            try {
                return Optional.of(new HostStatus(
                        a[1].strip().equals("1"),
                        a[2].strip().equals("1"),
                        b[2].strip().equals("1"),
                        b[3].strip().equals("1"),
                        Integer.parseInt(a[4].strip()),
                        Integer.parseInt(b[8].strip())));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }

        DeviceState state() {
            if (headUp) return DeviceState.stopped("cover-open");
            if (paperOut) return DeviceState.stopped("paper-out");
            if (ribbonOut) return DeviceState.stopped("ribbon-out");
            if (paused) return DeviceState.stopped("paused");
            return DeviceState.READY;
        }
    }

    @Override
    public Optional<DeviceState> state() throws IOException {
        return ask().map(HostStatus::state);
    }

    @Override
    public void askWhenPrinted() {}

    @Override
    public boolean printed() throws IOException {
        HostStatus status = ask().orElse(null);
        if (status != null && status.state().works() && status.waiting() == 0 && status.left() == 0) return true;
        pause();
        return false;
    }

    private void pause() throws IOException {
        try {
            Thread.sleep(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while labels were printed", e);
        }
    }

    private Optional<HostStatus> ask() throws IOException {
        if (!wire.talksBack()) return Optional.empty();
        wire.send("~HS".getBytes(StandardCharsets.US_ASCII));
        long end = System.nanoTime() + patience.toNanos();
        String[] strings = new String[STRINGS];
        int have = 0;
        ByteArrayOutputStream string = new ByteArrayOutputStream();
        byte[] piece = new byte[128];
        while (have < STRINGS) {
            long left = end - System.nanoTime();
            if (left <= 0) return Optional.empty();
            int n = wire.receive(piece, Duration.ofNanos(left));
            if (n == Wire.ENDED) throw new IOException("printer ended the connection");
            for (int i = 0; i < n && have < STRINGS; i++) {
                if (piece[i] == 0x02) string.reset();
                else if (piece[i] == 0x03) strings[have++] = string.toString(StandardCharsets.US_ASCII);
                else if (string.size() < 200) string.write(piece[i]);
            }
        }
        return HostStatus.of(strings[0], strings[1]);
    }
}
