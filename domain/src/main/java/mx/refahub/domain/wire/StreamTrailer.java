package mx.refahub.domain.wire;

/** Last line of a stream download. {@code sha256}: over all row lines with their line feeds, lower-case hexadecimal. */
public record StreamTrailer(long rows, String sha256) {}
