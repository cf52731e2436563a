package mx.refahub.routes.failure;

/** Names of the error policies; each route names one. What they do is in {@link HubPolicies} and {@link StorePolicies}. */
public final class Policies {
    /** What can be waited for is waited for in place; anything else is parked. */
    public static final String WAIT = "wait";
    /** The failure is logged; the next tick or message does the work again. */
    public static final String TICK = "tick";
    /** Tried a few times, then the failure goes to who asked. */
    public static final String ASK = "ask";
    /** Tried a few times, then put aside for a person; who asked goes on with the rest. */
    public static final String PARK = "park";
    /** A part of another route: that one's policy counts. */
    public static final String CALLER = "caller";

    /** What went wrong with a letter is noted on the letter; the next one is tried. */
    public static final String LETTER = "letter";

    private Policies() {}
}
