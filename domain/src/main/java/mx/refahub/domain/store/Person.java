package mx.refahub.domain.store;

/** Who acts: carried by every call that changes something. */
public record Person(UserId id, String name, Role role) {}
