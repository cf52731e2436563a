package mx.refahub.domain.store;

import java.util.UUID;

/** A branch's connector, as the hub registered it. */
public record StoreId(UUID value) {
    public static StoreId of(String text) {
        return new StoreId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
