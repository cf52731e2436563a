package mx.refahub.routes.document;

import java.util.Optional;
import mx.refahub.domain.document.Frame;
import mx.refahub.domain.store.StoreId;

/** A message from a store, opened. */
public sealed interface Letter {
    record Readable(StoreId sender, Frame frame) implements Letter {}

    record Unreadable(Optional<StoreId> sender, byte[] bytes, String reason) implements Letter {}
}
