package mx.refahub.batch.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Counts what a parser takes in between two of its events and breaks off when that is more than any honest file needs: a parser keeps one
 * event's text, comment, attributes or declaration whole in memory, however long it is.
 */
final class GuardedInput extends FilterInputStream {
    private final long limit;
    private long sinceEvent;

    GuardedInput(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;
    }

    void event() {
        sinceEvent = 0;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        if (b >= 0) count(1);
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = super.read(bytes, offset, length);
        if (n > 0) count(n);
        return n;
    }

    private void count(int bytes) throws IOException {
        sinceEvent += bytes;
        if (sinceEvent > limit) throw new TooLong();
    }
}
