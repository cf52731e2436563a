package mx.refahub.store.price;

import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.pricing.Buyer;
import mx.refahub.domain.pricing.Occasion;
import mx.refahub.domain.pricing.PriceBook;
import mx.refahub.domain.pricing.PriceReason;
import mx.refahub.domain.pricing.Pricing;
import mx.refahub.domain.tax.Tax;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.catalogue.PartJson;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.Session;

/** Gives a ticket's lines their prices. Called after whatever may change one: lines, quantities, what was let off by hand, who buys. */
public final class TicketPrices {
    private final SqlitePriceBook book;
    private final Identities identities;
    private final PartJson parts;
    private final Buyers buyers;
    private final Clock clock;

    public TicketPrices(SqlitePriceBook book, Identities identities, PartJson parts, Buyers buyers, Clock clock) {
        this.book = book;
        this.identities = identities;
        this.parts = parts;
        this.buyers = buyers;
        this.clock = clock;
    }

    /**
     * Prices all lines that sell a part of the catalogue, for today in the branch's zone. What was let off by hand stays as it was.
     *
     * @param session of sales.db, inside the caller's transaction; the ticket is in hand
     */
    public void reprice(Session session, UUID ticket, Branch branch) throws SQLException {
        UUID store =
                identities.current().map(identity -> identity.store().value()).orElse(null);
        List<Pricing.Wanted> lines = lines(session, ticket, branch);
        if (store == null || lines.isEmpty()) return;
        LocalDate today = today(branch);
        Buyer buyer = buyers.of(session, ticket);
        PriceBook now = book.of(lines.stream().map(Pricing.Wanted::part).toList(), buyer, today);
        Map<UUID, Pricing.Priced> priced = Pricing.price(now, new Occasion(store, today, buyer), lines);
        for (Map.Entry<UUID, Pricing.Priced> line : priced.entrySet()) keep(session, line.getKey(), line.getValue());
    }

    /** As {@link #reprice}, if the ticket was priced for another day: it waited overnight. */
    public void repriceIfOld(Session session, UUID ticket, Branch branch) throws SQLException {
        if (session.exists("""
                select 1
                from ticket_line
                where ticket_id = ? and return_reason is null and priced_for <> ?
                """, ticket, today(branch))) reprice(session, ticket, branch);
    }

    public LocalDate today(Branch branch) {
        return clock.instant().atZone(branch.zone()).toLocalDate();
    }

    private List<Pricing.Wanted> lines(Session session, UUID ticket, Branch branch) throws SQLException {
        return new ArrayList<>(session.all("""
                select id, quantity, part_json, coalesce(base_price, list_price) as base_price, price_includes_tax,
                       coalesce(prices_version, 0) as prices_version, discount_kind
                from ticket_line
                where ticket_id = ? and return_reason is null and agreed_json is null and part_id <> ?
                """, row -> wanted(row, branch), ticket, PartId.NONE.value()));
    }

    private Pricing.Wanted wanted(Row row, Branch branch) throws SQLException {
        Part part = parts.read(row.text("part_json"));
        return new Pricing.Wanted(
                row.id("id"),
                part,
                new Quantity(row.number("quantity")),
                new Price(Money.mxn(row.number("base_price")), row.flag("price_includes_tax")),
                row.number("prices_version"),
                Tax.of(part.taxClass(), branch.region(), part.taxObject()),
                row.isNull("discount_kind"));
    }

    private static void keep(Session session, UUID line, Pricing.Priced priced) throws SQLException {
        PriceReason why = priced.why();
        Quantity from = why.from();
        session.updateOne(
                """
                update ticket_line
                set price = ?, list_price = ?, price_level = ?, price_rule = ?, price_break = ?, promotion = ?, promotion_name = ?,
                    promotion_off = ?, book_version = ?, priced_for = ?
                where id = ?
                """,
                priced.unit().amount().minor(),
                priced.list().amount().minor(),
                why.level().code(),
                why.rule(),
                from == null ? null : from.thousandths(),
                why.promotion(),
                why.promotionName(),
                priced.off().minor(),
                why.bookVersion(),
                why.day(),
                line);
    }
}
