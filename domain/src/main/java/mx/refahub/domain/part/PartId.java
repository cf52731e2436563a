package mx.refahub.domain.part;

import java.util.UUID;

/** A part of the catalogue; line code and number may be mended, the id stays. */
public record PartId(UUID value) {
    public static PartId of(String text) {
        return new PartId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
