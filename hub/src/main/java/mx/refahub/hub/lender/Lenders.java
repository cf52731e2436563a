package mx.refahub.hub.lender;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.lender.BnplProvider;
import mx.refahub.domain.lender.BnplProvider.Answer;
import mx.refahub.domain.lender.BnplProvider.State;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.outside.Connection;
import mx.refahub.domain.outside.Connections;
import mx.refahub.domain.wire.LenderAsk;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the company's lender for the branches. The row is written before the lender is asked, and no transaction is open while it is. */
public final class Lenders {
    private static final Logger LOG = LoggerFactory.getLogger(Lenders.class);
    /** A request that a lender does not know after this will not come any more. */
    private static final Duration STRAY = Duration.ofSeconds(30);

    private static final String ASKED = "ASKED";
    private static final String CANCELLING = "CANCELLING";
    private static final String CANCELLED = State.CANCELLED.name();
    private static final String DENIED = State.DENIED.name();

    private final List<BnplProvider> providers;
    private final Connections connections;
    private final LenderTable table;
    private final Clock clock;

    Lenders(List<BnplProvider> providers, Connections connections, LenderTable table, Clock clock) {
        this.providers = providers;
        this.connections = connections;
        this.table = table;
        this.clock = clock;
    }

    private record Line(BnplProvider provider, Connection connection) {}

    public LenderAsk.Standing standing() {
        return new LenderAsk.Standing(line().isPresent());
    }

    private Optional<Line> line() {
        for (BnplProvider provider : providers)
            for (Connection connection : connections.of(provider.kind().name()))
                return Optional.of(new Line(provider, connection));
        return Optional.empty();
    }

    private Optional<Line> line(@Nullable UUID connection) {
        if (connection == null) return Optional.empty();
        return connections
                .find(connection)
                .flatMap(found -> providers.stream()
                        .filter(provider ->
                                provider.kind().name().equals(found.kind().name()))
                        .findFirst()
                        .map(provider -> new Line(provider, found)));
    }

    /** The same order again asks what became of it. */
    public LenderAsk.Row ask(UUID store, LenderAsk ask) {
        LenderTable.Row before = table.one(store, ask.order()).orElse(null);
        if (before != null)
            return before.amount() == ask.amount() || !before.isOpen()
                    ? inquired(before)
                    : row(before, "order-differs");
        if (ask.amount() <= 0) return denied(ask, "amount");
        boolean refund = !ask.original().isEmpty();
        LenderTable.Row original = refund ? table.lent(store, ask.original()).orElse(null) : null;
        if (refund && original == null) return denied(ask, "original-unknown");
        Line line = (original == null ? line() : line(original.connection())).orElse(null);
        if (line == null) return denied(ask, "lender-none");
        Instant now = clock.instant();
        LenderTable.Row row = new LenderTable.Row(
                ask.order(),
                store,
                line.connection().id(),
                ask.amount(),
                original == null ? null : original.id(),
                ASKED,
                "",
                "",
                now);
        // Another call with the same id was quicker: that one asks the lender.
        if (!table.insert(row)) return shown(store, ask.order());
        LOG.info("lender asked order={} store={} amount={} refund={}", ask.order(), store, ask.amount(), refund);
        Money amount = Money.mxn(ask.amount());
        keep(
                row,
                original == null
                        ? line.provider().create(line.connection(), ask.order(), amount, ask.phone())
                        : line.provider().refund(line.connection(), original.id(), ask.order(), amount));
        return shown(store, ask.order());
    }

    /** Of an order that never came: from then on it is refused. */
    public LenderAsk.Row inquire(UUID store, UUID order) {
        return inquired(found(store, order));
    }

    public LenderAsk.Row cancel(UUID store, UUID order) {
        LenderTable.Row row = found(store, order);
        // What was given back cannot be taken back; whether it was is all that can be asked.
        if (row.original() != null) return inquired(row);
        table.cancelling(order, clock.instant());
        return inquired(found(store, order));
    }

    private LenderTable.Row found(UUID store, UUID order) {
        return table.one(store, order).orElseGet(() -> {
            LenderTable.Row never =
                    new LenderTable.Row(order, store, null, 0, null, CANCELLED, "", "never-asked", clock.instant());
            table.insert(never);
            // Another branch's id is as unknown here as one that nobody has.
            return table.one(store, order).orElse(never);
        });
    }

    private LenderAsk.Row inquired(LenderTable.Row row) {
        if (!row.isOpen()) return row(row, row.reason());
        Line line = line(row.connection()).orElse(null);
        if (line == null) return row(row, "lender-none");
        LenderTable.Row original = row.original() == null
                ? null
                : table.one(row.store(), row.original()).orElse(null);
        Answer answer = original != null
                // The same key again has no further effect, so asking again is asking what became of it.
                ? line.provider().refund(line.connection(), original.id(), row.id(), Money.mxn(row.amount()))
                : row.state().equals(CANCELLING)
                        ? line.provider().cancel(line.connection(), row.id())
                        : line.provider().inquire(line.connection(), row.id());
        keep(row, answer);
        return shown(row.store(), row.id());
    }

    private void keep(LenderTable.Row row, Answer answer) {
        Instant now = clock.instant();
        boolean cancelling = row.state().equals(CANCELLING);
        String[] from = cancelling ? new String[] {CANCELLING} : new String[] {ASKED, "WAITING"};
        switch (answer) {
            case Answer.Known(State state, String reference, String reason) -> {
                // One that waits still while it is taken back is not taken back yet.
                if (cancelling && state == State.WAITING) return;
                String number = reference.isEmpty() ? row.id().toString() : reference;
                table.becomes(row.id(), state.name(), number, reason, now, from);
            }
            case Answer.Refused(String reason) -> {
                if (!cancelling) table.becomes(row.id(), DENIED, "", reason, now, from);
            }
            case Answer.Never() -> {
                boolean late = now.isAfter(row.askedAt().plus(STRAY));
                if (late) table.becomes(row.id(), CANCELLED, "", "never-came", now, from);
            }
            case Answer.Unknown(String why) -> table.becomes(row.id(), row.state(), "", why, now, row.state());
        }
        LOG.info("lender answered order={} answer={}", row.id(), answer);
    }

    private LenderAsk.Row shown(UUID store, UUID order) {
        LenderTable.Row row = found(store, order);
        return row(row, row.reason());
    }

    private static LenderAsk.Row row(LenderTable.Row row, String reason) {
        return new LenderAsk.Row(row.id(), row.state(), row.reference(), reason);
    }

    /** For certain nothing was asked, so nothing is kept. */
    private static LenderAsk.Row denied(LenderAsk ask, String reason) {
        return new LenderAsk.Row(ask.order(), DENIED, "", reason);
    }
}
