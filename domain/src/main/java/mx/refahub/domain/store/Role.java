package mx.refahub.domain.store;

/** What a person does; which acts a role may do is decided by the server. */
public enum Role {
    CASHIER,
    MANAGER,
    WAREHOUSE,
    MECHANIC,
    ACCOUNTANT,
    ADMIN
}
