package mx.refahub.pos.desk;

import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.promise.Promise;
import mx.refahub.domain.promise.Promises;
import mx.refahub.domain.rate.ExchangeRate;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import org.jspecify.annotations.Nullable;

/** A counter that has promised nothing and promises nothing. */
final class DeskPromises implements Promises {
    @Override
    public Rules rules() {
        return new Rules(15, 60, 20, 50, 0);
    }

    @Override
    public @Nullable ExchangeRate dollar() {
        return null;
    }

    @Override
    public Outcome<Promise> make(UUID act, UUID ticket, Making making, Person who) {
        return Outcome.refused("promise-without-customer");
    }

    @Override
    public Outcome<Promise> promise(UUID id) {
        return Outcome.refused("promise-unknown");
    }

    @Override
    public List<Promise> find(String text) {
        return List.of();
    }

    @Override
    public List<Promise> toTell() {
        return List.of();
    }

    @Override
    public Outcome<Promise> pay(UUID promise, RegisterId register, Deposit deposit, Person who) {
        return Outcome.refused("promise-unknown");
    }

    @Override
    public Outcome<Loaded> load(UUID promise, RegisterId register, Person who) {
        return Outcome.refused("promise-unknown");
    }

    @Override
    public Outcome<Promise> note(UUID act, UUID promise, Note note, Person who) {
        return Outcome.refused("promise-unknown");
    }

    @Override
    public Outcome<Promise> cancel(UUID act, UUID promise, Cancelling cancelling, Person who) {
        return Outcome.refused("promise-unknown");
    }

    @Override
    public Outcome<Promise> print(UUID promise, RegisterId register, Person who) {
        return Outcome.refused("promise-unknown");
    }

    @Override
    public Outcome<byte[]> pdf(UUID promise) {
        return Outcome.refused("promise-unknown");
    }

    @Override
    public Outcome<String> message(UUID promise) {
        return Outcome.refused("promise-unknown");
    }

    @Override
    public long reserved(UUID part) {
        return 0;
    }
}
