package mx.refahub.domain.store;

import java.util.UUID;

/** A person who signs in. */
public record UserId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
