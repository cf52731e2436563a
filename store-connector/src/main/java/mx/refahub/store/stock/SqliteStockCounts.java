package mx.refahub.store.stock;

import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.stock.Holding;
import mx.refahub.domain.stock.Opening;
import mx.refahub.domain.stock.StockCounts;
import mx.refahub.domain.stock.StockDesk;
import mx.refahub.domain.stock.StockLine;
import mx.refahub.domain.stock.StockMovement.Kind;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.wire.StockBody;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.outbox.OutboxWriter;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Counts over sales.db. What is found goes to the ledger in one transaction at the close; until then nothing moves. */
public final class SqliteStockCounts implements StockCounts {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteStockCounts.class);
    private static final Set<String> CLASSES = Set.of("A", "B", "C");

    private final SqliteFile sales;
    private final SqliteFile reference;
    private final Identities identities;
    private final Openings openings;
    private final PartCatalogue catalogue;
    private final OutboxWriter outbox;
    private final StockRows rows;
    private final JsonMapper json;
    private final IdSource ids;
    private final Clock clock;

    public SqliteStockCounts(
            SqliteFile sales,
            SqliteFile reference,
            Identities identities,
            Openings openings,
            PartCatalogue catalogue,
            OutboxWriter outbox,
            JsonMapper json,
            IdSource ids,
            Clock clock) {
        this.sales = sales;
        this.reference = reference;
        this.json = json;
        this.identities = identities;
        this.openings = openings;
        this.catalogue = catalogue;
        this.outbox = outbox;
        this.rows = new StockRows(json);
        this.ids = ids;
        this.clock = clock;
    }

    private static final String SELECT = """
            select id, bin, class, started_at, by_name, closed_at is not null or abandoned_at is not null as finished, closed_at,
                   (select count(*) from stock_count_line where count_id = stock_count.id) as parts
            from stock_count
            """;

    private static Count count(Row row) throws SQLException {
        return new Count(
                row.id("id"),
                row.textOrNull("bin"),
                row.instant("started_at"),
                row.text("by_name"),
                row.small("parts"),
                row.flag("finished"),
                row.textOrNull("class"));
    }

    private static Optional<Count> find(Session session, UUID id) throws SQLException {
        return session.first(SELECT + "where id = ?", SqliteStockCounts::count, id);
    }

    @Override
    public Outcome<Count> start(UUID id, @Nullable String bin, Person who) {
        if (identities.current().isEmpty()) return Outcome.refused("store-not-ready");
        String scope = bin == null || bin.isBlank() ? null : bin.strip().toUpperCase(java.util.Locale.ROOT);
        if (scope != null && scope.length() > StockLine.LONGEST_BIN)
            return Outcome.refused("stock-bin-invalid", Integer.toString(StockLine.LONGEST_BIN));
        return start(id, scope, null, who);
    }

    @Override
    public Outcome<Count> startClass(UUID id, String abc, Person who) {
        if (identities.current().isEmpty()) return Outcome.refused("store-not-ready");
        return CLASSES.contains(abc) ? start(id, null, abc, who) : Outcome.refused("count-class-wrong", abc);
    }

    private Outcome<Count> start(UUID id, @Nullable String scope, @Nullable String abc, Person who) {
        return sales.write(session -> {
            if (find(session, id).isEmpty()) session.updateOne("""
                        insert into stock_count (id, bin, class, started_at, by_name)
                        values (?, ?, ?, ?, ?)
                        """, id, scope, abc, clock.instant(), who.name());
            return Outcome.done(find(session, id).orElseThrow());
        });
    }

    /** Parts of the class at this branch, as the hub told last. */
    private Set<PartId> ofClass(String abc) {
        String own = identities
                .current()
                .map(identity -> identity.store().toString())
                .orElse("");
        return reference.read(
                session -> new HashSet<>(session.all("""
                select part_id
                from branch_stock
                where store_id = ? and class = ?
                """, row -> new PartId(row.id("part_id")), own, abc)));
    }

    private boolean isOfClass(PartId part, String abc) {
        String own = identities
                .current()
                .map(identity -> identity.store().toString())
                .orElse("");
        return reference.read(session -> session.exists("""
                select 1
                from branch_stock
                where part_id = ? and store_id = ? and class = ?
                """, part.value(), own, abc));
    }

    @Override
    public List<Count> open() {
        return sales.read(session -> session.all(
                SELECT + "where closed_at is null and abandoned_at is null order by started_at desc",
                SqliteStockCounts::count));
    }

    @Override
    public Outcome<Counted> enter(UUID act, UUID id, StockLine line, boolean replaces, Person who) {
        PartId part = line.part().id();
        Opening opening = openings.of(List.of(part)).getOrDefault(part, Opening.NONE);
        String abc = sales.read(session -> find(session, id).map(Count::abc)).orElse(null);
        if (abc != null && !isOfClass(part, abc))
            return Outcome.refused("count-other-class", line.part().number().value(), abc);
        return sales.write(session -> {
            Count count = find(session, id).orElse(null);
            if (count == null) return Outcome.refused("count-unknown");
            Optional<String> before = session.first("""
                    select bin
                    from stock_count_entry
                    where id = ?
                    """, row -> row.text("bin"), act);
            if (before.isPresent()) return Outcome.done(counted(session, id, part, before.get()));
            if (count.finished()) return Outcome.refused("count-finished");
            // Counting the whole branch, a part is one line wherever it lies; the difference is booked where most of it
            // should be.
            String scope = count.bin();
            String bin = scope != null ? scope : lineOf(session, id, part, line.bin(), opening);
            session.updateOne(
                    """
                    insert into stock_count_entry (id, count_id, part_id, bin, quantity, replaces, by_name, at)
                    values (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    act,
                    id,
                    part.value(),
                    bin,
                    line.quantity().thousandths(),
                    replaces,
                    who.name(),
                    clock.instant());
            // The fence stays where the part was first counted: what is sold between two scans has been counted.
            session.updateOne(
                    replaces ? RECOUNT : COUNT_MORE,
                    id,
                    part.value(),
                    bin,
                    line.quantity().thousandths(),
                    scope == null
                            ? StockLedger.holding(session, part, opening).quantity()
                            : StockLedger.inBin(session, part, bin, opening),
                    outbox.next(session).sequence() - 1,
                    clock.instant());
            return Outcome.done(counted(session, id, part, bin));
        });
    }

    private static String lineOf(Session session, UUID count, PartId part, String typed, Opening opening)
            throws SQLException {
        Optional<String> there = session.first("""
                select bin
                from stock_count_line
                where count_id = ? and part_id = ?
                """, row -> row.text("bin"), count, part.value());
        if (there.isPresent()) return there.get();
        return typed.isEmpty() ? StockLedger.mainBin(session, part, opening) : typed;
    }

    private static final String COUNT_MORE = """
            insert into stock_count_line (count_id, part_id, bin, counted, expected, fence, at)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict (count_id, part_id, bin) do update set counted = counted + excluded.counted, at = excluded.at
            """;

    private static final String RECOUNT = """
            insert into stock_count_line (count_id, part_id, bin, counted, expected, fence, at)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict (count_id, part_id, bin) do update
            set counted = excluded.counted, expected = excluded.expected, fence = excluded.fence, at = excluded.at
            """;

    private static Counted counted(Session session, UUID count, PartId part, String bin) throws SQLException {
        return session.first(
                        """
                select counted
                from stock_count_line
                where count_id = ? and part_id = ? and bin = ?
                """,
                        row -> new Counted(part, bin, new Quantity(row.number("counted"))),
                        count,
                        part.value(),
                        bin)
                .orElse(new Counted(part, bin, Quantity.ZERO));
    }

    @Override
    public Outcome<List<Counted>> entered(UUID id) {
        return sales.read(session -> {
            if (find(session, id).isEmpty()) return Outcome.refused("count-unknown");
            return Outcome.done(session.all(
                    """
                    select part_id, bin, counted
                    from stock_count_line
                    where count_id = ?
                    order by at desc
                    limit ?
                    """,
                    row -> new Counted(
                            new PartId(row.id("part_id")), row.text("bin"), new Quantity(row.number("counted"))),
                    id,
                    MOST_SHOWN));
        });
    }

    private record Line(PartId part, String bin, long counted, long expected, long fence) {
        long difference() {
            return counted - expected;
        }
    }

    private record Place(PartId part, String bin) {}

    private static List<Line> lines(Session session, UUID count) throws SQLException {
        return session.all(
                """
                select part_id, bin, counted, expected, fence
                from stock_count_line
                where count_id = ?
                order by bin, part_id
                """,
                row -> new Line(
                        new PartId(row.id("part_id")),
                        row.text("bin"),
                        row.number("counted"),
                        row.number("expected"),
                        row.number("fence")),
                count);
    }

    /** In the books and in what is counted here, but counted by nobody. */
    private static List<Line> uncounted(
            Session session,
            Count count,
            Map<PartId, Opening> all,
            List<Line> counted,
            long fence,
            @Nullable Set<PartId> only)
            throws SQLException {
        Set<Place> seen = new HashSet<>();
        counted.forEach(line -> seen.add(new Place(line.part(), line.bin())));
        List<Line> rest = new ArrayList<>();
        String scope = count.bin();
        Map<PartId, Long> binless = new HashMap<>();
        session.all("""
                select part_id, moved
                from stock_bin
                where bin = ''
                """, row -> binless.put(new PartId(row.id("part_id")), row.number("moved")));
        Set<PartId> everywhere = new HashSet<>();
        if (scope == null) counted.forEach(line -> everywhere.add(line.part()));
        session.all(
                """
                select part_id, bin, moved
                from stock_bin
                where ? is null or bin = ?
                """,
                row -> {
                    PartId part = new PartId(row.id("part_id"));
                    String bin = row.text("bin");
                    Opening opening = all.getOrDefault(part, Opening.NONE);
                    boolean main = bin.equals(opening.bin());
                    // Movements from before there were bins belong to the opening's.
                    if (everywhere.contains(part)
                            || bin.isEmpty() && !main && !opening.bin().isEmpty()) return part;
                    long stands = row.number("moved")
                            + (main ? opening.quantity() + (bin.isEmpty() ? 0 : binless.getOrDefault(part, 0L)) : 0);
                    if (seen.add(new Place(part, bin)) && stands != 0) rest.add(new Line(part, bin, 0, stands, fence));
                    return part;
                },
                scope,
                scope);
        all.forEach((part, opening) -> {
            if (everywhere.contains(part) || scope != null && !scope.equals(opening.bin())) return;
            if (seen.add(new Place(part, opening.bin())))
                rest.add(new Line(
                        part,
                        opening.bin(),
                        0,
                        opening.quantity() + (opening.bin().isEmpty() ? 0 : binless.getOrDefault(part, 0L)),
                        fence));
        });
        if (only != null) rest.removeIf(line -> !only.contains(line.part()));
        rest.sort(Comparator.comparing(Line::bin)
                .thenComparing(line -> line.part().toString()));
        return rest;
    }

    @Override
    public Outcome<Review> review(UUID id) {
        Map<PartId, Opening> all = openings.all();
        Set<PartId> only = sales.read(session -> find(session, id))
                .map(Count::abc)
                .map(this::ofClass)
                .orElse(null);
        return sales.read(session -> {
            Count count = find(session, id).orElse(null);
            if (count == null) return Outcome.refused("count-unknown");
            List<Line> counted = lines(session, id);
            List<Line> rest = uncounted(session, count, all, counted, 0, only);
            List<Difference> differences = new ArrayList<>();
            long value = 0;
            int differing = 0;
            for (Line line : counted) {
                if (line.difference() == 0) continue;
                differing++;
                Difference difference = difference(session, line, new Quantity(line.counted()), all);
                value += difference.value();
                if (differences.size() < MOST_SHOWN) differences.add(difference);
            }
            for (Line line : rest) {
                if (differences.size() >= MOST_SHOWN) break;
                differences.add(difference(session, line, null, all));
            }
            return Outcome.done(new Review(count, counted.size(), differing, rest.size(), value, differences));
        });
    }

    private static Difference difference(
            Session session, Line line, @Nullable Quantity counted, Map<PartId, Opening> all) throws SQLException {
        Holding holding = StockLedger.holding(session, line.part(), all.getOrDefault(line.part(), Opening.NONE));
        long worth = line.difference() == 0 ? 0 : holding.worth(Math.abs(line.difference()));
        return new Difference(
                line.part(),
                line.bin(),
                new Quantity(line.expected()),
                counted,
                line.difference() < 0 ? -worth : worth);
    }

    @Override
    public Outcome<Closed> close(UUID id, boolean uncountedIsNothing, String note, Person who) {
        Identity identity = identities.current().orElse(null);
        if (identity == null) return Outcome.refused("store-not-ready");
        if (ClosedBranch.is(reference, json, identity)) return Outcome.refused("branch-closed");
        Set<PartId> only = sales.read(session -> find(session, id))
                .map(Count::abc)
                .map(this::ofClass)
                .orElse(null);
        Map<PartId, Opening> all = openings.all();
        record Ending(Outcome<Closed> outcome, boolean fresh) {}
        Ending ending = sales.write(session -> {
            Count count = find(session, id).orElse(null);
            if (count == null) return new Ending(Outcome.refused("count-unknown"), false);
            Optional<Closed> before = session.first(
                    """
                    select counted, differing, value
                    from stock_count
                    where id = ? and closed_at is not null
                    """, row -> new Closed(id, row.small("counted"), row.small("differing"), row.number("value")), id);
            if (before.isPresent()) return new Ending(Outcome.done(before.get()), false);
            if (count.finished()) return new Ending(Outcome.refused("count-finished"), false);
            List<Line> lines = lines(session, id);
            long fence = outbox.next(session).sequence() - 1;
            List<Line> moving = new ArrayList<>(lines);
            if (uncountedIsNothing) moving.addAll(uncounted(session, count, all, lines, fence, only));
            if (moving.isEmpty()) return new Ending(Outcome.refused("stock-no-lines"), false);
            long value = 0;
            int differing = 0;
            UUID document = id;
            for (int from = 0; from < moving.size(); from += StockDesk.MOST_LINES) {
                List<Line> some = moving.subList(from, Math.min(moving.size(), from + StockDesk.MOST_LINES));
                Map<PartId, PartCard> cards =
                        catalogue.cards(some.stream().map(Line::part).toList());
                OutboxWriter.Slot slot = outbox.next(session);
                List<StockBody.LineBody> written = new ArrayList<>();
                for (Line line : some) {
                    StockBody.LineBody body = move(session, line, document, slot, cards.get(line.part()), all);
                    written.add(body);
                    value += body.value();
                    if (line.difference() != 0) differing++;
                }
                StockBody body = new StockBody(
                        document,
                        identity.store().value(),
                        Kind.COUNT.name(),
                        id.toString(),
                        slot.at(),
                        who.id().value(),
                        who.name(),
                        null,
                        "",
                        count.bin() == null ? "" : count.bin(),
                        "",
                        note,
                        Money.MXN.getCurrencyCode(),
                        "1",
                        false,
                        written);
                rows.insert(session, body, "", slot.sequence());
                outbox.append(
                        session,
                        slot,
                        identity,
                        id.toString(),
                        DocumentType.STOCK_COUNT,
                        DocumentType.STOCK_SCHEMA,
                        body);
                document = ids.next();
            }
            session.updateOne("""
                    update stock_count
                    set closed_at = ?, counted = ?, differing = ?, value = ?
                    where id = ? and closed_at is null
                    """, clock.instant(), lines.size(), differing, value, id);
            return new Ending(Outcome.done(new Closed(id, lines.size(), differing, value)), true);
        });
        if (ending.fresh()) {
            LOG.info("stock count closed count={} user={}", id, who.id());
            outbox.ring();
        }
        return ending.outcome();
    }

    private StockBody.LineBody move(
            Session session,
            Line line,
            UUID document,
            OutboxWriter.Slot slot,
            @Nullable PartCard card,
            Map<PartId, Opening> all)
            throws SQLException {
        UUID movement = ids.next();
        StockLedger.Moved moved = line.difference() == 0
                ? new StockLedger.Moved(line.bin(), 0, 0)
                : StockLedger.move(
                        session,
                        new StockLedger.Moving(
                                movement,
                                line.part(),
                                Kind.COUNT,
                                line.difference(),
                                null,
                                false,
                                line.bin(),
                                document,
                                slot.at()),
                        all.getOrDefault(line.part(), Opening.NONE));
        Part part = card == null ? null : card.part();
        return new StockBody.LineBody(
                movement,
                line.part().value(),
                part == null ? "" : part.lineCode().value(),
                part == null ? "" : part.number().value(),
                part == null ? "" : part.nameEs(),
                part == null ? "" : part.unit(),
                line.bin(),
                line.difference(),
                "",
                moved.value(),
                moved.variance(),
                0,
                0,
                line.expected(),
                line.counted(),
                line.fence());
    }

    @Override
    public Outcome<Count> abandon(UUID id, Person who) {
        return sales.write(session -> {
            Count count = find(session, id).orElse(null);
            if (count == null) return Outcome.refused("count-unknown");
            boolean closed = session.exists("select 1 from stock_count where id = ? and closed_at is not null", id);
            if (closed) return Outcome.refused("count-finished");
            session.update("""
                    update stock_count
                    set abandoned_at = coalesce(abandoned_at, ?)
                    where id = ?
                    """, clock.instant(), id);
            LOG.info("stock count abandoned count={} user={}", id, who.id());
            return Outcome.done(find(session, id).orElseThrow());
        });
    }
}
