package mx.refahub.store.proposal;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.proposal.CounterParts;
import mx.refahub.domain.proposal.PartDraft;
import mx.refahub.domain.proposal.Proposal;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.domain.wire.PartProposedBody;
import mx.refahub.domain.wire.ProposalRow;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.outbox.OutboxWriter;
import mx.refahub.store.reference.AppliedStreams;
import mx.refahub.store.reference.StreamTables;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import mx.refahub.store.stock.StockLedger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Parts made here, in sales.db. The few that are for sale, and those that another part has taken the place of, are kept in memory as well: they are asked for
 * at every search. The hub's answers are kept beside them; a part yields for good once what takes its place has arrived with the catalogue.
 */
public final class SqliteCounterParts implements CounterParts {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteCounterParts.class);
    private static final int MOST_LISTED = 200;

    private final SqliteFile sales;
    private final SqliteFile reference;
    private final PartCatalogue catalogue;
    private final Identities identities;
    private final OutboxWriter outbox;
    private final AppliedStreams streams;
    private final Clock clock;
    private final IdSource ids;
    private volatile Standing standing;

    /**
     * What stands now.
     *
     * @param forSale by id
     * @param replaced the part of the catalogue in the place of each that has yielded
     * @param codes barcodes, also of those that have yielded
     */
    record Standing(Map<PartId, Made> forSale, Map<PartId, PartId> replaced, Map<String, PartId> codes) {
        /** The part that is sold under this id now. */
        PartId present(PartId id) {
            return replaced.getOrDefault(id, id);
        }
    }

    /** @param catalogue of the hub's parts alone */
    public SqliteCounterParts(
            SqliteFile sales,
            SqliteFile reference,
            PartCatalogue catalogue,
            Identities identities,
            OutboxWriter outbox,
            AppliedStreams streams,
            Clock clock,
            IdSource ids) {
        this.sales = sales;
        this.reference = reference;
        this.catalogue = catalogue;
        this.identities = identities;
        this.outbox = outbox;
        this.streams = streams;
        this.clock = clock;
        this.ids = ids;
        this.standing = read();
        streams.onApplied(stream -> {
            if (stream == Stream.CATALOGUE || stream == Stream.PROPOSALS) settle();
        });
        settle();
    }

    Standing standing() {
        return standing;
    }

    private record Kept(Outcome<Made> outcome, boolean fresh) {
        static Kept not(String code, String... arguments) {
            return new Kept(Outcome.refused(code, arguments), false);
        }
    }

    @Override
    public Outcome<Made> make(UUID act, PartDraft draft, Person who) {
        Identity identity = identities.current().orElse(null);
        if (identity == null) return Outcome.refused("store-not-ready");
        Optional<String> taken = inCatalogue(draft);
        Optional<String> codeTaken = barcodeTaken(draft);
        Kept kept = sales.write(session -> {
            Optional<Made> there = session.first(SELECT + "where id = ?", SqliteCounterParts::made, act);
            if (there.isPresent()) return new Kept(Outcome.done(there.get()), false);
            if (taken.isPresent()) return Kept.not("proposal-exists", taken.get());
            if (codeTaken.isPresent()) return Kept.not("proposal-barcode-taken", codeTaken.get());
            Optional<Kept> twin = twin(session, draft);
            if (twin.isPresent()) return twin.get();
            OutboxWriter.Slot slot = outbox.next(session);
            PartProposedBody body = body(identity, act, draft, slot.at(), who);
            outbox.append(
                    session,
                    slot,
                    identity,
                    act.toString(),
                    DocumentType.PART_PROPOSED,
                    DocumentType.PART_PROPOSED_SCHEMA,
                    body);
            insert(session, body, slot.sequence());
            return new Kept(Outcome.done(new Made(new PartId(act), draft, slot.at(), who.name(), null)), true);
        });
        if (kept.fresh()) {
            refresh();
            outbox.ring();
            LOG.info("part made at the counter part={} user={}", act, who.id());
        }
        return kept.outcome();
    }

    /** One that this counter made before and still sells. */
    private static Optional<Kept> twin(Session session, PartDraft draft) throws SQLException {
        return session.first(
                """
                select line_code || ' ' || part_number as code, line_code = ? and normal_number = ? as same
                from local_part
                where yielded_at is null and (outcome is null or outcome <> 'REFUSED')
                and (line_code = ? and normal_number = ? or barcode = ?)
                order by same desc
                """,
                row -> Kept.not(row.flag("same") ? "proposal-exists" : "proposal-barcode-taken", row.text("code")),
                draft.lineCode().value(),
                draft.number().normal(),
                draft.lineCode().value(),
                draft.number().normal(),
                draft.barcode());
    }

    private Optional<String> inCatalogue(PartDraft draft) {
        return reference.read(session -> session.first(
                """
                select line_code || ' ' || part_number as code
                from part
                where line_code = ? and part_number = ?
                """,
                row -> row.text("code"),
                draft.lineCode().value(),
                draft.number().value()));
    }

    private Optional<String> barcodeTaken(PartDraft draft) {
        String barcode = draft.barcode();
        if (barcode == null) return Optional.empty();
        PartId own = standing.codes().get(barcode);
        return catalogue
                .byBarcode(barcode)
                .map(PartCatalogue.Scanned::part)
                .or(() -> Optional.ofNullable(own).map(standing::present))
                .flatMap(catalogue::card)
                .map(PartCard::part)
                .map(part -> part.lineCode() + " " + part.number());
    }

    private static PartProposedBody body(Identity identity, UUID id, PartDraft draft, Instant at, Person who) {
        return new PartProposedBody(
                id,
                identity.store().value(),
                draft.lineCode().value(),
                draft.number().value(),
                draft.brand(),
                draft.name(),
                draft.category(),
                draft.unit(),
                draft.barcode(),
                draft.price().amount().minor(),
                draft.price().includesTax(),
                draft.taxClass().name(),
                draft.satCode(),
                draft.satUnit(),
                at,
                who.id().value(),
                who.name());
    }

    /** The row of a document; one that is there already stays, and so does what the hub answered. */
    public static void insert(Session session, PartProposedBody body, long documentSequence) throws SQLException {
        session.update(
                """
                insert into local_part (id, line_code, part_number, normal_number, brand, name, category, unit, barcode, price, includes_tax, tax_class,
                                        sat_code, sat_unit, created_at, created_by, created_by_name, document_sequence)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """,
                body.id(),
                body.lineCode(),
                body.partNumber(),
                PartNumber.normal(body.partNumber()),
                body.brand(),
                body.name(),
                body.category(),
                body.unit(),
                body.barcode(),
                body.price(),
                body.priceIncludesTax(),
                body.taxClass(),
                body.satCode(),
                body.satUnit(),
                body.createdAt(),
                body.createdBy(),
                body.createdByName(),
                documentSequence);
    }

    @Override
    public List<Made> latest(int limit) {
        return sales.read(session -> session.all(
                SELECT + "order by created_at desc limit ?",
                SqliteCounterParts::made,
                Math.clamp(limit, 1, MOST_LISTED)));
    }

    /** Keeps the hub's answers, all of a download in one transaction on sales.db. A file that was restored without some of them gets all anew. */
    public void keepAnswers(StreamTables tables, JsonMapper json) {
        tables.keptBy(
                Stream.PROPOSALS,
                (version, rows) -> sales.change(session -> {
                    rows.forEach(row -> take(session, json.readValue(row, ProposalRow.class)));
                    session.updateOne("""
                            insert into proposal_answers (only_row, version)
                            values (1, ?)
                            on conflict (only_row) do update set version = excluded.version
                            """, version);
                }));
        long here = sales.read(session -> session.first("""
                select version
                from proposal_answers
                """, row -> row.number("version")))
                .orElse(0L);
        if (here != streams.version(Stream.PROPOSALS)) tables.forget(Stream.PROPOSALS);
    }

    /** The same again changes nothing; an answer for a part that is not here is passed over. */
    private static void take(Session session, ProposalRow row) throws SQLException {
        session.update("""
                update local_part
                set outcome = ?, merged_into = ?, reason = ?, decided_at = ?
                where id = ? and outcome is null
                """, row.verdict(), row.part(), row.reason(), row.decidedAt(), row.id());
    }

    /** Lets those yield whose place is taken by a part that has arrived, with what lies on the shelf under their old ids. */
    private synchronized void settle() {
        List<PartId> waiting = sales.read(session -> session.all("""
                select merged_into
                from local_part
                where merged_into is not null and yielded_at is null
                """, row -> new PartId(row.id("merged_into"))));
        for (PartId part : catalogue.cards(waiting).keySet()) {
            int yielded = sales.write(session -> session.update("""
                    update local_part
                    set yielded_at = ?
                    where merged_into = ? and yielded_at is null
                    """, clock.instant(), part.value()));
            LOG.info("parts of the counter yielded part={} count={}", part, yielded);
        }
        bringOver();
        refresh();
    }

    private record Left(PartId own, PartId present) {}

    private static final String LEFT = """
            select part.id, part.merged_into
            from local_part part
            where part.yielded_at is not null
            and (exists (select 1 from stock_balance balance where balance.part_id = part.id and (balance.moved <> 0 or balance.value <> 0))
                 or exists (select 1 from stock_bin bin where bin.part_id = part.id and bin.moved <> 0))
            order by part.created_at
            """;

    /** Also what a ticket that was begun before has moved since, and what a restored file has under the old ids again. */
    private void bringOver() {
        if (sales.read(session -> session.all(LEFT, SqliteCounterParts::left)).isEmpty()) return;
        sales.change(session -> {
            for (Left left : session.all(LEFT, SqliteCounterParts::left)) {
                StockLedger.merge(session, left.own(), left.present(), ids, clock.instant());
                LOG.info("stock brought over from={} to={}", left.own(), left.present());
            }
        });
    }

    private static Left left(Row row) throws SQLException {
        return new Left(new PartId(row.id("id")), new PartId(row.id("merged_into")));
    }

    private synchronized void refresh() {
        standing = read();
    }

    private Standing read() {
        Map<PartId, Made> forSale = new HashMap<>();
        Map<PartId, PartId> replaced = new HashMap<>();
        Map<String, PartId> codes = new HashMap<>();
        sales.read(session -> session.all("""
                select id, merged_into, barcode
                from local_part
                where yielded_at is not null
                order by created_at
                """, row -> {
            PartId id = new PartId(row.id("id"));
            replaced.put(id, new PartId(row.id("merged_into")));
            String barcode = row.textOrNull("barcode");
            if (barcode != null) codes.put(barcode, id);
            return id;
        }));
        for (Made made : sales.read(session -> session.all(
                SELECT + "where yielded_at is null and (outcome is null or outcome <> 'REFUSED') order by created_at",
                SqliteCounterParts::made))) {
            forSale.put(made.id(), made);
            if (made.draft().barcode() != null) codes.put(made.draft().barcode(), made.id());
        }
        return new Standing(Map.copyOf(forSale), Map.copyOf(replaced), Map.copyOf(codes));
    }

    /** How much of each has moved here; those that have not are left out. */
    Map<PartId, Long> moved(List<PartId> parts) {
        Map<PartId, Long> moved = new HashMap<>();
        if (parts.isEmpty()) return moved;
        String wanted = parts.stream().map(part -> "\"" + part + "\"").collect(Collectors.joining(",", "[", "]"));
        sales.read(session ->
                session.all("""
                select part_id, moved
                from stock_balance
                where part_id in (select value from json_each(?))
                """, row -> moved.put(new PartId(row.id("part_id")), row.number("moved")), wanted));
        return moved;
    }

    private static final String SELECT = """
            select id, line_code, part_number, brand, name, category, unit, barcode, price, includes_tax, tax_class, sat_code, sat_unit, created_at,
                   created_by_name, outcome, merged_into, reason, decided_at
            from local_part
            """;

    private static Made made(Row row) throws SQLException {
        return new Made(
                new PartId(row.id("id")),
                new PartDraft(
                        new LineCode(row.text("line_code")),
                        new PartNumber(row.text("part_number")),
                        row.text("brand"),
                        row.text("name"),
                        row.text("category"),
                        row.text("unit"),
                        row.textOrNull("barcode"),
                        new Price(Money.mxn(row.number("price")), row.flag("includes_tax")),
                        TaxClass.valueOf(row.text("tax_class")),
                        row.text("sat_code"),
                        row.text("sat_unit")),
                row.instant("created_at"),
                row.text("created_by_name"),
                decision(row));
    }

    private static @Nullable Decision decision(Row row) throws SQLException {
        String outcome = row.textOrNull("outcome");
        if (outcome == null) return null;
        return new Decision(
                Proposal.Verdict.valueOf(outcome),
                row.isNull("merged_into") ? null : new PartId(row.id("merged_into")),
                row.text("reason"),
                row.instant("decided_at"));
    }
}
