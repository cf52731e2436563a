package mx.refahub.store.scanner;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import mx.refahub.store.wire.Simulator;
import org.jspecify.annotations.Nullable;

/** A scanner that reads what it is told. */
public final class ScannerSimulator extends Simulator {
    private volatile @Nullable OutputStream line;

    @Override
    public List<Trouble> troubles() {
        return List.of(Trouble.NONE, Trouble.OFF);
    }

    @Override
    protected void serve(InputStream in, OutputStream out) throws IOException {
        line = out;
        try {
            while (in.read() >= 0) {
                // Nothing is ever said to a scanner.
            }
        } finally {
            line = null;
        }
    }

    /** @return whether anybody was listening */
    public boolean scan(String code) {
        OutputStream out = line;
        if (out == null) return false;
        try {
            out.write((code.strip() + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
