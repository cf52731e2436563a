package mx.refahub.domain.wire;

/**
 * First line of a stream download; one row per line follows, then a {@link StreamTrailer}.
 *
 * @param from version that the rows start after; 0 with a snapshot
 * @param snapshot replaces everything the store has of the stream
 */
public record StreamHeader(String stream, long from, long to, boolean snapshot) {}
