package mx.refahub.store.terminal;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.terminal.CardDesk.Charge;
import mx.refahub.domain.terminal.CardDesk.State;
import mx.refahub.store.lender.LenderOrders;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.Session;

/** Charges of card terminals in sales.db; the only one who writes their table. */
public final class CardCharges {
    private CardCharges() {}

    static Optional<Charge> one(Session session, UUID id) throws SQLException {
        return session.first("""
                select id, ticket_id, amount, months, asked_at, kind, authorization, last_four, reason, approved_at, declined_at, reversing_at,
                       reversed_at, used_at
                from card_charge
                where id = ?
                """, CardCharges::charge, id);
    }

    /** Those that are open, or approved and not used. */
    static List<Charge> of(Session session, UUID ticket) throws SQLException {
        return session.all("""
                select id, ticket_id, amount, months, asked_at, kind, authorization, last_four, reason, approved_at, declined_at, reversing_at,
                       reversed_at, used_at
                from card_charge
                where ticket_id = ? and declined_at is null and reversed_at is null and used_at is null
                order by asked_at, id
                """, CardCharges::charge, ticket);
    }

    private static Charge charge(Row row) throws SQLException {
        String kind = row.textOrNull("kind");
        return new Charge(
                row.id("id"),
                row.id("ticket_id"),
                Money.mxn(row.number("amount")),
                row.small("months"),
                state(row),
                kind == null ? null : Tender.Kind.valueOf(kind),
                row.text("authorization"),
                row.text("last_four"),
                row.text("reason"),
                row.instant("asked_at"));
    }

    private static State state(Row row) throws SQLException {
        if (!row.isNull("used_at")) return State.USED;
        if (!row.isNull("reversed_at")) return State.REVERSED;
        if (!row.isNull("declined_at")) return State.DECLINED;
        if (!row.isNull("reversing_at")) return State.REVERSING;
        return row.isNull("approved_at") ? State.UNKNOWN : State.APPROVED;
    }

    static void ask(Session session, UUID id, UUID ticket, Money amount, int months, Person who, Instant at)
            throws SQLException {
        session.updateOne("""
                insert into card_charge (id, ticket_id, amount, months, by_id, by_name, asked_at)
                values (?, ?, ?, ?, ?, ?, ?)
                """, id, ticket, amount.minor(), months, who.id().value(), who.name(), at);
    }

    static void approved(Session session, UUID id, Tender.Kind kind, String authorization, String lastFour, Instant at)
            throws SQLException {
        session.update("""
                update card_charge
                set kind = ?, authorization = ?, last_four = ?, reason = '', approved_at = coalesce(approved_at, ?), reversing_at = null
                where id = ? and reversed_at is null and declined_at is null and used_at is null
                """, kind, authorization, lastFour, at, id);
    }

    static void declined(Session session, UUID id, String reason, Instant at) throws SQLException {
        session.update("""
                update card_charge
                set reason = ?, declined_at = ?
                where id = ? and approved_at is null and declined_at is null and reversed_at is null
                """, reason, at, id);
    }

    static void silent(Session session, UUID id, String why) throws SQLException {
        session.update("""
                update card_charge
                set reason = ?
                where id = ?
                """, why, id);
    }

    static void reversing(Session session, UUID id, Instant at) throws SQLException {
        session.updateOne("""
                update card_charge
                set reversing_at = coalesce(reversing_at, ?)
                where id = ? and used_at is null and reversed_at is null
                """, at, id);
    }

    static void reversed(Session session, UUID id, Instant at) throws SQLException {
        session.update("""
                update card_charge
                set reversed_at = coalesce(reversed_at, ?)
                where id = ? and used_at is null
                """, at, id);
    }

    /** Whether something of the ticket is charged or may be, by the terminal or a lender. */
    public static boolean hang(Session session, UUID ticket) throws SQLException {
        return !of(session, ticket).isEmpty() || LenderOrders.hang(session, ticket);
    }

    /**
     * The payment with what the terminal itself said of its charges. Refused while one of the ticket is without an answer ({@code card-unknown}), when an offer does not
     * fit its charge ({@code card-charge-differs}), and when an approved charge would be left over ({@code card-charge-open}).
     */
    public static Outcome<Payment> proven(Session session, UUID ticket, Payment payment) throws SQLException {
        List<Charge> charges = of(session, ticket);
        for (Charge charge : charges)
            if (charge.state().isOpen())
                return Outcome.refused("card-unknown", charge.amount().text());
        Set<UUID> used = new HashSet<>();
        List<Payment.Offer> offers = new ArrayList<>();
        for (Payment.Offer offer : payment.offers()) {
            Tender.Card card = offer.card();
            UUID id = card == null ? null : card.charge();
            if (id == null) {
                offers.add(offer);
                continue;
            }
            Charge charge = charges.stream()
                    .filter(one -> one.id().equals(id))
                    .findFirst()
                    .orElse(null);
            if (charge == null || charge.kind() == null || !charge.amount().equals(offer.given()) || !used.add(id))
                return Outcome.refused("card-charge-differs");
            offers.add(Payment.Offer.of(
                    charge.kind(),
                    charge.amount(),
                    charge.authorization(),
                    new Tender.Card(charge.lastFour(), charge.months(), id)));
        }
        for (Charge charge : charges)
            if (!used.contains(charge.id()))
                return Outcome.refused("card-charge-open", charge.amount().text());
        return Outcome.done(new Payment(offers));
    }

    /** In the transaction of the sale that they pay for. */
    public static void use(Session session, UUID ticket, List<Tender> tenders, Instant at) throws SQLException {
        for (Tender tender : tenders) {
            Tender.Card card = tender.card();
            if (card != null && card.charge() != null) session.updateOne("""
                        update card_charge
                        set used_at = ?
                        where id = ? and ticket_id = ? and approved_at is not null and reversing_at is null and used_at is null
                        """, at, card.charge(), ticket);
        }
    }
}
