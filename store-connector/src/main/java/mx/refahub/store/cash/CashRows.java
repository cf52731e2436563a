package mx.refahub.store.cash;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.cash.CashCount;
import mx.refahub.domain.cash.CashEntry;
import mx.refahub.domain.cash.CashMovement;
import mx.refahub.domain.cash.CashReport;
import mx.refahub.domain.cash.CashSession;
import mx.refahub.domain.cash.CashSessions.ZHead;
import mx.refahub.domain.cash.Denomination;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Folio;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.tax.TaxFactor;
import mx.refahub.domain.wire.CashSessionClosedBody;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Cash sessions, their movements, counts and Zs in sales.db. */
final class CashRows {
    private final JsonMapper json;

    CashRows(JsonMapper json) {
        this.json = json;
    }

    /** @param prefix of the register's folios */
    record Drawer(CashSession session, String registerName, String prefix) {}

    Optional<Drawer> drawer(Session session, UUID id) throws SQLException {
        return session.first("""
                select cash_session.id, register_id, opened_by, opened_by_name, opened_at, opening_float, cashier_id, cashier_name, counted_at,
                       closed_at, register.name, register.prefix
                from cash_session
                join register on register.id = cash_session.register_id
                where cash_session.id = ?
                """, CashRows::drawer, id);
    }

    /** Sessions opened from one moment until before another. */
    List<Drawer> openedBetween(Session session, Instant from, Instant until) throws SQLException {
        return session.all("""
                select cash_session.id, register_id, opened_by, opened_by_name, opened_at, opening_float, cashier_id, cashier_name, counted_at,
                       closed_at, register.name, register.prefix
                from cash_session
                join register on register.id = cash_session.register_id
                where opened_at >= ? and opened_at < ?
                order by register.prefix, opened_at
                """, CashRows::drawer, from, until);
    }

    private static Drawer drawer(Row row) throws SQLException {
        return new Drawer(SqliteCashDesk.session(row), row.text("name"), row.text("prefix"));
    }

    // --- figures

    CashReport report(Session session, Drawer drawer, Branch branch, Instant at, CashReport.@Nullable Seal seal)
            throws SQLException {
        UUID id = drawer.session().id();
        List<CashReport.Sum> sums = sums(session, id);
        List<CashReport.TenderLine> tenders = CashReport.tenders(sums);
        CashCount count = drawer.session().isCounted()
                ? count(session, id).map(Counted::count).orElseThrow()
                : null;
        return new CashReport(
                new CashReport.Head(
                        id,
                        drawer.session().register(),
                        drawer.registerName(),
                        drawer.prefix(),
                        drawer.session().openedAt().atZone(branch.zone()).toLocalDate(),
                        drawer.session().openedAt(),
                        drawer.session().openedByName(),
                        drawer.session().cashier(),
                        drawer.session().cashierName()),
                at,
                seal,
                count == null ? tenders : CashReport.counted(tenders, count),
                sales(session, id),
                taxes(session, id),
                movements(session, id),
                count,
                CashReport.deposits(sums));
    }

    private static List<CashReport.Sum> sums(Session session, UUID id) throws SQLException {
        return session.all(
                """
                select tender, currency, kind, sum(amount) as amount
                from cash_journal
                where cash_session_id = ?
                group by tender, currency, kind
                order by tender, currency, kind
                """,
                row -> new CashReport.Sum(
                        Tender.Kind.valueOf(row.text("tender")),
                        CashEntry.Kind.valueOf(row.text("kind")),
                        money(row, "amount")),
                id);
    }

    private static CashReport.Sales sales(Session session, UUID id) throws SQLException {
        return session.first(
                        """
                select count(*) as sales, min(folio_prefix) as prefix, min(folio_number) as first_folio, max(folio_number) as last_folio,
                       sum(json_extract(body, '$.totals.net')) as net, sum(json_extract(body, '$.totals.discount')) as discount,
                       sum(json_extract(body, '$.totals.tax')) as tax, sum(json_extract(body, '$.totals.cores')) as cores,
                       sum(json_extract(body, '$.totals.total')) as total,
                       sum((select coalesce(sum(json_extract(line.value, '$.total')), 0)
                            from json_each(body, '$.lines') line
                            where json_extract(line.value, '$.kind') = 'VOUCHER')) as vouchers
                from (
                    select sale.folio_prefix, sale.folio_number, cast(coalesce((select body from outbox where sequence = sale.document_sequence),
                                        (select body from document_kept where sequence = sale.document_sequence)) as text) as body
                    from sale
                    where sale.cash_session_id = ?)
                """,
                        row -> row.number("sales") == 0
                                ? CashReport.Sales.none()
                                : new CashReport.Sales(
                                        row.number("sales"),
                                        new Folio(row.text("prefix"), row.number("first_folio")).text(),
                                        new Folio(row.text("prefix"), row.number("last_folio")).text(),
                                        Money.mxn(row.number("net")),
                                        Money.mxn(row.number("discount")),
                                        Money.mxn(row.number("tax")),
                                        Money.mxn(row.number("cores")),
                                        Money.mxn(row.number("total")),
                                        Money.mxn(row.number("vouchers"))),
                        id)
                .orElseThrow();
    }

