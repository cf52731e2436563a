package mx.refahub.pos.console;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import mx.refahub.domain.store.Role;

/** What may be done in the console. The screen is told by {@link #wireName} what to show; the server decides by the same names. */
enum Permission {
    STORES_READ,
    STORES_COMMAND,
    STORES_ADD,
    DOCUMENTS_READ,
    /** To try again, amend and discard what could not be applied. */
    MESSAGES_MEND,
    /** To say yes to what another proposed. */
    MESSAGES_APPROVE,
    CATALOGUE_READ,
    CATALOGUE_MEND,
    JOBS_READ,
    JOBS_RUN,
    ROUTES_READ,
    ROUTES_COMMAND,
    CODES_ISSUE,
    STAFF_MANAGE,
    STOCK_READ,
    CUSTOMERS_READ,
    /** To set what a customer may owe. */
    CUSTOMERS_CREDIT,
    RATES_READ,
    RATES_SET,
    PURCHASE_READ,
    PURCHASE_MAKE,
    /** Up to the role's limit. */
    PURCHASE_APPROVE,
    ACCOUNTING_EXPORT,
    REPORTS_READ,
    ALERTS_READ,
    /** Rules of alerts, and everything about e-mail. */
    ALERTS_MANAGE,
    /** Outside systems and what they let us in with. */
    CONNECTIONS_MANAGE,
    MARKETS_MANAGE;

    /** Everything that a role may do; nothing unless it is written here. */
    static Set<Permission> of(Role role) {
        return switch (role) {
            case ADMIN -> EnumSet.allOf(Permission.class);
            case ACCOUNTANT ->
                EnumSet.of(
                        STORES_READ,
                        DOCUMENTS_READ,
                        MESSAGES_APPROVE,
                        CATALOGUE_READ,
                        STOCK_READ,
                        CUSTOMERS_READ,
                        CUSTOMERS_CREDIT,
                        RATES_READ,
                        PURCHASE_READ,
                        PURCHASE_MAKE,
                        PURCHASE_APPROVE,
                        ACCOUNTING_EXPORT,
                        REPORTS_READ,
                        ALERTS_READ);
            case CASHIER, MANAGER, WAREHOUSE, MECHANIC -> EnumSet.noneOf(Permission.class);
        };
    }

    Set<Role> roles() {
        return Arrays.stream(Role.values())
                .filter(role -> of(role).contains(this))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
    }

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
