package mx.refahub.domain.notice;

/** Carries one letter to the server now. */
@FunctionalInterface
public interface Postman {
    /** @throws mx.refahub.domain.Failure {@code RETRYABLE}: later, perhaps; {@code REJECTED}: the server will never take it */
    void carry(Letter letter);
}
