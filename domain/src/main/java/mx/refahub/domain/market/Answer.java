package mx.refahub.domain.market;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** What a marketplace said. None of these is an exception: each has a place in the hub's tables. */
public sealed interface Answer<T> {
    record Done<T>(T value) implements Answer<T> {}

    /** It will not have it. A person mends it and sends again; the same again would be refused again. */
    record Refused<T>(List<Reason> reasons) implements Answer<T> {
        public Refused {
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty()) throw new IllegalArgumentException("refused without a reason");
        }

        /** In one sentence, as the marketplace says it. */
        public String sentence() {
            return String.join("; ", reasons.stream().map(Reason::text).toList());
        }
    }

    /** Too much was asked of it for now; nothing happened. */
    record Limited<T>(Duration after) implements Answer<T> {
        public Limited {
            if (after.isNegative()) throw new IllegalArgumentException("limited for " + after);
        }
    }

    /** @param maybe the request may have had its effect: look before it is made again */
    record Unreachable<T>(String what, boolean maybe) implements Answer<T> {}

    /** It does not let us in any more; only a person can authorise us again. */
    record Locked<T>(String why) implements Answer<T> {}

    /**
     * Why it will not, in the marketplace's own words.
     *
     * @param code the marketplace's; empty where it has none
     * @param field of the listing that it is about, as the marketplace names it; may be empty
     */
    record Reason(String code, String sentence, String field) {
        public Reason {
            code = code.strip();
            sentence = sentence.strip();
            field = field.strip();
            if (code.isEmpty() && sentence.isEmpty()) throw new IllegalArgumentException("reason that says nothing");
        }

        public static Reason of(String code, String sentence) {
            return new Reason(code, sentence, "");
        }

        public String text() {
            String text = sentence.isEmpty() ? code : code.isEmpty() ? sentence : sentence + " (" + code + ")";
            return field.isEmpty() ? text : field + ": " + text;
        }
    }

    static <T> Answer<T> done(T value) {
        return new Done<>(value);
    }

    static <T> Answer<T> refused(String code, String sentence) {
        return new Refused<>(List.of(Reason.of(code, sentence)));
    }

    /** The same but for what is done, which is turned into something else. */
    default <R> Answer<R> map(Function<? super T, ? extends R> turn) {
        return then(value -> new Done<>(turn.apply(value)));
    }

    /** Goes on with the next question where this one is done. */
    default <R> Answer<R> then(Function<? super T, Answer<R>> next) {
        return switch (this) {
            case Done<T>(T value) -> next.apply(value);
            case Refused<T>(List<Reason> reasons) -> new Refused<>(reasons);
            case Limited<T>(Duration after) -> new Limited<>(after);
            case Unreachable<T>(String what, boolean maybe) -> new Unreachable<>(what, maybe);
            case Locked<T>(String why) -> new Locked<>(why);
        };
    }
}
