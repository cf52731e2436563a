package mx.refahub.domain.part;

import java.util.UUID;

/** A part of the catalogue; line code and number may be mended, the id stays. */
public record PartId(UUID value) {
    /** Stands where a line sells something that is no part of any catalogue: the nil UUID (RFC 9562, 5.9). */
    public static final PartId NONE = new PartId(new UUID(0, 0));

    public static PartId of(String text) {
        return new PartId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
