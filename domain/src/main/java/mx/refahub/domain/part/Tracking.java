package mx.refahub.domain.part;

/** What is asked of a part's pieces when they are sold. */
public enum Tracking {
    NONE,
    /** A number for each piece. */
    SERIAL,
    /** The lot, once for the line. */
    LOT
}
