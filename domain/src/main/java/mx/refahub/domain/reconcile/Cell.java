package mx.refahub.domain.reconcile;

/** All documents of a type on a day. */
public record Cell(Day day, String type) {}
