package mx.refahub.pos.web;

import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;

/** Carries a planned 'no' from a controller to the problem that answers the call; never leaves the web layer. */
public final class ActRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Refusal refusal;

    public ActRefused(Refusal refusal) {
        super(refusal.code(), null, false, false);
        this.refusal = refusal;
    }

    public static ActRefused of(String code, String... arguments) {
        return new ActRefused(Refusal.of(code, arguments));
    }

    /** The result of an act that was done; else the call ends with the refusal's problem. */
    public static <T> T unlessDone(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(Refusal refusal) -> throw new ActRefused(refusal);
        };
    }

    public Refusal refusal() {
        return refusal;
    }
}