    /** Out of the sales' own documents, as they were sent. */
    private static List<CashReport.TaxLine> taxes(Session session, UUID id) throws SQLException {
        return session.all(
                """
                select json_extract(line.value, '$.taxObject') as object, json_extract(line.value, '$.taxFactor') as factor,
                       json_extract(line.value, '$.taxRate') as rate, sum(json_extract(line.value, '$.base')) as base,
                       sum(json_extract(line.value, '$.tax')) as tax
                from sale
                join json_each(cast(coalesce((select body from outbox where sequence = sale.document_sequence),
                                    (select body from document_kept where sequence = sale.document_sequence)) as text), '$.lines') as line
                where sale.cash_session_id = ?
                group by object, factor, rate
                order by object desc, factor desc, rate desc
                """,
                row -> new CashReport.TaxLine(
                        row.text("object"),
                        TaxFactor.valueOf(row.text("factor")),
                        new BigDecimal(row.text("rate")),
                        Money.mxn(row.number("base")),
                        Money.mxn(row.number("tax"))),
                id);
    }

    // --- movements

    List<CashMovement.Recorded> movements(Session session, UUID cashSession) throws SQLException {
        return session.all("""
                select id, cash_session_id, kind, currency, amount, reason, note, reference, by_name, approved_by_name, at
                from cash_movement
                where cash_session_id = ?
                order by at, id
                """, CashRows::movement, cashSession);
    }

    Optional<CashMovement.Recorded> movement(Session session, UUID id) throws SQLException {
        return session.first("""
                select id, cash_session_id, kind, currency, amount, reason, note, reference, by_name, approved_by_name, at
                from cash_movement
                where id = ?
                """, CashRows::movement, id);
    }

    void insert(Session session, CashMovement.Recorded recorded, UserId by) throws SQLException {
        CashMovement m = recorded.movement();
        session.updateOne(
                """
                insert into cash_movement (id, cash_session_id, kind, currency, amount, reason, note, reference, by_id, by_name,
                                           approved_by_name, at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                m.id(),
                recorded.session(),
                m.kind(),
                m.amount().currency().getCurrencyCode(),
                m.amount().minor(),
                m.reason(),
                m.note(),
                m.reference(),
                by.value(),
                recorded.byName(),
                recorded.approvedByName(),
                recorded.at());
    }

    private static CashMovement.Recorded movement(Row row) throws SQLException {
        return new CashMovement.Recorded(
                new CashMovement(
                        row.id("id"),
                        CashMovement.Kind.valueOf(row.text("kind")),
                        money(row, "amount"),
                        CashMovement.Reason.valueOf(row.text("reason")),
                        row.text("note"),
                        row.text("reference")),
                row.id("cash_session_id"),
                row.instant("at"),
                row.text("by_name"),
                row.text("approved_by_name"));
    }

    // --- counts

    record Counted(UUID id, UUID session, CashCount count) {}

    Optional<Counted> countOf(Session session, UUID id) throws SQLException {
        return session.first("""
                select id, cash_session_id, body
                from cash_count
                where id = ?
                """, this::counted, id);
    }

    /** The session's latest. */
    Optional<Counted> count(Session session, UUID cashSession) throws SQLException {
        return session.first("""
                select id, cash_session_id, body
                from cash_count
                where cash_session_id = ?
                order by at desc, id desc
                limit 1
                """, this::counted, cashSession);
    }

    void insert(Session session, UUID id, UUID cashSession, Instant at, UserId by, String byName, CashCount count)
            throws SQLException {
        session.updateOne("""
                insert into cash_count (id, cash_session_id, at, by_id, by_name, body)
                values (?, ?, ?, ?, ?, ?)
                """, id, cashSession, at, by.value(), byName, json.writeValueAsString(CountText.of(count)));
    }

    private Counted counted(Row row) throws SQLException {
        return new Counted(
                row.id("id"),
                row.id("cash_session_id"),
                json.readValue(row.text("body"), CountText.class).count());
    }

    /** A count as it is kept. */
    private record CountText(List<Pieces> pieces, List<Vouchers> vouchers) {
        record Pieces(String currency, Denomination.Form form, long value, int pieces) {}

        record Vouchers(Tender.Kind tender, String currency, long amount) {}

        static CountText of(CashCount count) {
            return new CountText(
                    count.pieces().stream()
                            .map(p -> new Pieces(
                                    p.denomination().value().currency().getCurrencyCode(),
                                    p.denomination().form(),
                                    p.denomination().value().minor(),
                                    p.pieces()))
                            .toList(),
                    count.vouchers().stream()
                            .map(v -> new Vouchers(
                                    v.tender(),
                                    v.amount().currency().getCurrencyCode(),
                                    v.amount().minor()))
                            .toList());
        }

        CashCount count() {
            return new CashCount(
                    pieces.stream()
                            .map(p -> new CashCount.Pieces(
                                    new Denomination(
                                            p.form(), new Money(p.value(), Currency.getInstance(p.currency()))),
                                    p.pieces()))
                            .toList(),
                    vouchers.stream()
                            .map(v -> new CashCount.Vouchers(
                                    v.tender(), new Money(v.amount(), Currency.getInstance(v.currency()))))
                            .toList());
        }
    }

    /** A count in one line, for the journal: {@code MXN BILL 50000x3; CREDIT_CARD MXN 120000}. */
    static String text(CashCount count) {
        List<String> parts = new ArrayList<>();
        for (CashCount.Pieces row : count.pieces())
            parts.add(String.format(
                    Locale.ROOT,
                    "%s %s %dx%d",
                    row.denomination().value().currency().getCurrencyCode(),
                    row.denomination().form(),
                    row.denomination().value().minor(),
                    row.pieces()));
        for (CashCount.Vouchers row : count.vouchers())
            parts.add(String.format(
                    Locale.ROOT,
                    "%s %s %d",
                    row.tender(),
                    row.amount().currency().getCurrencyCode(),
                    row.amount().minor()));
        return String.join("; ", parts);
    }

    // --- Zs

    /** From the register's row, in the closing's own transaction: one that rolls back gives its number back. */
    long nextZ(Session session, RegisterId register) throws SQLException {
        return session.first("""
                update register
                set next_z = next_z + 1
                where id = ?
                returning next_z - 1 as number
                """, row -> row.number("number"), register.value())
                .orElseThrow(() -> new IllegalStateException("register " + register + " is gone"));
    }

    /** @return the session's last Z number; 0 for none */
    long lastZ(Session session, UUID cashSession) throws SQLException {
        return session.first("""
                select coalesce(max(number), 0) as number
                from cash_z
                where cash_session_id = ?
                """, row -> row.number("number"), cashSession).orElse(0L);
    }

    void insert(Session session, CashReport z, CashReport.Seal seal, long documentSequence) throws SQLException {
        session.updateOne(
                """
                insert into cash_z (id, cash_session_id, register_id, number, supersedes, cashier_id, closed_by, closed_at, document_sequence)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                seal.id(),
                z.head().session(),
                z.head().register().value(),
                seal.number(),
                seal.supersedes(),
                z.head().cashier().value(),
                seal.closedBy().value(),
                z.at(),
                documentSequence);
    }

