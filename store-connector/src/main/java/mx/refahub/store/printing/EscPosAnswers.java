package mx.refahub.store.printing;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mx.refahub.domain.device.DeviceState;
import mx.refahub.store.wire.Wire;

/**
 * What a printer says back: the real-time status ({@code DLE EOT n}), the sensor status that it gives in the order of printing ({@code GS r n}), and the
 * automatic status back that some send unasked. Bits after Epson's ESC/POS reference.
 */
final class EscPosAnswers implements PrinterAnswers {
    private static final int PRINTER = 1;
    private static final int OFFLINE_CAUSE = 2;
    private static final int ERROR_CAUSE = 3;
    private static final int PAPER = 4;
    private static final byte[] PAPER_WHEN_PRINTED = {0x1D, 'r', 1};

    private final Wire wire;
    private final Duration patience;
    private final List<Integer> unasked = new ArrayList<>();
    private int unaskedLeft;
    /** The word that all is on paper came while something else was asked. */
    private boolean saidPrinted;

    /** @param patience for one answer */
    EscPosAnswers(Wire wire, Duration patience) {
        this.wire = wire;
        this.patience = patience;
    }

    @Override
    public Optional<DeviceState> state() throws IOException {
        if (!wire.talksBack()) return Optional.empty();
        int printer = realTime(PRINTER);
        if (printer < 0) return overheard();
        boolean offline = (printer & 0x08) != 0;
        int paper = realTime(PAPER);
        int cause = offline ? realTime(OFFLINE_CAUSE) : -1;
        int error = cause >= 0 && (cause & 0x40) != 0 ? realTime(ERROR_CAUSE) : -1;
        return Optional.of(of(offline, paper, cause, error));
    }

    private static DeviceState of(boolean offline, int paper, int cause, int error) {
        if (cause >= 0 && (cause & 0x04) != 0) return DeviceState.stopped("cover-open");
        if (paper >= 0 && (paper & 0x60) != 0 || cause >= 0 && (cause & 0x20) != 0)
            return DeviceState.stopped("paper-out");
        if (error >= 0 && (error & 0x08) != 0) return DeviceState.stopped("cutter");
        if (error >= 0 && (error & 0x60) != 0) return DeviceState.stopped("error");
        if (offline) return DeviceState.stopped("offline");
        if (paper >= 0 && (paper & 0x0C) != 0) return DeviceState.attention("paper-near-end");
        return DeviceState.READY;
    }

    /** The four bytes of an automatic status. */
    static DeviceState automatic(int first, int second, int third) {
        if ((first & 0x20) != 0) return DeviceState.stopped("cover-open");
        if ((third & 0x0C) != 0) return DeviceState.stopped("paper-out");
        if ((second & 0x08) != 0) return DeviceState.stopped("cutter");
        if ((second & 0x60) != 0) return DeviceState.stopped("error");
        if ((first & 0x08) != 0) return DeviceState.stopped("offline");
        if ((third & 0x03) != 0) return DeviceState.attention("paper-near-end");
        return DeviceState.READY;
    }

    /** The last automatic status that came in between. */
    private Optional<DeviceState> overheard() {
        return unasked.size() < 3
                ? Optional.empty()
                : Optional.of(automatic(unasked.get(0), unasked.get(1), unasked.get(2)));
    }

    @Override
    public void askWhenPrinted() throws IOException {
        wire.send(PAPER_WHEN_PRINTED);
    }

    @Override
    public boolean printed() throws IOException {
        return saidPrinted || next(patience, true) >= 0;
    }

    private int realTime(int n) throws IOException {
        wire.send(new byte[] {0x10, 0x04, (byte) n});
        return next(patience, false);
    }

    /** The next byte of the wanted kind; -1 when none comes in time. */
    private int next(Duration limit, boolean sensor) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        byte[] one = new byte[1];
        while (true) {
            long left = end - System.nanoTime();
            if (left <= 0) return -1;
            int n = wire.receive(one, Duration.ofNanos(left));
            if (n == Wire.ENDED) throw new IOException("printer ended the connection");
            if (n == Wire.SILENCE) return -1;
            int b = one[0] & 0xFF;
            if (unaskedLeft > 0) {
                unasked.add(b);
                unaskedLeft--;
            } else if ((b & 0x93) == 0x10) {
                unasked.clear();
                unasked.add(b);
                unaskedLeft = 3;
            } else if ((b & 0x90) == 0) {
                saidPrinted = true;
                if (sensor) return b;
            } else if (!sensor && (b & 0x93) == 0x12) return b;
        }
    }
}
