package mx.refahub.domain.hub;

import mx.refahub.domain.store.Person;

/** The audit trail, for those who see nothing of the hub. Written before the act, so that one that was perhaps done is never missing. */
@FunctionalInterface
public interface ActLog {
    ActLog NONE = (by, act, subject) -> {};

    void acts(Person by, String act, String subject);
}