    /** Read back out of its own document: what is shown is what was sent. */
    Optional<CashReport> z(Session session, UUID id) throws SQLException {
        return session.first("""
                select coalesce((select body from outbox where sequence = cash_z.document_sequence),
                       (select body from document_kept where sequence = cash_z.document_sequence)) as body
                from cash_z
                where cash_z.id = ?
                """, this::z, id);
    }

    /** The session's Zs, the one that counts last. */
    List<CashReport> zsOf(Session session, UUID cashSession) throws SQLException {
        return session.all("""
                select coalesce((select body from outbox where sequence = cash_z.document_sequence),
                       (select body from document_kept where sequence = cash_z.document_sequence)) as body
                from cash_z
                where cash_z.cash_session_id = ?
                order by cash_z.number
                """, this::z, cashSession);
    }

    private CashReport z(Row row) throws SQLException {
        return json.readValue(row.bytes("body"), CashSessionClosedBody.class).toReport();
    }

    List<ZHead> zs(Session session, @Nullable UserId cashier, int limit) throws SQLException {
        UUID who = cashier == null ? null : cashier.value();
        return session.all(
                """
                select cash_z.id, cash_z.cash_session_id, cash_z.register_id, register.name, cash_z.number, cash_z.supersedes, cash_z.closed_at,
                       cash_session.cashier_id, cash_session.cashier_name, cash_session.closed_at is null as open,
                       exists (
                           select 1 from cash_z later
                           where later.cash_session_id = cash_z.cash_session_id and later.number > cash_z.number) as superseded
                from cash_z
                join register on register.id = cash_z.register_id
                join cash_session on cash_session.id = cash_z.cash_session_id
                where ? is null or cash_z.cashier_id = ? or cash_z.closed_by = ?
                order by cash_z.closed_at desc
                limit ?
                """,
                row -> new ZHead(
                        row.id("id"),
                        row.id("cash_session_id"),
                        new RegisterId(row.id("register_id")),
                        row.text("name"),
                        row.number("number"),
                        row.number("supersedes"),
                        row.flag("superseded"),
                        row.flag("open"),
                        new UserId(row.id("cashier_id")),
                        row.text("cashier_name"),
                        row.instant("closed_at")),
                who,
                who,
                who,
                limit);
    }

    private static Money money(Row row, String column) throws SQLException {
        return new Money(row.number(column), Currency.getInstance(row.text("currency")));
    }
}
