package mx.refahub.store.display;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import mx.refahub.store.wire.Simulator;

/** Two lines of twenty, in either of the common command sets. */
public final class DisplaySimulator extends Simulator {
    private final Charset page;
    private final Runnable changed;
    private final char[][] cells = new char[2][DisplayLayout.COLUMNS];
    private int column;
    private int row;

    public DisplaySimulator(Charset page, Runnable changed) {
        this.page = page;
        this.changed = changed;
        clear();
    }

    public synchronized List<String> lines() {
        return List.of(new String(cells[0]), new String(cells[1]));
    }

    @Override
    public List<Trouble> troubles() {
        return List.of(Trouble.NONE, Trouble.OFF);
    }

    @Override
    protected void serve(InputStream in, OutputStream out) throws IOException {
        for (int b; (b = in.read()) >= 0; ) {
            switch (b) {
                case 0x1B -> escape(in);
                case 0x1F -> {
                    if (in.read() == '$') {
                        int x = in.read();
                        int y = in.read();
                        move(x - 1, y - 1);
                    }
                }
                case 0x0C -> clear();
                case 0x0D, 0x0A -> {}
                default -> print(b);
            }
            if (in.available() == 0) changed.run();
        }
    }

    private void escape(InputStream in) throws IOException {
        switch (in.read()) {
            case '@' -> clear();
            case 't' -> in.read();
            case 'Q' -> move(0, in.read() == 'B' ? 1 : 0);
            default -> {}
        }
    }

    private synchronized void move(int x, int y) {
        column = Math.clamp(x, 0, DisplayLayout.COLUMNS - 1);
        row = Math.clamp(y, 0, 1);
    }

    private synchronized void clear() {
        for (char[] line : cells) Arrays.fill(line, ' ');
        column = 0;
        row = 0;
    }

    private synchronized void print(int b) {
        cells[row][column] = new String(new byte[] {(byte) b}, page).charAt(0);
        if (++column == DisplayLayout.COLUMNS) {
            column = 0;
            row = 1 - row;
        }
    }
}
