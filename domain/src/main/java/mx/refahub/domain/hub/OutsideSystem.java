package mx.refahub.domain.hub;

/** What the hub depends on beyond its own processes, for the console's map: one bean each. Asked every few seconds; answers at once from what it knows. */
public interface OutsideSystem {
    /** As {@link RouteMap#OUTSIDE} of a route calls it. */
    String name();

    State state();

    enum State {
        UP,
        DOWN,
        UNKNOWN
    }
}
