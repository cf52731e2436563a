package mx.refahub.batch.intake;

/**
 * Whole records of a CSV.
 *
 * @param from its first byte
 * @param to the byte behind its last
 * @param firstLine of the file, on which it begins
 */
public record FileSlice(long from, long to, long firstLine) {
    public FileSlice {
        if (from < 0 || to <= from || firstLine < 1)
            throw new IllegalArgumentException("slice " + from + " to " + to + " from line " + firstLine);
    }
}
