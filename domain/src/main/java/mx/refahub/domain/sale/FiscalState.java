package mx.refahub.domain.sale;

/** In which fiscal bucket a ticket stands; at the moment of the sale it is always {@code PENDING}. */
public enum FiscalState {
    PENDING,
    REQUESTED,
    INVOICED,
    GLOBAL,
    CANCELLED
}
