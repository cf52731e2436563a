package mx.refahub.batch.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Objects;

/** Seals what is written to it; whole only once it is closed in good order. */
final class Sealing extends OutputStream {
    private final OutputStream out;
    private final SealKey.Segments segments;
    private final byte[] buffer = new byte[SealKey.SEGMENT];
    private int length;
    private boolean closed;

    Sealing(OutputStream out, SealKey key, SecureRandom random) throws IOException {
        this.out = out;
        byte[] salt = new byte[16];
        byte[] prefix = new byte[7];
        random.nextBytes(salt);
        random.nextBytes(prefix);
        byte[] header = key.header(salt, prefix);
        segments = key.segments(header);
        out.write(header);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        int from = offset;
        int left = count;
        while (left > 0) {
            // A full segment stays until more comes: only then it is not the last.
            if (length == buffer.length) flushSegment(false);
            int part = Math.min(left, buffer.length - length);
            System.arraycopy(bytes, from, buffer, length, part);
            length += part;
            from += part;
            left -= part;
        }
    }

    private void flushSegment(boolean last) throws IOException {
        out.write(segments.seal(buffer, length, last));
        length = 0;
    }

    @Override
    public void close() throws IOException {
        if (closed) return;
        closed = true;
        flushSegment(true);
        out.close();
    }
}
