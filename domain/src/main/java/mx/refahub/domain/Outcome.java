package mx.refahub.domain;

import java.util.function.Function;

/** What an act came to: done with its result, or refused with the reason. Exceptions stay for what nobody planned. */
public sealed interface Outcome<T> {
    record Done<T>(T value) implements Outcome<T> {}

    record Refused<T>(Refusal refusal) implements Outcome<T> {}

    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    static <T> Outcome<T> refused(String code, String... arguments) {
        return new Refused<>(Refusal.of(code, arguments));
    }

    default <R> R fold(Function<? super T, ? extends R> done, Function<Refusal, ? extends R> refused) {
        return switch (this) {
            case Done<T>(T value) -> done.apply(value);
            case Refused<T>(Refusal refusal) -> refused.apply(refusal);
        };
    }
}
