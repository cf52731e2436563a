package mx.refahub.batch.backup;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Opens what was sealed; gives out no byte of a segment that is not whole. */
final class Opening extends InputStream {
    private final InputStream in;
    private final SealKey.Segments segments;
    private byte[] ahead;
    private int aheadLength;
    private byte[] plain = new byte[0];
    private int at;
    private boolean last;

    Opening(InputStream in, SealKey key) throws IOException {
        this.in = in;
        byte[] header = in.readNBytes(SealKey.HEADER);
        if (header.length < SealKey.HEADER) throw new SealKey.Broken("this is no sealed copy of RefaHub", null);
        segments = key.segments(header);
        ahead = new byte[SealKey.SEGMENT + SealKey.TAG];
        aheadLength = in.readNBytes(ahead, 0, ahead.length);
        next();
    }

    /** Whether a segment is the last is known by what comes behind it. */
    private void next() throws IOException {
        byte[] sealed = ahead;
        int length = aheadLength;
        if (length == sealed.length) {
            ahead = new byte[SealKey.SEGMENT + SealKey.TAG];
            aheadLength = in.readNBytes(ahead, 0, ahead.length);
            last = aheadLength == 0;
        } else last = true;
        plain = segments.open(sealed, length, last);
        at = 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        if (count == 0) return 0;
        while (at == plain.length) {
            if (last) return -1;
            next();
        }
        int part = Math.min(count, plain.length - at);
        System.arraycopy(plain, at, bytes, offset, part);
        at += part;
        return part;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
