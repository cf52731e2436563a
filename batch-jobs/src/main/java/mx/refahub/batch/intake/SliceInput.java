package mx.refahub.batch.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of a slice. */
final class SliceInput extends InputStream {
    private final FileChannel channel;
    private long left;

    SliceInput(Path path, FileSlice slice) throws IOException {
        channel = FileChannel.open(path, StandardOpenOption.READ).position(slice.from());
        left = slice.to() - slice.from();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 1 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        if (length == 0) return 0;
        if (left == 0) return -1;
        int n = channel.read(ByteBuffer.wrap(into, at, (int) Math.min(length, left)));
        if (n < 0) throw new IOException("the file ends " + left + " bytes before its slice");
        left -= n;
        return n;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
