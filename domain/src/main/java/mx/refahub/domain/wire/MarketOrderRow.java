package mx.refahub.domain.wire;

import java.util.UUID;

/**
 * The marketplace's order that a lease holds a line of: what the branch needs to sell it, also with the cable out.
 *
 * @param market name of the connection
 * @param number as the marketplace has it
 * @param lines of the order; each has a lease
 * @param title of the listing
 * @param price of one piece, with tax, as the buyer paid it
 * @param to name and address on one line; may be empty
 * @param byMarketplace it brings the label itself
 * @param cancelled after it was sold: the goods come back
 * @param tracking that the marketplace knows; may be empty
 */
public record MarketOrderRow(
        UUID order,
        String market,
        String number,
        int lines,
        String title,
        long price,
        String buyer,
        String to,
        boolean byMarketplace,
        boolean cancelled,
        String tracking) {}
