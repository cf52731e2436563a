package mx.refahub.domain;

/** What to do about a failure; decided at the border where the cause is known, and routed on from there. */
public enum FailureKind {
    /** Wait and try again: the database is away, the network is down. */
    RETRYABLE,
    /** Park it and tell a person: the content cannot be accepted. */
    REJECTED,
    /** Park it and alarm: our own code is wrong. */
    BUG
}
