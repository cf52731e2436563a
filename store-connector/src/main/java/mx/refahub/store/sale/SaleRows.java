package mx.refahub.store.sale;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Buyer;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.domain.wire.SaleStockBody;
import mx.refahub.store.cash.CashJournal;
import mx.refahub.store.credit.CreditRows;
import mx.refahub.store.customer.AccountLedger;
import mx.refahub.store.customer.CustomerRows;
import mx.refahub.store.promise.PromiseLedger;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Finished tickets in sales.db. They are read back out of their own document, so what is shown is what was sent. */
public final class SaleRows {
    /** Behind every day, as text. */
    static final String LAST_DAY = "9999-12-31";

    private final JsonMapper json;
    private final IdSource ids;
    private final ProvenTickets proven;

    public SaleRows(JsonMapper json, IdSource ids) {
        this.json = json;
        this.ids = ids;
        this.proven = new ProvenTickets(json);
    }

    ProvenTickets proven() {
        return proven;
    }

    public record Stored(Sale sale, String requestHash) {}

    public Optional<Stored> stored(Session session, UUID id) throws SQLException {
        return session.first("""
                select request_hash,
                       coalesce((select body from outbox where sequence = sale.document_sequence),
                                (select body from document_kept where sequence = sale.document_sequence)) as body
                from sale
                where id = ?
                """, row -> new Stored(sale(row), row.text("request_hash")), id);
    }

    List<Sale> latest(Session session, RegisterId register, int limit) throws SQLException {
        return session.all("""
                select coalesce((select body from outbox where sequence = sale.document_sequence),
                                (select body from document_kept where sequence = sale.document_sequence)) as body
                from sale
                where register_id = ?
                order by sold_at desc
                limit ?
                """, this::sale, register.value(), limit);
    }

    /**
     * Of all registers, the newest first. A business day is the branch's, times are UTC: a day on either side leads to the right stretch of the index by time,
     * so that days long ago are not looked for among all tickets since.
     */
    List<Sale> between(Session session, @Nullable LocalDate from, @Nullable LocalDate to, int limit)
            throws SQLException {
        return session.all(
                """
                select coalesce((select body from outbox where sequence = sale.document_sequence),
                                (select body from document_kept where sequence = sale.document_sequence)) as body
                from sale
                where business_day between ? and ? and sold_at between ? and ?
                order by sold_at desc
                limit ?
                """,
                this::sale,
                from == null ? "" : from.toString(),
                to == null ? LAST_DAY : to.toString(),
                from == null ? "" : from.minusDays(1).toString(),
                to == null ? LAST_DAY : to.plusDays(2).toString(),
                limit);
    }

    /** @param ids a JSON array */
    List<Sale> among(Session session, String ids, String from, String to, int limit) throws SQLException {
        return session.all("""
                select coalesce((select body from outbox where sequence = sale.document_sequence),
                                (select body from document_kept where sequence = sale.document_sequence)) as body
                from json_each(?) wanted
                join sale on sale.id = wanted.value
                where sale.business_day between ? and ?
                order by sale.sold_at desc
                limit ?
                """, this::sale, ids, from, to, limit);
    }

    /** By the folio's two halves, or by the invoice code; this branch's alone. */
    Optional<Sale> byFolio(Session session, String prefix, long number) throws SQLException {
        return session.first("""
                select coalesce((select body from outbox where sequence = sale.document_sequence),
                                (select body from document_kept where sequence = sale.document_sequence)) as body
                from sale
                where sale.folio_prefix = ? and sale.folio_number = ?
                """, this::sale, prefix, number);
    }

    Optional<Sale> byInvoiceCode(Session session, String code) throws SQLException {
        return session.first("""
                select coalesce((select body from outbox where sequence = sale.document_sequence),
                                (select body from document_kept where sequence = sale.document_sequence)) as body
                from sale
                where sale.invoice_code = ?
                """, this::sale, code);
    }

    /** How many of each of these sold lines have come back to this branch; lines that nobody brought back are left out. */
    Map<UUID, Quantity> returned(Session session, Collection<UUID> lines) throws SQLException {
        Map<UUID, Quantity> returned = new HashMap<>();
        session.all(
                """
                select return_line, -sum(quantity) as quantity
                from sale_line
                where return_line in (select value from json_each(?))
                group by return_line
                """,
                row -> returned.put(row.id("return_line"), new Quantity(row.number("quantity"))),
                json.writeValueAsString(lines));
        return returned;
    }

    /** The documents of the sales that lines of this one bring back, and of a buyer who is new: the hub must know them first. */
    List<UUID> documentsBefore(Session session, Sale sale) throws SQLException {
        Set<UUID> documents = new LinkedHashSet<>();
        if (sale.buyer() != null)
            documents.addAll(CustomerRows.documentsWaiting(session, sale.buyer().id()));
        if (sale.promised() != null)
            documents.addAll(PromiseLedger.documentsOf(session, sale.promised().id()));
        for (SaleLine line : sale.lines()) {
            ReturnOf returnOf = line.returnOf();
            if (returnOf == null || returnOf.sale() == null) continue;
            session.first("""
                    select outbox.id
                    from sale
                    join outbox on outbox.sequence = sale.document_sequence
                    where sale.id = ?
                    """, row -> row.id("id"), returnOf.sale()).ifPresent(documents::add);
        }
        return List.copyOf(documents);
    }

