package mx.refahub.store.stock;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.part.Units;
import mx.refahub.domain.stock.Opening;
import mx.refahub.domain.stock.StockDesk;
import mx.refahub.domain.stock.StockLeases;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.wire.LeaseBody;
import mx.refahub.domain.wire.LeaseRow;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.outbox.OutboxWriter;
import mx.refahub.store.reference.AppliedStreams;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import mx.refahub.store.stock.LeaseSteps.Ending;
import mx.refahub.store.stock.LeaseSteps.Step;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Promises between branches: own steps in sales.db, what the hub told of the others' in reference.db. What is asked of this branch is answered as soon as it is heard
 * of, once, in the order of asking: who comes first gets what is free.
 */
public final class SqliteStockLeases implements StockLeases {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteStockLeases.class);
    private static final int MOST_SHOWN = 500;
    private static final int LONGEST_TEXT = StockDesk.LONGEST_TEXT;

    private final SqliteFile sales;
    private final SqliteFile reference;
    private final Identities identities;
    private final StockDesk desk;
    private final Openings openings;
    private final OutboxWriter outbox;
    private final JsonMapper json;
    private final Clock clock;
    private final BooleanSupplier mayWrite;

    /** @param mayWrite whether documents may be written now: what is answered by itself waits for it as a person has to */
    public SqliteStockLeases(
            SqliteFile sales,
            SqliteFile reference,
            Identities identities,
            StockDesk desk,
            Openings openings,
            AppliedStreams streams,
            OutboxWriter outbox,
            JsonMapper json,
            Clock clock,
            BooleanSupplier mayWrite) {
        this.sales = sales;
        this.reference = reference;
        this.identities = identities;
        this.desk = desk;
        this.openings = openings;
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
        this.mayWrite = mayWrite;
        // Any stream: what could not be answered when it was heard of is answered with the next that comes.
        streams.onApplied(stream -> answer());
    }

    @Override
    public Outcome<Lease> ask(Asking asking, Person who) {
        Identity identity = identities.current().orElse(null);
        if (identity == null) return Outcome.refused("store-not-ready");
        if (ClosedBranch.is(reference, json, identity)) return Outcome.refused("branch-closed");
        if (identity.store().value().equals(asking.giver())) return Outcome.refused("branch-own");
        if (asking.quantity().thousandths() <= 0)
            return Outcome.refused(
                    "stock-quantity-not-positive", asking.quantity().text());
        Optional<String> unit = unit(asking.part());
        if (unit.isPresent() && !Units.allow(asking.quantity(), unit.get()))
            return Outcome.refused("stock-quantity-fraction", asking.quantity().text(), unit.get());
        if (asking.hold().compareTo(SHORTEST) < 0 || asking.hold().compareTo(LONGEST) > 0)
            return Outcome.refused("lease-hold", Long.toString(SHORTEST.toHours()), Long.toString(LONGEST.toDays()));
        boolean known = desk.branches().stream().anyMatch(branch -> branch.id().equals(asking.giver()));
        String forWhom = text(asking.forWhom());
        return ending(sales.write(session -> {
            LeaseBody there = LeaseSteps.of(session, json, asking.act()).get(Step.ASKED);
            if (there != null)
                return there.giver().equals(asking.giver())
                                && there.part().equals(asking.part().value())
                                && there.quantity() == asking.quantity().thousandths()
                                && there.forWhom().equals(forWhom)
                        ? new Done(Outcome.done(there.id()), false)
                        : new Done(Outcome.refused("stock-act-differs"), false);
            if (!known) return new Done(Outcome.refused("branch-unknown"), false);
            OutboxWriter.Slot slot = outbox.next(session);
            LeaseBody body = new LeaseBody(
                    asking.act(),
                    identity.store().value(),
                    Step.ASKED.name(),
                    identity.store().value(),
                    asking.giver(),
                    asking.part().value(),
                    asking.quantity().thousandths(),
                    asking.ticket(),
                    asking.line(),
                    forWhom,
                    slot.at(),
                    who.name(),
                    slot.at().plus(asking.hold()),
                    false,
                    slot.at(),
                    who.id().value(),
                    who.name(),
                    0,
                    "",
                    "");
            LeaseSteps.write(session, outbox, json, identity, slot, body);
            LOG.info("lease asked lease={} giver={} part={} user={}", body.id(), body.giver(), body.part(), who.id());
            return new Done(Outcome.done(body.id()), true);
        }));
    }

    private record Done(Outcome<UUID> outcome, boolean fresh) {}

    private Outcome<Lease> ending(Done done) {
        if (done.fresh()) outbox.ring();
        return done.outcome().fold(this::one, refusal -> new Outcome.Refused<>(refusal));
    }

    private Optional<String> unit(PartId part) {
        return reference.read(
                session -> session.first("select unit from part where id = ?", row -> row.text("unit"), part.value()));
    }

    @Override
    public Outcome<Lease> withdraw(UUID lease, String why, Person who) {
        return end(lease, Step.WITHDRAWN, why, who);
    }

    @Override
    public Outcome<Lease> refuse(UUID lease, String why, Person who) {
        return end(lease, Step.REFUSED, why, who);
    }

    private Outcome<Lease> end(UUID id, Step step, String why, Person who) {
        Identity identity = identities.current().orElse(null);
        if (identity == null) return Outcome.refused("store-not-ready");
        LeaseRow heard = heard(id);
        UUID me = identity.store().value();
        return ending(sales.write(session -> {
            Map<Step, LeaseBody> steps = LeaseSteps.of(session, json, id);
            LeaseBody base = base(steps, heard);
            UUID mine = base == null ? null : step == Step.WITHDRAWN ? base.asker() : base.giver();
            if (base == null || !me.equals(mine)) return new Done(Outcome.refused("lease-unknown"), false);
            if (steps.containsKey(step)) return new Done(Outcome.done(id), false);
            boolean sent = steps.containsKey(Step.SENT) || heard != null && heard.sent() != null;
            if (sent && step == Step.REFUSED) return new Done(Outcome.refused("lease-ended"), false);
            OutboxWriter.Slot slot = outbox.next(session);
            LeaseSteps.write(
                    session,
                    outbox,
                    json,
                    identity,
                    slot,
                    LeaseSteps.step(
                            base, step, me, slot.at(), new Ending(who.id().value(), who.name(), 0, "", text(why))));
            LOG.info("lease ended lease={} step={} user={}", id, step, who.id());
            return new Done(Outcome.done(id), true);
        }));
    }

    private static String text(String typed) {
        String text = typed.strip();
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    /** Sets aside what others asked for, and frees what they want no more. Each is done once: a step that stands is not written again. */
    private void answer() {
        Identity identity = identities.current().orElse(null);
        if (identity == null) return;
        UUID me = identity.store().value();
        Instant now = clock.instant();
        List<LeaseRow> asked = rows().stream()
                .filter(row -> row.giver().equals(me))
                .sorted(Comparator.comparing(LeaseRow::askedAt).thenComparing(LeaseRow::id))
                .toList();
        if (asked.isEmpty() || !mayWrite.getAsBoolean()) return;
        Map<PartId, Opening> here =
                openings.of(asked.stream().map(row -> new PartId(row.part())).toList());
        int written = sales.write(session -> {
            int steps = 0;
            for (LeaseRow row : asked) if (answer(session, identity, row, here, now)) steps++;
            return steps;
        });
        if (written > 0) outbox.ring();
    }

    private boolean answer(Session session, Identity identity, LeaseRow row, Map<PartId, Opening> here, Instant now)
            throws SQLException {
        Map<Step, LeaseBody> steps = LeaseSteps.of(session, json, row.id());
        boolean ended =
                steps.containsKey(Step.SENT) || steps.containsKey(Step.REFUSED) || steps.containsKey(Step.RELEASED);
        LeaseBody reserved = steps.get(Step.RESERVED);
        if (ended || row.sent() != null || row.refused()) return false;
        OutboxWriter.Slot slot = outbox.next(session);
        UUID me = identity.store().value();
        if (row.withdrawn())
            return reserved != null
                    && LeaseSteps.write(
                            session,
                            outbox,
                            json,
                            identity,
                            slot,
                            LeaseSteps.step(reserved, Step.RELEASED, me, slot.at(), new Ending(null, "", 0, "", "")));
        if (reserved != null || !row.expiresAt().isAfter(now)) return false;
        PartId part = new PartId(row.part());
        long promised = LeaseSteps.promised(session, List.of(part), now).getOrDefault(part, 0L);
        long standing = StockLedger.holding(session, part, here.getOrDefault(part, Opening.NONE))
                .quantity();
        // What stands apart for customers of this branch is not given away unattended.
        long apart = StandingApart.of(session, part, now);
        long free = Math.clamp(standing - promised - apart, 0, row.quantity());
        LOG.info("lease answered lease={} asked={} set_aside={}", row.id(), row.quantity(), free);
        return LeaseSteps.write(
                session,
                outbox,
                json,
                identity,
                slot,
                LeaseSteps.step(body(row), Step.RESERVED, me, slot.at(), new Ending(null, "", free, "", "")));
    }

    private static LeaseBody body(LeaseRow row) {
        return new LeaseBody(
                row.id(),
                row.asker(),
                Step.ASKED.name(),
                row.asker(),
                row.giver(),
                row.part(),
                row.quantity(),
                row.ticket(),
                row.line(),
                row.forWhom(),
                row.askedAt(),
                row.askedBy(),
                row.expiresAt(),
                row.byHub(),
                row.askedAt(),
                null,
                row.askedBy(),
                0,
                "",
                "",
                row.market());
    }

    private static @Nullable LeaseBody base(Map<Step, LeaseBody> steps, @Nullable LeaseRow heard) {
        if (!steps.isEmpty()) return steps.values().iterator().next();
        return heard == null ? null : body(heard);
    }

    private List<LeaseRow> rows() {
        return reference.read(session -> session.all("""
                select body
                from lease
                """, row -> json.readValue(row.text("body"), LeaseRow.class)));
    }

    private @Nullable LeaseRow heard(UUID lease) {
        return reference
                .read(session -> session.first("""
                select body
                from lease
                where id = ?
                """, row -> json.readValue(row.text("body"), LeaseRow.class), lease))
                .orElse(null);
    }

    @Override
    public List<Lease> open() {
        Map<UUID, LeaseRow> heard = new LinkedHashMap<>();
        rows().forEach(row -> heard.put(row.id(), row));
        List<UUID> all = new ArrayList<>(heard.keySet());
        // Asked and not yet told back by the hub; older than that it has lapsed and been shown long enough.
        all.addAll(sales.read(session ->
                session.all("""
                select lease_id
                from stock_lease_step
                where step = 'ASKED' and expires_at > ?
                """, row -> row.id("lease_id"), clock.instant().minus(LONGEST))));
        return leases(all.stream().distinct().toList(), heard).stream()
                .filter(SqliteStockLeases::isOpen)
                .sorted(Comparator.comparing(Lease::askedAt).reversed())
                .limit(MOST_SHOWN)
                .toList();
    }

    private static boolean isOpen(Lease lease) {
        return switch (lease.state()) {
            case ASKED, RESERVED, SHORT -> true;
            case REFUSED, LAPSED -> lease.asking();
            case SENT, WITHDRAWN -> false;
        };
    }

    @Override
    public List<Lease> ofTicket(UUID ticket) {
        List<UUID> ids = sales.read(session -> session.all("""
                select distinct lease_id
                from stock_lease_step
                where ticket_id = ? and step = 'ASKED'
                """, row -> row.id("lease_id"), ticket));
        Map<UUID, LeaseRow> heard = new HashMap<>();
        for (UUID id : ids) {
            LeaseRow row = heard(id);
            if (row != null) heard.put(id, row);
        }
        return leases(ids, heard);
    }

    @Override
    public Outcome<Lease> one(UUID lease) {
        LeaseRow row = heard(lease);
        return leases(List.of(lease), row == null ? Map.of() : Map.of(lease, row)).stream()
                .findFirst()
                .<Outcome<Lease>>map(Outcome::done)
                .orElseGet(() -> Outcome.refused("lease-unknown"));
    }

    private List<Lease> leases(List<UUID> ids, Map<UUID, LeaseRow> heard) {
        UUID me = identities.current().map(identity -> identity.store().value()).orElse(new UUID(0, 0));
        Instant now = clock.instant();
        record Known(
                LeaseBody base,
                Map<Step, LeaseBody> steps,
                @Nullable LeaseRow row) {}
        List<Known> known = sales.read(session -> {
            List<Known> found = new ArrayList<>();
            for (UUID id : ids) {
                Map<Step, LeaseBody> steps = LeaseSteps.of(session, json, id);
                LeaseBody base = base(steps, heard.get(id));
                if (base != null) found.add(new Known(base, steps, heard.get(id)));
            }
            return found;
        });
        List<PartId> parts = known.stream()
                .map(each -> new PartId(each.base().part()))
                .distinct()
                .toList();
        Map<PartId, List<StockDesk.AtBranch>> at = desk.byBranch(parts);
        Map<UUID, String> codes = new HashMap<>();
        desk.branches().forEach(branch -> codes.put(branch.id(), branch.code()));
        return known.stream()
                .map(each -> lease(each.base(), each.steps(), each.row(), me, now, at, codes))
                .toList();
    }

    private static Lease lease(
            LeaseBody base,
            Map<Step, LeaseBody> steps,
            @Nullable LeaseRow row,
            UUID me,
            Instant now,
            Map<PartId, List<StockDesk.AtBranch>> at,
            Map<UUID, String> codes) {
        boolean asking = base.asker().equals(me);
        UUID other = asking ? base.giver() : base.asker();
        LeaseBody own = steps.get(Step.RESERVED);
        Long reserved = own != null ? Long.valueOf(own.pieces()) : row == null ? null : row.reserved();
        LeaseBody sent = steps.get(Step.SENT);
        boolean isSent = sent != null || row != null && row.sent() != null;
        // Released here: wanted no more, or sold as a marketplace's order.
        boolean withdrawn =
                steps.containsKey(Step.WITHDRAWN) || steps.containsKey(Step.RELEASED) || row != null && row.withdrawn();
        boolean refused = steps.containsKey(Step.REFUSED) || row != null && row.refused();
        State state;
        if (isSent) state = State.SENT;
        else if (withdrawn) state = State.WITHDRAWN;
        else if (refused) state = State.REFUSED;
        else if (!base.expiresAt().isAfter(now)) state = State.LAPSED;
        else if (reserved == null) state = State.ASKED;
        else state = reserved < base.quantity() ? State.SHORT : State.RESERVED;
        Optional<StockDesk.AtBranch> giver = at.getOrDefault(new PartId(base.part()), List.of()).stream()
                .filter(branch -> branch.store().equals(base.giver()))
                .findFirst();
        Quantity onHand = giver.map(StockDesk.AtBranch::quantity).orElse(Quantity.ZERO);
        boolean promises = state == State.RESERVED || state == State.SHORT;
        boolean oversold = promises
                && giver.map(StockDesk.AtBranch::free).orElse(Quantity.ZERO).thousandths() < 0;
        String code = row == null ? codes.getOrDefault(other, "") : asking ? row.giverCode() : row.askerCode();
        return new Lease(
                base.id(),
                asking,
                other,
                code,
                new PartId(base.part()),
                new Quantity(base.quantity()),
                reserved == null ? null : new Quantity(reserved),
                state,
                base.ticket(),
                base.line(),
                base.forWhom(),
                base.askedAt(),
                base.askedBy(),
                base.expiresAt(),
                sent != null ? sent.number() : row == null || row.number() == null ? "" : row.number(),
                why(steps, row),
                onHand,
                giver.map(StockDesk.AtBranch::asOf).orElse(null),
                oversold);
    }

    private static String why(Map<Step, LeaseBody> steps, @Nullable LeaseRow row) {
        for (Step step : List.of(Step.WITHDRAWN, Step.REFUSED)) {
            LeaseBody body = steps.get(step);
            if (body != null) return body.why();
        }
        return row == null ? "" : row.why();
    }

    @Override
    public Map<PartId, Quantity> promised(Collection<PartId> parts) {
        Map<PartId, Quantity> promised = new HashMap<>();
        sales.read(session -> LeaseSteps.promised(session, parts, clock.instant()))
                .forEach((part, pieces) -> promised.put(part, new Quantity(pieces)));
        return promised;
    }

    @Override
    public List<Missing> missing(int limit) {
        record Below(PartId part, long moved) {}
        List<Below> below = sales.read(session ->
                session.all("""
                select part_id, moved
                from stock_balance
                where moved < 0
                order by moved
                """, row -> new Below(new PartId(row.id("part_id")), row.number("moved"))));
        Map<PartId, Opening> here = openings.of(below.stream().map(Below::part).toList());
        Map<PartId, Long> missing = new LinkedHashMap<>();
        below.stream()
                .map(each -> new Below(
                        each.part(),
                        each.moved()
                                + here.getOrDefault(each.part(), Opening.NONE).quantity()))
                .filter(each -> each.moved() < 0)
                .sorted(Comparator.comparingLong(Below::moved))
                .limit(Math.clamp(limit, 1, MOST_SHOWN))
                .forEach(each -> missing.put(each.part(), each.moved()));
        record Last(PartId part, Instant at) {}
        // By the index of part and time, from its end: a part that sells every day has years of movements.
        Map<PartId, Instant> since = sales
                .read(session -> session.all(
                        """
                        select wanted.value as part_id, (
                            select movement.at
                            from stock_movement movement
                            where movement.part_id = wanted.value and movement.quantity < 0
                            order by movement.at desc
                            limit 1) as at
                        from json_each(?) wanted
                        where exists (
                            select 1
                            from stock_movement movement
                            where movement.part_id = wanted.value and movement.quantity < 0)
                        """,
                        row -> new Last(new PartId(row.id("part_id")), row.instant("at")),
                        json.writeValueAsString(
                                missing.keySet().stream().map(PartId::toString).toList())))
                .stream()
                .collect(Collectors.toMap(Last::part, Last::at));
        Map<PartId, List<StockDesk.AtBranch>> at = desk.byBranch(missing.keySet());
        List<Missing> found = new ArrayList<>();
        missing.forEach((part, pieces) -> found.add(new Missing(
                part,
                new Quantity(pieces),
                since.getOrDefault(part, clock.instant()),
                at.getOrDefault(part, List.of()).stream()
                        .filter(branch -> !branch.own() && branch.free().thousandths() > 0)
                        .toList())));
        return found;
    }
}
