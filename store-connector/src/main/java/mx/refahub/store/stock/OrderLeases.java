package mx.refahub.store.stock;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Promised;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.sale.TicketLine;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.wire.LeaseBody;
import mx.refahub.domain.wire.MarketOrderRow;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.outbox.OutboxWriter;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.stock.LeaseSteps.Ending;
import mx.refahub.store.stock.LeaseSteps.Step;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What this branch set aside for orders of marketplaces, out of its own steps in sales.db: what was heard of an order stays with what was set aside for it. */
public final class OrderLeases {
    private static final long PIECE = 1_000;

    private final JsonMapper json;

    public OrderLeases(JsonMapper json) {
        this.json = json;
    }

    /**
     * @param ended sold, or wanted no more
     * @param sold with its order
     */
    private record Held(LeaseBody body, MarketOrderRow order, boolean ended, boolean sold) {}

    private List<Held> of(Session session, UUID order) throws SQLException {
        Map<UUID, Map<Step, LeaseBody>> all = new LinkedHashMap<>();
        session.all(
                """
                select lease_id, step, body
                from stock_lease_step
                where ticket_id = ?
                order by lease_id
                """,
                row -> all.computeIfAbsent(row.id("lease_id"), id -> new EnumMap<>(Step.class))
                        .put(Step.valueOf(row.text("step")), json.readValue(row.bytes("body"), LeaseBody.class)),
                order);
        List<Held> held = new ArrayList<>();
        for (Map<Step, LeaseBody> steps : all.values()) {
            LeaseBody reserved = steps.get(Step.RESERVED);
            MarketOrderRow market = reserved == null ? null : reserved.market();
            if (reserved != null && market != null)
                held.add(new Held(
                        reserved,
                        market,
                        steps.containsKey(Step.RELEASED) || steps.containsKey(Step.REFUSED),
                        wasSold(steps.get(Step.RELEASED))));
        }
        return held;
    }

    /** What the hub wants no more is released without a word; the sale writes its folio. */
    private static boolean wasSold(@Nullable LeaseBody released) {
        return released != null && !released.why().isEmpty();
    }

    /**
     * What was heard of the order since it was set aside, so that it is sold as it is now: the price may have come later, and leases of older versions name no order. Own
     * rows alone, no document.
     */
    public void refresh(Session session, UUID lease, MarketOrderRow heard) throws SQLException {
        LeaseBody reserved = LeaseSteps.of(session, json, lease).get(Step.RESERVED);
        if (reserved == null || heard.equals(reserved.market()) && heard.order().equals(reserved.ticket())) return;
        LeaseSteps.told(session, json, reserved.of(heard));
    }

    /** What a ticket sells of an order, all of which was paid at the marketplace. */
    public Optional<Promised> promised(Session session, UUID order) throws SQLException {
        List<Held> held =
                of(session, order).stream().filter(one -> !one.ended()).toList();
        if (held.isEmpty()) return Optional.empty();
        MarketOrderRow market = held.getFirst().order();
        Money total = held.stream()
                .map(one -> Money.mxn(one.order().price() * one.body().quantity() / PIECE))
                .reduce(Money.mxn(0), Money::plus);
        return Optional.of(new Promised(order, Promised.MARKET, market.market() + " " + market.number(), total));
    }

    /** Whether the ticket says something else than what is set aside for its order now. */
    public boolean changed(Session session, UUID ticket, @Nullable UUID order) throws SQLException {
        if (order == null) return false;
        long agreed = session.first("""
                select coalesce(sum(price * quantity / 1000), 0) as total
                from ticket_line
                where ticket_id = ? and agreed_json is not null
                """, row -> row.number("total"), ticket).orElse(0L);
        return promised(session, order)
                .map(one -> one.deposit().minor() != agreed)
                .orElse(true);
    }

