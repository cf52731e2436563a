package mx.refahub.batch.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mx.refahub.batch.run.RunFolders;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Cuts a CSV where a record ends (RFC 4180), by one pass over its bytes: both charsets that are taken in keep quotes, commas and line ends for themselves. Reads a
 * file as {@link CsvSource} does; one that this could refuse is not cut, so that the refusal is told in one place.
 */
public final class FileSlices {
    private static final int BUFFER = 1 << 16;
    private static final int MARK = 3;

    private final long size;
    private final List<FileSlice> slices = new ArrayList<>();
    private State state = State.FIELD_BEGINS;
    private boolean afterReturn;
    private final char separator;
    private boolean recordBegins = true;
    private boolean filled;
    private boolean headerPassed;
    private long line = 1;
    private long from = -1;
    private long firstLine;

    private enum State {
        FIELD_BEGINS,
        PLAIN,
        QUOTED,
        QUOTE_ENDED,
        BROKEN
    }

    private FileSlices(long size, char separator) {
        this.size = size;
        this.separator = separator;
    }

    /** Of the run's file; none if it is not there, is a workbook, or has less than two slices' worth. */
    public static List<FileSlice> of(JdbcClient jdbc, long run, RowFormat format, RunFolders folders, long bytes)
            throws IOException {
        Optional<Path> path = folders.file(run, format.file());
        if (path.isEmpty() || Files.size(path.get()) < 2 * bytes) return List.of();
        String coding = FedFile.of(jdbc, run, format.file()).orElseThrow().coding();
        return coding.equals(RowSource.WORKBOOK) ? List.of() : of(path.get(), bytes);
    }

    /** Rows of the run's file, about. */
    public static long rows(long run, RowFormat format, RunFolders folders) throws IOException {
        Optional<Path> path = folders.file(run, format.file());
        return path.isEmpty() ? 0 : FileInspection.estimate(path.get());
    }

    /** @param bytes of a slice, at least; none if the file is not a sound CSV */
    static List<FileSlice> of(Path path, long bytes) throws IOException {
        FileSlices cut = new FileSlices(bytes, Separator.of(path));
        long length = 0;
        try (InputStream in = Files.newInputStream(path)) {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.readNBytes(buffer, 0, BUFFER); n > 0; n = in.readNBytes(buffer, 0, BUFFER)) {
                int begin = length == 0 && CsvSource.isUtf8Mark(buffer) ? MARK : 0;
                for (int i = begin; i < n; i++) cut.pass(buffer[i], length + i);
                length += n;
            }
        }
        return cut.end(length);
    }

    private void pass(byte b, long at) {
        boolean returned = afterReturn;
        afterReturn = b == '\r';
        if (b == '\n' && returned) return;
        if (recordBegins) begin(at);
        if (b == '\r' || b == '\n') {
            line++;
            if (state != State.QUOTED) endRecord();
            return;
        }
        filled = true;
        state = switch (state) {
            case FIELD_BEGINS -> b == '"' ? State.QUOTED : b == separator ? State.FIELD_BEGINS : State.PLAIN;
            case PLAIN -> b == separator ? State.FIELD_BEGINS : State.PLAIN;
            case QUOTED -> b == '"' ? State.QUOTE_ENDED : State.QUOTED;
            case QUOTE_ENDED -> b == '"' ? State.QUOTED : b == separator ? State.FIELD_BEGINS : State.BROKEN;
            case BROKEN -> State.BROKEN;
        };
    }

    private void begin(long at) {
        recordBegins = false;
        if (!headerPassed) return;
        if (from >= 0 && at - from < size) return;
        if (from >= 0) slices.add(new FileSlice(from, at, firstLine));
        from = at;
        firstLine = line;
    }

    private void endRecord() {
        if (filled) headerPassed = true;
        filled = false;
        recordBegins = true;
        if (state != State.BROKEN) state = State.FIELD_BEGINS;
    }

    private List<FileSlice> end(long length) {
        if (state == State.QUOTED || state == State.BROKEN) return List.of();
        if (from >= 0 && length > from) slices.add(new FileSlice(from, length, firstLine));
        return List.copyOf(slices);
    }
}
