package mx.refahub.adapters.amazon.simulator;

/** How a call goes wrong. */
public enum Fault {
    /** 429, nothing done. */
    LIMITED,
    /** 500, nothing done. */
    BROKEN,
    /** Done; the answer comes a second late. */
    SLOW,
    /** Every access token given so far is no longer taken; nothing done. */
    EXPIRED_TOKEN,
    /** Done; the connection breaks in the middle of the answer. */
    HALF_AN_ANSWER,
    /** Done; the connection breaks before the answer. */
    ANSWER_LOST
}
