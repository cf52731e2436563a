package mx.refahub.domain.stream;

import java.util.Locale;

/** What flows down to the stores; each has one counter, raised in the transaction that publishes. */
public enum Stream {
    /** Parts with their barcodes, fitments left to the index. */
    CATALOGUE,
    /** Snapshots of the search index. */
    INDEX,
    PRICES,
    /** Stock of the branches. */
    STOCK,
    USERS,
    /** Issuer, tax region, registers, opening stock of the own branch. */
    SETTINGS,
    /** What the hub has decided of the parts that a store made itself; each store gets its own. */
    PROPOSALS,
    /** What is on the way between branches, to those that it concerns. */
    TRANSFERS,
    /** Customers with their credit lines and what they owe. */
    CUSTOMERS,
    /** Levels, breaks, customers' prices and promotions, with their dates; what {@link #PRICES} says is the list price without it. */
    PRICE_BOOK,
    /** Purchase orders that suppliers have got, to the branch that waits for the goods. */
    ORDERS,
    /** What branches promised each other, to both of them. */
    LEASES,
    /** How parts may come back, and how often one did not fit which vehicle. */
    RETURNS,
    /** What was spent of credits and gift vouchers at other branches than the one that asks. */
    CREDITS;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for an unknown name */
    public static Stream ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
