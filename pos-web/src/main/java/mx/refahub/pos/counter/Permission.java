package mx.refahub.pos.counter;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import mx.refahub.domain.store.Role;

/** What may be done at a till. The screen is told by {@link #wireName} what to offer; the server decides by the same names. */
enum Permission {
    CLOCK_ACCEPT,
    PARTS_FIND,
    CASH_OPEN,
    SALE_MAKE,
    SALES_SEE,
    SALE_REPRINT,
    INVOICE_REQUEST,
    DEVICES_SEE,
    /** Movements, X, count and Z of a drawer; its own Zs. */
    CASH_RUN,
    /** Everybody's Zs, what should be in a drawer before it is counted, the day of all drawers. */
    CASH_SEE,
    CASH_REOPEN,
    DEVICES_MANAGE,
    DRAWER_OPEN,
    LABELS_PRINT,
    STOCK_SEE,
    STOCK_RECEIVE,
    /** To answer for goods that came beyond their order. */
    STOCK_SURPLUS,
    STOCK_TRANSFER,
    STOCK_COUNT,
    /** To see what a count found, and to bring it to the ledger. */
    STOCK_CLOSE,
    STOCK_ADJUST,
    /** What goods cost, and so the margin. */
    COST_SEE,
    /** To confirm what goes over the counter of a ticket that was collected by a note. */
    HAND_OVER;

    /** Everything that a role may do; nothing unless it is written here. */
    static Set<Permission> of(Role role) {
        return switch (role) {
            case CASHIER ->
                EnumSet.of(
                        PARTS_FIND,
                        CASH_OPEN,
                        SALE_MAKE,
                        SALES_SEE,
                        SALE_REPRINT,
                        INVOICE_REQUEST,
                        DEVICES_SEE,
                        CASH_RUN,
                        LABELS_PRINT,
                        STOCK_SEE,
                        STOCK_TRANSFER,
                        STOCK_COUNT,
                        HAND_OVER);
            case MANAGER, ADMIN -> EnumSet.allOf(Permission.class);
            case WAREHOUSE ->
                EnumSet.of(PARTS_FIND, LABELS_PRINT, STOCK_SEE, STOCK_RECEIVE, STOCK_TRANSFER, STOCK_COUNT, HAND_OVER);
            case MECHANIC -> EnumSet.of(PARTS_FIND);
            case ACCOUNTANT -> EnumSet.of(PARTS_FIND, SALES_SEE, INVOICE_REQUEST, CASH_SEE, STOCK_SEE, COST_SEE);
        };
    }

    Set<Role> roles() {
        return Arrays.stream(Role.values())
                .filter(role -> of(role).contains(this))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
    }

    static List<String> wireNames(Role role) {
        return of(role).stream().map(Permission::wireName).toList();
    }

    /** {@code sale.make}. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
