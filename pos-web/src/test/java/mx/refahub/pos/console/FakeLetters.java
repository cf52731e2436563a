package mx.refahub.pos.console;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.message.DeadLetters;
import mx.refahub.domain.store.Person;

/** One dead letter. */
final class FakeLetters implements DeadLetters {
    private final AtomicBoolean there = new AtomicBoolean(true);

    @Override
    public Outcome<List<Letter>> letters(int most) {
        return Outcome.done(
                there.get()
                        ? List.of(new Letter(
                                "ID:1",
                                Instant.EPOCH,
                                "document-intake",
                                "BUG",
                                "a mistake of ours",
                                "refahub.up.centro",
                                12,
                                "RHF1"))
                        : List.of());
    }

    @Override
    public Outcome<String> resend(String letter, Person by) {
        return there.getAndSet(false) ? Outcome.done(letter) : Outcome.refused("letter-unknown");
    }

    @Override
    public Outcome<String> discard(String letter, String reason, Person by) {
        return reason.isBlank() ? Outcome.refused("reason-needed") : resend(letter, by);
    }
}
