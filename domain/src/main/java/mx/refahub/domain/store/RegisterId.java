package mx.refahub.domain.store;

import java.util.UUID;

/** A till. */
public record RegisterId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
