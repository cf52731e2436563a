package mx.refahub.store.printing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import mx.refahub.store.wire.Simulator;

/** A receipt printer without paper: takes what a network printer takes, answers as one, and lays its sheets in the tray. */
public final class PrinterSimulator extends Simulator {
    private final PaperTray tray;
    private final int columns;

    public PrinterSimulator(PaperTray tray, int columns) {
        this.tray = tray;
        this.columns = columns;
    }

    @Override
    public List<Trouble> troubles() {
        return List.of(
                Trouble.NONE,
                Trouble.OFF,
                Trouble.PAPER_LOW,
                Trouble.PAPER_OUT,
                Trouble.COVER_OPEN,
                Trouble.SLOW,
                Trouble.DROPS,
                Trouble.SILENT);
    }

    private boolean stopped() {
        return trouble() == Trouble.PAPER_OUT || trouble() == Trouble.COVER_OPEN;
    }

    @Override
    protected void serve(InputStream in, OutputStream out) throws IOException {
        EscPosDecoder decoder = new EscPosDecoder(printed -> tray.keep(columns, printed), new EscPosDecoder.Asked() {
            @Override
            public void state(int n) {
                answer(out, realTime(n));
            }

            @Override
            public void sensor(int n) {
                answer(out, trouble() == Trouble.PAPER_LOW ? 0x03 : 0);
            }
        });
        ByteArrayOutputStream held = new ByteArrayOutputStream();
        byte[] piece = new byte[4096];
        try {
            for (int n; (n = take(in, piece)) >= 0; ) {
                if (stopped()) {
                    // Printing waits; real-time questions are answered meanwhile, and their bytes do not wait.
                    for (int i = 0; i < n; i++) {
                        if (i + 2 < n && piece[i] == 0x10 && piece[i + 1] == 0x04) {
                            answer(out, realTime(piece[i + 2]));
                            i += 2;
                        } else if (i + 4 < n && piece[i] == 0x10 && piece[i + 1] == 0x14) {
                            decoder.take(Arrays.copyOfRange(piece, i, i + 5), 5);
                            i += 4;
                        } else held.write(piece[i]);
                    }
                    continue;
                }
                if (held.size() > 0) {
                    byte[] before = held.toByteArray();
                    held.reset();
                    decoder.take(before, before.length);
                }
                decoder.take(piece, n);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            decoder.end();
        }
    }

    private void answer(OutputStream out, int b) {
        if (trouble() == Trouble.SILENT) return;
        try {
            out.write(b);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bits that are always set, and those of the trouble. */
    private int realTime(int n) {
        int well = 0x12;
        return switch (n) {
            case 1 -> stopped() ? well | 0x08 : well;
            case 2 ->
                trouble() == Trouble.COVER_OPEN ? well | 0x04 : trouble() == Trouble.PAPER_OUT ? well | 0x20 : well;
            case 4 ->
                switch (trouble()) {
                    case PAPER_OUT -> well | 0x60;
                    case PAPER_LOW -> well | 0x0C;
                    default -> well;
                };
            default -> well;
        };
    }
}
