package mx.refahub.domain.hub;

import mx.refahub.domain.delivery.Command;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;

/** Who ordered a store to do what. Kept before the command goes out, so that one that was perhaps sent is never missing. */
@FunctionalInterface
public interface CommandLog {
    void ordered(StoreId store, Command command, Person by);
}
