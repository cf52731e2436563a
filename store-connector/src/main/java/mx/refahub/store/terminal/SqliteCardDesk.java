package mx.refahub.store.terminal;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import mx.refahub.domain.Failpoint;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Till;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.terminal.CardDesk;
import mx.refahub.domain.terminal.CardTerminal;
import mx.refahub.store.sqlite.SqliteFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The row before the question, the answer into the row: between the two no transaction is open, and the terminal may take its time. */
public final class SqliteCardDesk implements CardDesk, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteCardDesk.class);

    private final SqliteFile sales;
    private final Till till;
    private final Optional<CardTerminal> terminal;
    private final @Nullable TerminalSimulator simulator;
    private final Clock clock;
    /** Of this process, so that nobody takes a question that is being asked for one without an answer. */
    private final Set<UUID> asking = ConcurrentHashMap.newKeySet();

    SqliteCardDesk(SqliteFile sales, Till till, Optional<CardTerminal> terminal, Clock clock) {
        this(sales, till, terminal, null, clock);
    }

    private SqliteCardDesk(
            SqliteFile sales,
            Till till,
            Optional<CardTerminal> terminal,
            @Nullable TerminalSimulator simulator,
            Clock clock) {
        this.sales = sales;
        this.till = till;
        this.terminal = terminal;
        this.simulator = simulator;
        this.clock = clock;
    }

    public static SqliteCardDesk of(TerminalSettings settings, SqliteFile sales, Till till, Clock clock) {
        if (settings.simulator()) {
            TerminalSimulator simulator = new TerminalSimulator();
            LOG.info("card terminal simulated port={}", simulator.address().getPort());
            CardTerminal wire = new TcpTerminal(simulator.address(), settings.timeout());
            return new SqliteCardDesk(sales, till, Optional.of(wire), simulator, clock);
        }
        if (settings.address().isEmpty()) return new SqliteCardDesk(sales, till, Optional.empty(), clock);
        int colon = settings.address().lastIndexOf(':');
        return new SqliteCardDesk(
                sales,
                till,
                Optional.of(new TcpTerminal(
                        new java.net.InetSocketAddress(
                                settings.address().substring(0, colon),
                                Integer.parseInt(settings.address().substring(colon + 1))),
                        settings.timeout())),
                clock);
    }

    @Override
    public void close() {
        if (simulator != null) simulator.close();
    }

    @Override
    public boolean isThere() {
        return terminal.isPresent();
    }

    @Override
    public List<Charge> of(UUID ticket) {
        return sales.read(session -> CardCharges.of(session, ticket));
    }

    @Override
    public Outcome<Charge> charge(UUID id, UUID ticket, Money amount, int months, Person who) {
        if (terminal.isEmpty()) return Outcome.refused("card-terminal-none");
        if (amount.minor() <= 0) return Outcome.refused("payment-not-positive");
        if (months < 0 || months > Tender.Card.MOST_MONTHS) return Outcome.refused("card-invalid");
        Money total = till.ticket(ticket).fold(found -> found.due(), no -> Money.mxn(0));
        record Asked(Outcome<Charge> outcome, boolean fresh) {}
        if (!asking.add(id)) return Outcome.refused("card-unknown", amount.text());
        try {
            Asked asked = sales.write(session -> {
                Charge before = CardCharges.one(session, id).orElse(null);
                if (before != null)
                    return new Asked(
                            before.ticket().equals(ticket)
                                            && before.amount().equals(amount)
                                            && before.months() == months
                                    ? Outcome.done(before)
                                    : Outcome.refused("card-charge-differs"),
                            false);
                if (!session.exists("""
                        select 1
                        from ticket
                        where id = ? and finished_at is null and parked_at is null and dropped_at is null
                        """, ticket)) return new Asked(Outcome.refused("ticket-finished"), false);
                Money sum = amount;
                for (Charge other : CardCharges.of(session, ticket)) {
                    if (other.state().isOpen())
                        return new Asked(
                                Outcome.refused("card-unknown", other.amount().text()), false);
                    sum = sum.plus(other.amount());
                }
                if (sum.compareTo(total) > 0)
                    return new Asked(Outcome.refused("card-charge-over", total.text()), false);
                CardCharges.ask(session, id, ticket, amount, months, who, clock.instant());
                return new Asked(Outcome.done(CardCharges.one(session, id).orElseThrow()), true);
            });
            if (!(asked.outcome() instanceof Outcome.Done<Charge>(Charge charge))) return asked.outcome();
            if (!asked.fresh()) return charge.state().isOpen() ? inquired(id) : answer(charge);
            Failpoint.CHARGE_WRITTEN_NOT_ASKED.pass();
            LOG.info("card charge asked charge={} ticket={} amount={} user={}", id, ticket, amount.minor(), who.id());
            CardTerminal.Answer said = terminal.get().charge(id, amount, months);
            Failpoint.CHARGE_ANSWERED_NOT_WRITTEN.pass();
            Charge now = keep(id, said);
            // Silence is asked about once by itself; after that it is a person's.
            return now.state().isOpen() ? inquired(id) : answer(now);
        } finally {
            asking.remove(id);
        }
    }

    @Override
    public Outcome<Charge> inquire(UUID id, Person who) {
        if (terminal.isEmpty()) return Outcome.refused("card-terminal-none");
        if (!asking.add(id))
            return sales.read(session -> CardCharges.one(session, id))
                    .map(Outcome::done)
                    .orElseThrow();
        try {
            return inquired(id);
        } finally {
            asking.remove(id);
        }
    }

    private Outcome<Charge> inquired(UUID id) {
        Charge charge = sales.read(session -> CardCharges.one(session, id)).orElse(null);
        if (charge == null) return Outcome.refused("card-charge-unknown");
        if (!charge.state().isOpen()) return answer(charge);
        return answer(keep(id, terminal.orElseThrow().inquire(id)));
    }

    @Override
    public Outcome<Charge> reverse(UUID id, Person who) {
        if (terminal.isEmpty()) return Outcome.refused("card-terminal-none");
        if (!asking.add(id)) return Outcome.refused("card-not-reversed");
        try {
            Optional<Charge> asked = sales.write(session -> {
                Optional<Charge> found = CardCharges.one(session, id);
                if (found.isPresent()
                        && (found.get().state() == State.APPROVED
                                || found.get().state().isOpen())) CardCharges.reversing(session, id, clock.instant());
                return found;
            });
            Charge charge = asked.orElse(null);
            if (charge == null) return Outcome.refused("card-charge-unknown");
            if (charge.state() == State.USED) return Outcome.refused("card-charge-used");
            if (charge.state() == State.REVERSED || charge.state() == State.DECLINED) return Outcome.done(charge);
            LOG.info("card charge reversal asked charge={} user={}", id, who.id());
            Charge now = keep(id, terminal.get().reverse(id));
            return now.state() == State.REVERSED ? Outcome.done(now) : Outcome.refused("card-not-reversed");
        } finally {
            asking.remove(id);
        }
    }

    private Charge keep(UUID id, CardTerminal.Answer answer) {
        Charge charge = sales.write(session -> {
            switch (answer) {
                case CardTerminal.Answer.Approved(var kind, String authorization, String lastFour) ->
                    CardCharges.approved(session, id, kind, authorization, lastFour, clock.instant());
                case CardTerminal.Answer.Declined(String reason) ->
                    CardCharges.declined(session, id, reason, clock.instant());
                case CardTerminal.Answer.Unknown(String why) -> CardCharges.silent(session, id, why);
                case CardTerminal.Answer.Reversed() -> CardCharges.reversed(session, id, clock.instant());
            }
            return CardCharges.one(session, id).orElseThrow();
        });
        LOG.info("card charge answered charge={} state={} reason={}", id, charge.state(), charge.reason());
        return charge;
    }

    private static Outcome<Charge> answer(Charge charge) {
        return charge.state() == State.DECLINED
                ? Outcome.refused("card-declined", charge.reason())
                : Outcome.done(charge);
    }
}
