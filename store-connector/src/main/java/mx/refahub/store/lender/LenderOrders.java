package mx.refahub.store.lender;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.lender.LenderDesk.Order;
import mx.refahub.domain.lender.LenderDesk.State;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.wire.LenderAsk;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.Session;

/** What lenders were asked, in sales.db; the only one who writes its table. */
public final class LenderOrders {
    private LenderOrders() {}

    static Optional<Order> one(Session session, UUID id) throws SQLException {
        return session.first("""
                select id, ticket_id, amount, original, asked_at, reference, reason, taken_at, approved_at, denied_at, cancelling_at, cancelled_at, used_at
                from lender_order
                where id = ?
                """, LenderOrders::order, id);
    }

    /** Those that are open, or approved and not used. */
    static List<Order> of(Session session, UUID ticket) throws SQLException {
        return session.all("""
                select id, ticket_id, amount, original, asked_at, reference, reason, taken_at, approved_at, denied_at, cancelling_at, cancelled_at, used_at
                from lender_order
                where ticket_id = ? and denied_at is null and cancelled_at is null and used_at is null
                order by asked_at, id
                """, LenderOrders::order, ticket);
    }

    private static Order order(Row row) throws SQLException {
        return new Order(
                row.id("id"),
                row.id("ticket_id"),
                Money.mxn(row.number("amount")),
                !row.text("original").isEmpty(),
                state(row),
                row.text("reference"),
                row.text("reason"),
                row.instant("asked_at"));
    }

    private static State state(Row row) throws SQLException {
        if (!row.isNull("used_at")) return State.USED;
        if (!row.isNull("cancelled_at")) return State.CANCELLED;
        if (!row.isNull("denied_at")) return State.DENIED;
        if (!row.isNull("cancelling_at")) return State.CANCELLING;
        if (!row.isNull("approved_at")) return State.APPROVED;
        return row.isNull("taken_at") ? State.ASKED : State.WAITING;
    }

    static boolean ever(Session session) throws SQLException {
        return session.exists("""
                select 1
                from lender_order
                limit 1
                """);
    }

    /** The lender's number of what paid for the one ticket whose goods come back on this one. */
    static Optional<String> original(Session session, UUID ticket) throws SQLException {
        List<String> paid = session.all("""
                select distinct tender.reference
                from ticket_line line
                join sale_tender tender on tender.sale_id = line.return_sale
                where line.ticket_id = ? and tender.kind = 'BNPL' and tender.amount > 0
                """, row -> row.text("reference"), ticket);
        return paid.size() == 1 ? Optional.of(paid.getFirst()) : Optional.empty();
    }

    static void ask(
            Session session, UUID id, UUID ticket, Money amount, String original, String phone, Person who, Instant at)
            throws SQLException {
        session.updateOne(
                """
                insert into lender_order (id, ticket_id, amount, original, phone_last_four, by_id, by_name, asked_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """, id, ticket, amount.minor(), original, phone, who.id().value(), who.name(), at);
    }

    /** What the hub says of it. What has ended stays as it ended. */
    static void said(Session session, LenderAsk.Row row, Instant at) throws SQLException {
        switch (row.state()) {
            case "WAITING" -> session.update("""
                        update lender_order
                        set reference = ?, reason = ?, taken_at = coalesce(taken_at, ?)
                        where id = ? and denied_at is null and cancelled_at is null and used_at is null
                        """, row.reference(), row.reason(), at, row.order());
            case "APPROVED" -> session.update("""
                        update lender_order
                        set reference = ?, reason = '', approved_at = coalesce(approved_at, ?), cancelling_at = null
                        where id = ? and denied_at is null and cancelled_at is null and used_at is null
                        """, row.reference(), at, row.order());
            case "DENIED", "EXPIRED" ->
                session.update("""
                        update lender_order
                        set reason = ?, denied_at = ?
                        where id = ? and denied_at is null and cancelled_at is null and used_at is null
                        """, row.state().equals("EXPIRED") ? "expired" : row.reason(), at, row.order());
            case "CANCELLED" -> session.update("""
                        update lender_order
                        set reason = ?, cancelled_at = coalesce(cancelled_at, ?)
                        where id = ? and denied_at is null and used_at is null
                        """, row.reason(), at, row.order());
            default -> silent(session, row.order(), row.reason());
        }
    }

    static void silent(Session session, UUID id, String why) throws SQLException {
        session.update("""
                update lender_order
                set reason = ?
                where id = ?
                """, why, id);
    }

    /** Nothing was asked, for certain. */
    static void denied(Session session, UUID id, String reason, Instant at) throws SQLException {
        session.update("""
                update lender_order
                set reason = ?, denied_at = ?
                where id = ? and approved_at is null and denied_at is null and cancelled_at is null
                """, reason, at, id);
    }

    static void cancelling(Session session, UUID id, Instant at) throws SQLException {
        session.updateOne("""
                update lender_order
                set cancelling_at = coalesce(cancelling_at, ?)
                where id = ? and used_at is null and cancelled_at is null and denied_at is null
                """, at, id);
    }

    /** Whether a lender pays for the ticket already, or may. */
    public static boolean hang(Session session, UUID ticket) throws SQLException {
        return !of(session, ticket).isEmpty();
    }

    /**
     * Why the payment does not fit what the lender said: one of the ticket is open ({@code lender-open}), an offer is none that was approved for it
     * ({@code lender-differs}), or an approved one would be left over ({@code lender-left}).
     */
    public static Optional<Refusal> unproven(Session session, UUID ticket, boolean refund, Payment payment)
            throws SQLException {
        List<Order> orders = of(session, ticket);
        for (Order order : orders)
            if (order.state().isOpen())
                return Optional.of(Refusal.of("lender-open", order.amount().text()));
        Set<String> used = new HashSet<>();
        for (Payment.Offer offer : payment.offers()) {
            if (offer.kind() != Tender.Kind.BNPL) continue;
            boolean there = orders.stream()
                    .anyMatch(
                            order -> order.reference().equals(offer.reference().strip())
                                    && order.refund() == refund
                                    && order.amount().equals(offer.given()));
            if (!there || !used.add(offer.reference().strip())) return Optional.of(Refusal.of("lender-differs"));
        }
        for (Order order : orders)
            if (!used.contains(order.reference()))
                return Optional.of(Refusal.of("lender-left", order.amount().text()));
        return Optional.empty();
    }

    /** In the transaction of the sale that they pay for. */
    public static void use(Session session, UUID ticket, List<Tender> tenders, Instant at) throws SQLException {
        for (Tender tender : tenders)
            if (tender.kind() == Tender.Kind.BNPL) session.updateOne("""
                        update lender_order
                        set used_at = ?
                        where ticket_id = ? and reference = ? and approved_at is not null and cancelling_at is null and cancelled_at is null and used_at is null
                        """, at, ticket, tender.reference());
    }
}