    private Sale sale(Row row) throws SQLException {
        return json.readValue(row.bytes("body"), SaleBody.class).toSale();
    }

    /** The body of a sale's document: the ticket with what proves the tickets that it brings back, and beside it what it took off the shelf. */
    Object body(Session session, Sale sale, List<SaleStockBody.Moved> moved) throws SQLException {
        ObjectNode body = json.valueToTree(SaleBody.of(sale).proven(proven.proofs(session, sale)));
        body.set(SaleStockBody.FIELD, json.valueToTree(moved));
        return body;
    }

    /** All that a sale means here but for the stock that it moves: itself, lines, tenders, cash and the receipt to print. */
    public void insert(Session session, Sale sale, String requestHash, long documentSequence) throws SQLException {
        Buyer buyer = sale.buyer();
        session.updateOne(
                """
                insert into sale (id, register_id, cash_session_id, folio_prefix, folio_number, invoice_code, sold_at, business_day, total,
                                  request_hash, document_sequence, customer_id, customer_name, customer_found)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                sale.id(),
                sale.register().value(),
                sale.cashSession(),
                sale.folio().prefix(),
                sale.folio().number(),
                sale.invoiceCode().value(),
                sale.soldAt(),
                sale.businessDay(),
                sale.totals().total().minor(),
                requestHash,
                documentSequence,
                buyer == null ? null : buyer.id(),
                buyer == null ? null : buyer.name(),
                buyer == null ? null : SqliteSaleHistory.folded(buyer.name()));
        insertParts(session, sale);
        AccountLedger.sale(session, sale, documentSequence);
        PromiseLedger.sale(session, sale, documentSequence);
        CashJournal.sale(session, sale);
        boolean cash = sale.tenders().stream().anyMatch(tender -> tender.kind().isCash());
        queuePrint(session, sale.id(), false, cash, sale.soldAt());
    }

    /** Who bought, to be found by, of a sale that comes back out of its document. */
    public static void boughtBy(Session session, Sale sale) throws SQLException {
        Buyer buyer = sale.buyer();
        session.update(
                """
                update sale
                set customer_id = ?, customer_name = ?, customer_found = ?
                where id = ?
                """,
                buyer == null ? null : buyer.id(),
                buyer == null ? null : buyer.name(),
                buyer == null ? null : SqliteSaleHistory.folded(buyer.name()),
                sale.id());
    }

    /** What hangs on the sale's own row: lines, tenders and the credits that they are. None of it may be there yet. */
    public static void insertParts(Session session, Sale sale) throws SQLException {
        int position = 0;
        for (SaleLine line : sale.lines()) insertLine(session, sale, line, ++position);
        position = 0;
        for (Tender tender : sale.tenders()) insertTender(session, sale, tender, ++position);
        CreditRows.keep(session, sale);
        CoreRows.keep(session, sale);
        NoteRows.keep(session, sale);
    }

    /** A reprint that still waits is not doubled. It never kicks the drawer. */
    void queueReprint(Session session, UUID sale, Instant at) throws SQLException {
        boolean waits = session.exists("""
                select 1
                from print_job
                where sale_id = ? and reprint = 1 and printed_at is null
                """, sale);
        if (!waits) queuePrint(session, sale, true, false, at);
    }

    private void queuePrint(Session session, UUID sale, boolean reprint, boolean kickDrawer, Instant at)
            throws SQLException {
        session.updateOne("""
                insert into print_job (id, sale_id, reprint, kick_drawer, queued_at)
                values (?, ?, ?, ?, ?)
                """, ids.next(), sale, reprint, kickDrawer, at);
    }

    private static void insertLine(Session session, Sale sale, SaleLine line, int position) throws SQLException {
        ReturnOf returnOf = line.returnOf();
        session.updateOne(
                """
                insert into sale_line (id, sale_id, position, kind, part_id, quantity, net, discount, base, tax, total, return_line)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                line.id(),
                sale.id(),
                position,
                line.kind(),
                line.part().value(),
                line.quantity().thousandths(),
                line.amounts().net().minor(),
                line.amounts().discount().minor(),
                line.amounts().base().minor(),
                line.amounts().tax().minor(),
                line.amounts().total().minor(),
                returnOf == null ? null : returnOf.line());
    }

    private static void insertTender(Session session, Sale sale, Tender tender, int position) throws SQLException {
        session.updateOne(
                """
                insert into sale_tender (id, sale_id, position, kind, amount, received, reference)
                values (?, ?, ?, ?, ?, ?, ?)
                """,
                tender.id(),
                sale.id(),
                position,
                tender.kind(),
                tender.amount().minor(),
                tender.received().minor(),
                tender.reference());
    }
}
