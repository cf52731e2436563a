package mx.refahub.store.label;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import mx.refahub.domain.device.LabelPicture;
import mx.refahub.store.wire.Simulator;

/** A label printer that speaks ZPL and shows what it printed. */
public final class LabelSimulator extends Simulator {
    private static final int KEPT = 20;

    private final Runnable changed;
    private final Deque<LabelPicture> printed = new ArrayDeque<>();

    public LabelSimulator(Runnable changed) {
        this.changed = changed;
    }

    /** Newest first; many copies of one are shown once. */
    public List<LabelPicture> labels() {
        synchronized (printed) {
            return List.copyOf(printed);
        }
    }

    @Override
    public List<Trouble> troubles() {
        return List.of(Trouble.NONE, Trouble.OFF, Trouble.PAPER_OUT, Trouble.COVER_OPEN, Trouble.DROPS, Trouble.SILENT);
    }

    @Override
    protected void serve(InputStream in, OutputStream out) throws IOException {
        ZplReader reader = new ZplReader(this::keep, question -> {
            try {
                if (trouble() != Trouble.SILENT) {
                    out.write(hostStatus());
                    out.flush();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        byte[] piece = new byte[1024];
        try {
            for (int n; (n = take(in, piece)) >= 0; ) reader.take(piece, n);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Three strings, each STX … ETX CR LF. */
    private byte[] hostStatus() {
        int paperOut = trouble() == Trouble.PAPER_OUT ? 1 : 0;
        int headUp = trouble() == Trouble.COVER_OPEN ? 1 : 0;
        return ("\u0002030," + paperOut + ",0,0400,000,0,0,0,000,0,0,0\u0003\r\n"
                        + "\u0002000,0," + headUp + ",0,0,2,4,0,00000000,1,000\u0003\r\n"
                        + "\u00021234,0\u0003\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private void keep(ZplReader.Printed label) {
        synchronized (printed) {
            printed.addFirst(label.label());
            if (printed.size() > KEPT) printed.removeLast();
        }
        changed.run();
    }
}
