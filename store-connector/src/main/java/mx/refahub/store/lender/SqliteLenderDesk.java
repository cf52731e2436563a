package mx.refahub.store.lender;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.lender.LenderDesk;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Till;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.wire.LenderAsk;
import mx.refahub.store.hublink.HubHttp;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The row before the question, the answer into the row: between the two no transaction is open. */
public final class SqliteLenderDesk implements LenderDesk {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteLenderDesk.class);
    private static final Pattern PHONE = Pattern.compile("\\d{10}");
    private static final int LAST_FOUR = 6;
    /** How long what the hub said of its lender is taken for true. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final SqliteFile sales;
    private final Till till;
    private final LenderLine line;
    private final Clock clock;
    /** Of this process, so that nobody takes a question that is being asked for one without an answer. */
    private final Set<UUID> asking = ConcurrentHashMap.newKeySet();

    private volatile Heard heard = new Heard(Standing.NONE, Instant.EPOCH);

    private record Heard(Standing standing, Instant at) {}

    SqliteLenderDesk(SqliteFile sales, Till till, LenderLine line, Clock clock) {
        this.sales = sales;
        this.till = till;
        this.line = line;
        this.clock = clock;
    }

    public static SqliteLenderDesk of(SqliteFile sales, Till till, Identities identities, HubHttp hub, Clock clock) {
        return new SqliteLenderDesk(sales, till, new HubLenderLine(identities, hub), clock);
    }

    @Override
    public Standing standing() {
        Heard before = heard;
        Instant now = clock.instant();
        if (now.isBefore(before.at().plus(FRESH)) && !now.isBefore(before.at())) return before.standing();
        Standing standing = line.there()
                .map(there -> there ? Standing.READY : Standing.NONE)
                .orElseGet(() -> before.standing() != Standing.NONE || sales.read(LenderOrders::ever)
                        ? Standing.AWAY
                        : Standing.NONE);
        heard = new Heard(standing, now);
        return standing;
    }

    @Override
    public List<Order> of(UUID ticket) {
        return sales.read(session -> LenderOrders.of(session, ticket));
    }

    @Override
    public Outcome<Order> ask(UUID id, UUID ticket, Money amount, String phone, Person who) {
        if (amount.minor() <= 0) return Outcome.refused("payment-not-positive");
        Money due = till.ticket(ticket).fold(found -> found.due(), no -> Money.mxn(0));
        boolean refund = due.isNegative();
        if (!refund && !PHONE.matcher(phone).matches()) return Outcome.refused("lender-phone");
        record Asked(Outcome<Order> outcome, boolean fresh, String original) {}
        if (!asking.add(id)) return Outcome.refused("lender-open", amount.text());
        try {
            Asked asked = sales.write(session -> {
                Order before = LenderOrders.one(session, id).orElse(null);
                if (before != null)
                    return new Asked(
                            before.ticket().equals(ticket) && before.amount().equals(amount)
                                    ? Outcome.done(before)
                                    : Outcome.refused("lender-differs"),
                            false,
                            "");
                Optional<Outcome<Order>> no = refused(session, ticket, amount, refund ? due.negated() : due);
                if (no.isPresent()) return new Asked(no.get(), false, "");
                String original =
                        refund ? LenderOrders.original(session, ticket).orElse("") : "";
                if (refund && original.isEmpty()) return new Asked(Outcome.refused("lender-refund-other"), false, "");
                String lastFour = refund ? "" : phone.substring(LAST_FOUR);
                LenderOrders.ask(session, id, ticket, amount, original, lastFour, who, clock.instant());
                return new Asked(Outcome.done(LenderOrders.one(session, id).orElseThrow()), true, original);
            });
            if (!(asked.outcome() instanceof Outcome.Done<Order>(Order order))) return asked.outcome();
            if (!asked.fresh()) return order.state().isOpen() ? inquired(order) : answer(order);
            LOG.info("lender asked order={} ticket={} amount={} user={}", id, ticket, amount.minor(), who.id());
            return answer(keep(
                    order, line.ask(new LenderAsk(id, amount.minor(), refund ? "" : phone, asked.original())), true));
        } finally {
            asking.remove(id);
        }
    }

    private static Optional<Outcome<Order>> refused(Session session, UUID ticket, Money amount, Money most)
            throws SQLException {
        if (!session.exists("""
                select 1
                from ticket
                where id = ? and finished_at is null and parked_at is null and dropped_at is null
                """, ticket)) return Optional.of(Outcome.refused("ticket-finished"));
        Money sum = amount;
        for (Order other : LenderOrders.of(session, ticket)) {
            if (other.state().isOpen())
                return Optional.of(Outcome.refused("lender-open", other.amount().text()));
            sum = sum.plus(other.amount());
        }
        return sum.compareTo(most) > 0 ? Optional.of(Outcome.refused("lender-over", most.text())) : Optional.empty();
    }

    @Override
    public Outcome<Order> inquire(UUID id, Person who) {
        Order order = sales.read(session -> LenderOrders.one(session, id)).orElse(null);
        if (order == null) return Outcome.refused("lender-unknown");
        if (!asking.add(id)) return Outcome.done(order);
        try {
            return inquired(order);
        } finally {
            asking.remove(id);
        }
    }

    private Outcome<Order> inquired(Order order) {
        if (!order.state().isOpen()) return answer(order);
        boolean cancelling = order.state() == State.CANCELLING;
        return answer(keep(order, cancelling ? line.cancel(order.id()) : line.inquire(order.id()), false));
    }

    @Override
    public Outcome<Order> cancel(UUID id, Person who) {
        if (!asking.add(id)) return Outcome.refused("lender-not-cancelled");
        try {
            Order order = sales.write(session -> {
                        Order found = LenderOrders.one(session, id).orElse(null);
                        if (found != null
                                && !found.refund()
                                && (found.state() == State.APPROVED
                                        || found.state().isOpen()))
                            LenderOrders.cancelling(session, id, clock.instant());
                        return LenderOrders.one(session, id);
                    })
                    .orElse(null);
            if (order == null) return Outcome.refused("lender-unknown");
            if (order.state() == State.USED) return Outcome.refused("lender-used");
            if (order.state() == State.CANCELLED || order.state() == State.DENIED) return Outcome.done(order);
            // What was given back cannot be taken back: it closes its ticket.
            if (order.refund() && order.state() == State.APPROVED) return Outcome.refused("lender-refunded");
            LOG.info("lender order to be taken back order={} user={}", id, who.id());
            Order now = keep(order, line.cancel(id), false);
            return now.state() == State.CANCELLED || now.state() == State.DENIED
                    ? Outcome.done(now)
                    : Outcome.refused("lender-not-cancelled");
        } finally {
            asking.remove(id);
        }
    }

    /** @param first whether a call that never got to the hub means that nothing was ever asked */
    private Order keep(Order order, LenderLine.Said said, boolean first) {
        Order now = sales.write(session -> {
            switch (said) {
                case LenderLine.Said.Row(LenderAsk.Row row) -> {
                    if (row.order().equals(order.id())) LenderOrders.said(session, row, clock.instant());
                }
                case LenderLine.Said.Silence(String why, boolean certain) -> {
                    if (first && certain) LenderOrders.denied(session, order.id(), "away", clock.instant());
                    else LenderOrders.silent(session, order.id(), why);
                }
            }
            return LenderOrders.one(session, order.id()).orElseThrow();
        });
        if (said instanceof LenderLine.Said.Silence) heard = new Heard(Standing.AWAY, clock.instant());
        LOG.info("lender order={} state={} reason={}", order.id(), now.state(), now.reason());
        return now;
    }

    private static Outcome<Order> answer(Order order) {
        if (order.state() != State.DENIED) return Outcome.done(order);
        return switch (order.reason()) {
            case "away" -> Outcome.refused(order.refund() ? "lender-refund-away" : "lender-away");
            case "lender-none" -> Outcome.refused("lender-none");
            default -> Outcome.refused(order.refund() ? "lender-refund-denied" : "lender-denied", why(order));
        };
    }

    /** In brackets behind what was refused; not every lender says why. */
    private static String why(Order order) {
        return order.reason().isBlank() ? "" : " (" + order.reason().strip() + ")";
    }
}
