package mx.refahub.store.sale;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.LineAmounts;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.sale.TicketLine;
import mx.refahub.domain.sale.Totals;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxRegion;
import mx.refahub.store.catalogue.PartJson;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.Session;

/** Tickets in hand, inside the caller's transaction. A line keeps the part and prices it was typed with; amounts are computed at every reading. */
final class Tickets {
    private final PartJson parts;
    private final IdSource ids;

    Tickets(PartJson parts, IdSource ids) {
        this.parts = parts;
        this.ids = ids;
    }

    record Head(UUID id, RegisterId register, boolean finished) {}

    Optional<Head> head(Session session, UUID ticket) throws SQLException {
        return session.first("""
                select id, register_id, finished_at
                from ticket
                where id = ?
                """, Tickets::head, ticket);
    }

    Optional<Head> inHand(Session session, RegisterId register) throws SQLException {
        return session.first("""
                select id, register_id, finished_at
                from ticket
                where register_id = ? and finished_at is null
                """, Tickets::head, register.value());
    }

    Head open(Session session, RegisterId register, Instant at) throws SQLException {
        UUID id = ids.next();
        session.updateOne("""
                insert into ticket (id, register_id, opened_at)
                values (?, ?, ?)
                """, id, register.value(), at);
        return new Head(id, register, false);
    }

    void finish(Session session, UUID ticket, Instant at) throws SQLException {
        session.updateOne("""
                update ticket
                set finished_at = ?
                where id = ? and finished_at is null
                """, at, ticket);
    }

    /** @return whether the act is new; a known one has been done already */
    boolean firstTime(Session session, UUID ticket, String act) throws SQLException {
        return session.update("""
                insert into ticket_act (ticket_id, act)
                values (?, ?)
                on conflict do nothing
                """, ticket, act) == 1;
    }

    boolean done(Session session, UUID ticket, String act) throws SQLException {
        return session.exists("""
                select 1
                from ticket_act
                where ticket_id = ? and act = ?
                """, ticket, act);
    }

    /** The line that already sells this part on the same terms. */
    record Same(UUID line, Quantity quantity) {}

    Optional<Same> same(Session session, UUID ticket, PartCard card, Price price) throws SQLException {
        return session.first(
                """
                select id, quantity
                from ticket_line
                where ticket_id = ? and part_id = ? and price = ? and list_price = ? and price_includes_tax = ? and core = ?
                """,
                row -> new Same(row.id("id"), new Quantity(row.number("quantity"))),
                ticket,
                card.part().id().value(),
                price.amount().minor(),
                price.amount().minor(),
                price.includesTax(),
                card.part().core().minor());
    }

    void add(Session session, UUID ticket, Part part, Price price, Quantity quantity, Person who) throws SQLException {
        session.updateOne(
                """
                insert into ticket_line (id, ticket_id, position, part_id, quantity, price, list_price, price_includes_tax, core,
                                         core_line_id, part_json, salesperson, salesperson_name)
                values (?, ?, (select coalesce(max(position), 0) + 1 from ticket_line where ticket_id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                ids.next(),
                ticket,
                ticket,
                part.id().value(),
                quantity.thousandths(),
                price.amount().minor(),
                price.amount().minor(),
                price.includesTax(),
                part.core().minor(),
                ids.next(),
                parts.write(part),
                who.id().value(),
                who.name());
    }

    /** @return whether there is such a line; deposits have no row of their own and follow theirs */
    boolean setQuantity(Session session, UUID ticket, UUID line, Quantity quantity) throws SQLException {
        return session.update("""
                update ticket_line
                set quantity = ?
                where ticket_id = ? and id = ?
                """, quantity.thousandths(), ticket, line) == 1;
    }

    boolean remove(Session session, UUID ticket, UUID line) throws SQLException {
        return session.update("""
                delete from ticket_line
                where ticket_id = ? and id = ?
                """, ticket, line) == 1;
    }

    Ticket ticket(Session session, Head head, TaxRegion region) throws SQLException {
        List<TicketLine> lines = new ArrayList<>();
        session.all("""
                select id, quantity, price, list_price, price_includes_tax, core, core_line_id, part_json, salesperson, salesperson_name
                from ticket_line
                where ticket_id = ?
                order by position
                """, row -> lines.addAll(lines(row, region)), head.id());
        return new Ticket(head.id(), head.register(), lines, Totals.of(lines));
    }

    private List<TicketLine> lines(Row row, TaxRegion region) throws SQLException {
        Part part = parts.read(row.text("part_json"));
        UUID id = row.id("id");
        Quantity quantity = new Quantity(row.number("quantity"));
        boolean includesTax = row.flag("price_includes_tax");
        Price price = new Price(Money.mxn(row.number("price")), includesTax);
        Price listPrice = new Price(Money.mxn(row.number("list_price")), includesTax);
        Tax tax = Tax.of(part.taxClass(), region, part.taxObject());
        UserId salesperson = new UserId(row.id("salesperson"));
        String salespersonName = row.text("salesperson_name");
        TicketLine line = new TicketLine(
                id,
                SaleLine.Kind.PART,
                null,
                part,
                quantity,
                price,
                listPrice,
                tax,
                LineAmounts.of(price, quantity, Money.mxn(0), tax),
                salesperson,
                salespersonName);
        if (row.number("core") == 0) return List.of(line);
        Price deposit = new Price(Money.mxn(row.number("core")), includesTax);
        TicketLine core = new TicketLine(
                row.id("core_line_id"),
                SaleLine.Kind.CORE_DEPOSIT,
                id,
                part,
                quantity,
                deposit,
                deposit,
                Tax.none(),
                LineAmounts.of(deposit, quantity, Money.mxn(0), Tax.none()),
                salesperson,
                salespersonName);
        return List.of(line, core);
    }

    private static Head head(Row row) throws SQLException {
        return new Head(row.id("id"), new RegisterId(row.id("register_id")), !row.isNull("finished_at"));
    }
}
