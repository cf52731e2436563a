package mx.refahub.store.reference;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.StreamHeader;
import mx.refahub.domain.wire.StreamTrailer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stream download on disk: gzip, one JSON value per line; header, rows, trailer. Checked whole before any of it is applied. Read a line at a
 * time, so its size does not matter.
 */
public final class StreamFile {
    private static final int LONGEST_LINE = 8 * 1024 * 1024;

    private final Path path;
    private final StreamHeader header;
    private final long rows;

    private StreamFile(Path path, StreamHeader header, long rows) {
        this.path = path;
        this.header = header;
        this.rows = rows;
    }

    /** @throws IOException if it is not whole, not what was asked for, or its rows do not have the hash that its trailer names */
    public static StreamFile check(Path path, Stream stream, JsonMapper json) throws IOException {
        try (Lines lines = new Lines(path)) {
            byte[] first = lines.next();
            if (first == null) throw new EOFException("stream " + stream.wireName() + " without a header");
            StreamHeader header = json.readValue(first, StreamHeader.class);
            if (!header.stream().equals(stream.wireName()))
                throw new IOException("asked for stream " + stream.wireName() + ", got " + header.stream());
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            long rows = 0;
            byte[] last = lines.next();
            for (byte[] line; last != null && (line = lines.next()) != null; last = line) {
                digest.update(last);
                digest.update((byte) '\n');
                rows++;
            }
            if (last == null) throw new EOFException("stream " + stream.wireName() + " without a trailer");
            StreamTrailer trailer = json.readValue(last, StreamTrailer.class);
            String sha256 = HexFormat.of().formatHex(digest.digest());
            if (trailer.rows() != rows || !sha256.equals(trailer.sha256()))
                throw new IOException("stream " + stream.wireName() + " is damaged: " + rows + " rows with " + sha256
                        + ", its trailer says " + trailer.rows() + " with " + trailer.sha256());
            return new StreamFile(path, header, rows);
        } catch (JacksonException e) {
            throw new IOException("stream " + stream.wireName() + " has a line that is not what it should be", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    public StreamHeader header() {
        return header;
    }

    public long rows() {
        return rows;
    }

    interface Taker {
        void take(byte[] row) throws SQLException;
    }

    void forEachRow(Taker taker) throws IOException, SQLException {
        try (Lines lines = new Lines(path)) {
            lines.next();
            for (long i = 0; i < rows; i++) {
                byte[] line = lines.next();
                if (line == null) throw new EOFException("stream file " + path + " was cut short");
                taker.take(line);
            }
        }
    }

    private static final class Lines implements AutoCloseable {
        private final InputStream in;

        Lines(Path path) throws IOException {
            InputStream raw = Files.newInputStream(path);
            try {
                this.in = new BufferedInputStream(new GZIPInputStream(raw, 64 * 1024), 64 * 1024);
            } catch (IOException e) {
                raw.close();
                throw e;
            }
        }

        /** Without its line feed; null at the end. A last line without a line feed is a line too. */
        byte @Nullable [] next() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream(512);
            int b;
            while ((b = in.read()) >= 0) {
                if (b == '\n') return line.toByteArray();
                line.write(b);
                if (line.size() > LONGEST_LINE) throw new IOException("a line of more than " + LONGEST_LINE + " bytes");
            }
            return line.size() == 0 ? null : line.toByteArray();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
