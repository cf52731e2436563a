package mx.refahub.store.note;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.note.HandOvers;
import mx.refahub.domain.note.Note;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.part.Units;
import mx.refahub.domain.sale.Buyer;
import mx.refahub.domain.sale.NoteRef;
import mx.refahub.domain.sale.Returns;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.wire.GoodsHandedOverBody;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.outbox.OutboxWriter;
import mx.refahub.store.sale.SaleRows;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hand-overs in sales.db. Each is one transaction with its document. */
public final class SqliteHandOvers implements HandOvers {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteHandOvers.class);
    private static final int MOST_LISTED = 200;

    private final SqliteFile sales;
    private final Identities identities;
    private final SaleRows saleRows;
    private final Returns returns;
    private final OutboxWriter outbox;

    public SqliteHandOvers(
            SqliteFile sales, Identities identities, SaleRows saleRows, Returns returns, OutboxWriter outbox) {
        this.sales = sales;
        this.identities = identities;
        this.saleRows = saleRows;
        this.returns = returns;
        this.outbox = outbox;
    }

    @Override
    public List<Due> owed() {
        return sales.read(session -> {
            List<UUID> open = session.all("""
                    select note.ticket_id
                    from note
                    join sale on sale.id = note.ticket_id
                    where note.hand_over = 1
                    and exists (
                        select 1
                        from sale_line line
                        where line.sale_id = sale.id and line.kind in ('PART', 'MISC')
                        and line.quantity
                            + coalesce((select sum(back.quantity) from sale_line back where back.return_line = line.id), 0)
                            > coalesce((
                                select sum(given.quantity)
                                from hand_over_line given
                                join hand_over on hand_over.id = given.hand_over_id
                                where given.line_id = line.id), 0))
                    order by note.number
                    limit ?
                    """, row -> row.id("ticket_id"), MOST_LISTED);
            List<Due> owed = new ArrayList<>(open.size());
            for (UUID sale : open) due(session, sale).ifPresent(owed::add);
            return owed;
        });
    }

    @Override
    public Outcome<Due> find(String text) {
        Note.Code code = Note.Code.of(text).orElse(null);
        if (code == null)
            return returns.find(text)
                    .flatMap(sale -> sales.read(session -> due(session, sale.id())))
                    .<Outcome<Due>>map(Outcome::done)
                    .orElseGet(() -> Outcome.refused("hand-over-unknown", text.strip()));
        return sales.read(session -> {
            UUID ticket = session.first("""
                    select ticket_id
                    from note
                    where number = ?
                    """, row -> row.id("ticket_id"), code.number())
                    .filter(code::fits)
                    .orElse(null);
            if (ticket == null) return Outcome.refused("hand-over-unknown", text.strip());
            Due due = due(session, ticket).orElse(null);
            if (due != null) return Outcome.done(due);
            boolean paid = session.exists("select 1 from sale where id = ?", ticket);
            return paid
                    ? Outcome.refused("hand-over-unknown", text.strip())
                    : Outcome.refused("note-not-paid", Long.toString(code.number()));
        });
    }

    @Override
    public Outcome<Due> confirm(UUID act, UUID sale, List<Given> lines, Person who) {
        Identity identity = identities.current().orElse(null);
        if (identity == null) return Outcome.refused("store-not-ready");
        List<Given> asked;
        try {
            asked = Given.checked(lines);
        } catch (IllegalArgumentException e) {
            return Outcome.refused("hand-over-empty");
        }
        record Confirmed(Outcome<Due> outcome, boolean fresh) {}
        Confirmed confirmed = sales.write(session -> {
            Due due = due(session, sale).orElse(null);
            if (due == null) return new Confirmed(Outcome.refused("hand-over-unknown", ""), false);
            Optional<Set<Given>> before = given(session, act, sale);
            if (before.isPresent())
                return new Confirmed(
                        before.get().equals(new HashSet<>(asked))
                                ? Outcome.done(due)
                                : Outcome.refused("hand-over-differs"),
                        false);
            Map<UUID, Line> present = new HashMap<>();
            for (Line line : due.lines()) present.put(line.line(), line);
            for (Given given : asked) {
                Line line = present.get(given.line());
                if (line == null) return new Confirmed(Outcome.refused("line-unknown"), false);
                Optional<Refusal> fraction =
                        line.left().isWhole() ? Units.refusal(given.quantity(), line.unit()) : Optional.empty();
                if (fraction.isPresent()) return new Confirmed(new Outcome.Refused<>(fraction.get()), false);
                if (given.quantity().compareTo(line.left()) > 0)
                    return new Confirmed(
                            Outcome.refused(
                                    "hand-over-exceeds",
                                    line.code(),
                                    line.left().text()),
                            false);
            }
            OutboxWriter.Slot slot = outbox.next(session);
            GoodsHandedOverBody body = new GoodsHandedOverBody(
                    act,
                    identity.store().value(),
                    sale,
                    due.folio(),
                    asked.stream()
                            .map(given -> new GoodsHandedOverBody.GivenBody(
                                    given.line(), given.quantity().thousandths()))
                            .toList(),
                    slot.at(),
                    who.id().value(),
                    who.name());
            // Under the sale's key, so that it is never applied before it.
            outbox.append(
                    session,
                    slot,
                    identity,
                    sale.toString(),
                    DocumentType.GOODS_HANDED_OVER,
                    DocumentType.GOODS_HANDED_OVER_SCHEMA,
                    body);
            insert(session, body, slot.sequence());
            return new Confirmed(Outcome.done(due(session, sale).orElseThrow()), true);
        });
        if (confirmed.fresh()) {
            outbox.ring();
            LOG.info("goods handed over sale={} lines={} user={}", sale, asked.size(), who.id());
        }
        return confirmed.outcome();
    }

    /** What an act handed over; of another sale it is nothing that could be equal. */
    private static Optional<Set<Given>> given(Session session, UUID act, UUID sale) throws SQLException {
        UUID there = session.first("select sale_id from hand_over where id = ?", row -> row.id("sale_id"), act)
                .orElse(null);
        if (there == null) return Optional.empty();
        if (!there.equals(sale)) return Optional.of(Set.of());
        return Optional.of(new HashSet<>(session.all(
                "select line_id, quantity from hand_over_line where hand_over_id = ?",
                row -> new Given(row.id("line_id"), new Quantity(row.number("quantity"))),
                act)));
    }

    private Optional<Due> due(Session session, UUID id) throws SQLException {
        Sale sale = saleRows.stored(session, id).map(SaleRows.Stored::sale).orElse(null);
        NoteRef note = sale == null ? null : sale.note();
        if (sale == null || note == null || !note.handOver()) return Optional.empty();
        Map<UUID, Long> given = sums(session, """
                select given.line_id as line, sum(given.quantity) as quantity
                from hand_over
                join hand_over_line given on given.hand_over_id = hand_over.id
                where hand_over.sale_id = ?
                group by given.line_id
                """, id);
        Map<UUID, Long> back = sums(session, """
                select back.return_line as line, -sum(back.quantity) as quantity
                from sale_line sold
                join sale_line back on back.return_line = sold.id
                where sold.sale_id = ?
                group by back.return_line
                """, id);
        List<Line> lines = new ArrayList<>();
        for (SaleLine line : sale.lines()) {
            if (!line.kind().sells()) continue;
            long sold = line.quantity().thousandths();
            long out = given.getOrDefault(line.id(), 0L);
            lines.add(new Line(
                    line.id(),
                    (line.lineCode() + " " + line.number()).strip(),
                    line.description(),
                    line.unit(),
                    line.quantity(),
                    new Quantity(out),
                    new Quantity(Math.max(0, sold - out - back.getOrDefault(line.id(), 0L)))));
        }
        return Optional.of(new Due(id, sale.folio().text(), note.number(), sale.soldAt(), buyer(sale), lines));
    }

    private static Map<UUID, Long> sums(Session session, String sql, UUID sale) throws SQLException {
        Map<UUID, Long> sums = new HashMap<>();
        session.all(sql, row -> sums.put(row.id("line"), row.number("quantity")), sale);
        return sums;
    }

    private static String buyer(Sale sale) {
        Buyer buyer = sale.buyer();
        return buyer == null ? "" : buyer.name();
    }

    /** The rows of a document; what is there already stays. */
    public static void insert(Session session, GoodsHandedOverBody body, long documentSequence) throws SQLException {
        int fresh = session.update("""
                insert into hand_over (id, sale_id, at, by_id, by_name, document_sequence)
                values (?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """, body.id(), body.sale(), body.at(), body.by(), body.byName(), documentSequence);
        if (fresh == 0) return;
        for (GoodsHandedOverBody.GivenBody given : body.lines())
            session.update("""
                    insert into hand_over_line (hand_over_id, line_id, quantity)
                    values (?, ?, ?)
                    on conflict do nothing
                    """, body.id(), given.line(), given.quantity());
    }
}