    /** Why the ticket cannot be sold as its order; empty if it can. */
    public Optional<Refusal> refused(Session session, Ticket ticket) throws SQLException {
        Promised promised = Objects.requireNonNull(ticket.promised());
        if (sold(session, promised.id())) return Optional.of(Refusal.of("market-order-sold", promised.number()));
        if (ticket.lines().stream().anyMatch(line -> !line.agreed()))
            return Optional.of(Refusal.of("market-order-alone", promised.number()));
        Map<UUID, Long> wanted = new LinkedHashMap<>();
        for (Held one : of(session, promised.id()))
            if (!one.ended()) wanted.merge(one.body().part(), one.body().quantity(), Long::sum);
        Map<UUID, Long> there = new LinkedHashMap<>();
        for (TicketLine line : ticket.lines())
            if (line.kind() == SaleLine.Kind.PART)
                there.merge(line.part().id().value(), line.quantity().thousandths(), Long::sum);
        return wanted.equals(there) && ticket.due().isZero()
                ? Optional.empty()
                : Optional.of(Refusal.of("market-order-changed", promised.number()));
    }

    /** One order is sold once at this branch. */
    private static boolean sold(Session session, UUID order) throws SQLException {
        return session.exists("select 1 from promise_entry where promise_id = ? and kind = 'APPLIED'", order);
    }

    /** The sale has been written: nothing is set aside any more, which the hub hears too. */
    public void kept(Session session, OutboxWriter outbox, Identity identity, UUID order, String folio, Person who)
            throws SQLException {
        for (Held one : of(session, order)) {
            if (one.ended()) continue;
            OutboxWriter.Slot slot = outbox.next(session);
            LeaseSteps.write(
                    session,
                    outbox,
                    json,
                    identity,
                    slot,
                    LeaseSteps.step(
                            one.body(),
                            Step.RELEASED,
                            identity.store().value(),
                            slot.at(),
                            new Ending(who.id().value(), who.name(), 0, "", folio)));
        }
    }

    /** @param fresh written now; else it was told before */
    public record Told(boolean fresh, Parcel parcel) {}

    /** @param carrier and {@code tracking} as the label bears them */
    public record Parcel(String carrier, String tracking) {}

    /** The parcel went out; told once, later calls say what was told. Empty if nothing was ever set aside for the order. */
    public Optional<Told> sent(
            Session session, OutboxWriter outbox, Identity identity, UUID order, Parcel parcel, Person who)
            throws SQLException {
        Parcel before = parcel(session, order).orElse(null);
        if (before != null) return Optional.of(new Told(false, before));
        boolean fresh = false;
        for (Held one : of(session, order)) {
            if (!one.sold()) continue;
            OutboxWriter.Slot slot = outbox.next(session);
            fresh |= LeaseSteps.write(
                    session,
                    outbox,
                    json,
                    identity,
                    slot,
                    LeaseSteps.step(
                            one.body(),
                            Step.SENT,
                            identity.store().value(),
                            slot.at(),
                            new Ending(
                                    who.id().value(),
                                    who.name(),
                                    one.body().quantity(),
                                    parcel.tracking(),
                                    parcel.carrier())));
        }
        return fresh ? Optional.of(new Told(true, parcel)) : Optional.empty();
    }

    /** What was told of the order's parcel. */
    public Optional<Parcel> parcel(Session session, UUID order) throws SQLException {
        return session.first("""
                        select body
                        from stock_lease_step
                        where ticket_id = ? and step = 'SENT'
                        """, row -> json.readValue(row.bytes("body"), LeaseBody.class), order)
                .map(body -> new Parcel(body.why(), body.number()));
    }

    /** Pieces of the sale that have not come back. */
    public static Quantity out(Session session, UUID sale) throws SQLException {
        return new Quantity(
                session.first("""
                select coalesce(sum(sold.quantity), 0) + coalesce((
                    select sum(back.quantity)
                    from sale_line back
                    join sale_line line on line.id = back.return_line
                    where line.sale_id = ?1), 0) as pieces
                from sale_line sold
                where sold.sale_id = ?1 and sold.kind = 'PART'
                """, row -> row.number("pieces"), sale).orElse(0L));
    }
}
