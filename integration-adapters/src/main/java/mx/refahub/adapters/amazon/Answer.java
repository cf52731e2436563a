package mx.refahub.adapters.amazon;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a call to Amazon came to. */
sealed interface Answer<T> {
    record Answered<T>(T value, String requestId) implements Answer<T> {}

    /** Amazon says no, and would say it again. */
    record Refused<T>(List<Issue> issues, String requestId) implements Answer<T> {
        public Refused {
            issues = List.copyOf(issues);
            if (issues.isEmpty()) throw new IllegalArgumentException("a refusal without a reason");
        }
    }

    /** The seller's authorisation no longer opens anything: a person has to give it again. */
    record Unauthorised<T>(String sentence, String requestId) implements Answer<T> {}

    record Limited<T>(Duration wait) implements Answer<T> {}

    /** @param sent whether the call may have had its effect although no whole answer came */
    record Unreachable<T>(String sentence, boolean sent) implements Answer<T> {}

    /**
     * One reason of Amazon's, in Amazon's words.
     *
     * @param code Amazon's, empty when it gave none
     */
    record Issue(String code, Severity severity, String message, List<String> attributes) {
        public Issue {
            attributes = List.copyOf(attributes);
        }

        static Issue error(String code, String message) {
            return new Issue(code, Severity.ERROR, message, List.of());
        }
    }

    enum Severity {
        ERROR,
        WARNING,
        INFO
    }

    default <R> Answer<R> map(Function<? super T, ? extends R> reading) {
        return switch (this) {
            case Answered<T>(T value, String id) -> new Answered<>(reading.apply(value), id);
            case Refused<T>(List<Issue> issues, String id) -> new Refused<>(issues, id);
            case Unauthorised<T>(String sentence, String id) -> new Unauthorised<>(sentence, id);
            case Limited<T>(Duration wait) -> new Limited<>(wait);
            case Unreachable<T>(String sentence, boolean sent) -> new Unreachable<>(sentence, sent);
        };
    }

    /** The next call on the answer of this one; whatever is no answer passes. */
    default <R> Answer<R> then(Function<? super T, Answer<R>> next) {
        return switch (this) {
            case Answered<T>(T value, String id) -> next.apply(value);
            case Refused<T>(List<Issue> issues, String id) -> new Refused<>(issues, id);
            case Unauthorised<T>(String sentence, String id) -> new Unauthorised<>(sentence, id);
            case Limited<T>(Duration wait) -> new Limited<>(wait);
            case Unreachable<T>(String sentence, boolean sent) -> new Unreachable<>(sentence, sent);
        };
    }

    /** All reasons in one sentence, as a person is shown them. */
    static String sentence(List<Issue> issues) {
        return issues.stream().map(Issue::message).distinct().collect(Collectors.joining(" "));
    }
}
