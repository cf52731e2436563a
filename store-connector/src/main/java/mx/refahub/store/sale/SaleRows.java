package mx.refahub.store.sale;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.stock.StockMovement;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.Session;
import tools.jackson.databind.json.JsonMapper;

/** Finished tickets in sales.db. They are read back out of their own document, so what is shown is what was sent. */
public final class SaleRows {
    private static final String CASH_SALE = "SALE";

    private final JsonMapper json;
    private final IdSource ids;

    public SaleRows(JsonMapper json, IdSource ids) {
        this.json = json;
        this.ids = ids;
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

    private Sale sale(Row row) throws SQLException {
        return json.readValue(row.bytes("body"), SaleBody.class).toSale();
    }

    /** All that a sale means here: itself, lines, tenders, stock, cash and the receipt to print. */
    public void insert(Session session, Sale sale, String requestHash, long documentSequence) throws SQLException {
        session.updateOne(
                """
                insert into sale (id, register_id, cash_session_id, folio_prefix, folio_number, invoice_code, sold_at, business_day, total,
                                  request_hash, document_sequence)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
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
                documentSequence);
        int position = 0;
        for (SaleLine line : sale.lines()) {
            insertLine(session, sale, line, ++position);
            if (line.kind() == SaleLine.Kind.PART) moveStock(session, sale, line);
        }
        position = 0;
        boolean cash = false;
        for (Tender tender : sale.tenders()) {
            insertTender(session, sale, tender, ++position);
            if (tender.kind() == Tender.Kind.CASH) {
                cash = true;
                journal(session, sale, tender);
            }
        }
        queuePrint(session, sale.id(), false, cash, sale.soldAt());
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
        session.updateOne(
                """
                insert into sale_line (id, sale_id, position, kind, part_id, quantity, net, discount, base, tax, total)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
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
                line.amounts().total().minor());
    }

    private static void moveStock(Session session, Sale sale, SaleLine line) throws SQLException {
        long out = -line.quantity().thousandths();
        session.updateOne("""
                insert into stock_movement (id, part_id, kind, quantity, cause, at)
                values (?, ?, ?, ?, ?, ?)
                """, line.id(), line.part().value(), StockMovement.Kind.SALE, out, sale.id(), sale.soldAt());
        session.updateOne("""
                insert into stock_balance (part_id, moved)
                values (?, ?)
                on conflict (part_id) do update set moved = moved + excluded.moved
                """, line.part().value(), out);
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

    private static void journal(Session session, Sale sale, Tender tender) throws SQLException {
        session.updateOne(
                """
                insert into cash_journal (cash_session_id, at, kind, amount, cause)
                values (?, ?, ?, ?, ?)
                """,
                sale.cashSession(),
                sale.soldAt(),
                CASH_SALE,
                tender.amount().minor(),
                sale.id());
    }
}
