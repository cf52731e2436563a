package mx.refahub.store.backup;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.document.Envelope;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.stock.StockMovement;
import mx.refahub.domain.wire.CashSessionOpenedBody;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.store.sale.SaleRows;
import mx.refahub.store.sqlite.Session;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Puts salvaged documents back: into the outbox as they are, and into the books what they say. What the books hold already stays. */
final class Replay {
    private static final Set<String> IN_BOOKS = Set.of(DocumentType.SALE, DocumentType.CASH_SESSION_OPENED);
    /** No offer of payment has this hash: whoever repeats the payment is told that the ticket is paid. */
    private static final String NO_REQUEST = "";

    private final SaleRows saleRows;
    private final JsonMapper json;
    private final Map<String, Integer> onlyDelivered = new TreeMap<>();

    Replay(SaleRows saleRows, JsonMapper json) {
        this.saleRows = saleRows;
        this.json = json;
    }

    /** Documents whose text is kept and delivered, but whose figures at the till came only from what was readable, by type. */
    Map<String, Integer> onlyDelivered() {
        return Map.copyOf(onlyDelivered);
    }

    void append(Session session, Document document) throws SQLException {
        Envelope envelope = document.envelope();
        session.updateOne(
                """
                insert into outbox (sequence, id, epoch, key, type, schema, occurred_at, after, previous_hash, hash, signature, body)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                envelope.sequence(),
                envelope.id(),
                envelope.epoch(),
                envelope.key(),
                envelope.type(),
                envelope.schema(),
                envelope.occurredAt(),
                String.join(
                        " ",
                        envelope.after().stream().map(java.util.UUID::toString).toList()),
                envelope.previousHash().bytes(),
                document.hash().bytes(),
                document.signature(),
                document.body());
        if (!IN_BOOKS.contains(envelope.type())) {
            onlyDelivered.merge(envelope.type(), 1, Integer::sum);
            return;
        }
        try {
            if (envelope.type().equals(DocumentType.SALE)) sale(session, document);
            else cashSession(session, json.readValue(document.body(), CashSessionOpenedBody.class));
        } catch (JacksonException | IllegalArgumentException e) {
            onlyDelivered.merge(envelope.type(), 1, Integer::sum);
        }
    }

    private static void cashSession(Session session, CashSessionOpenedBody body) throws SQLException {
        boolean taken = session.exists("""
                select 1
                from cash_session
                where register_id = ? and closed_at is null
                """, body.register());
        session.update(
                """
                insert or ignore into cash_session (id, register_id, opened_by, opened_by_name, opened_at, opening_float, closed_at)
                values (?, ?, ?, ?, ?, ?, ?)
                """,
                body.id(),
                body.register(),
                body.openedBy(),
                body.openedByName(),
                body.openedAt(),
                body.openingFloat(),
                taken ? body.openedAt() : null);
    }

    private void sale(Session session, Document document) throws SQLException {
        Sale sale = json.readValue(document.body(), SaleBody.class).toSale();
        boolean known = session.exists("select 1 from sale where id = ?", sale.id())
                || session.exists("select 1 from cash_journal where cause = ?", sale.id());
        if (!known) {
            session.update("delete from sale_line where sale_id = ?", sale.id());
            session.update("delete from sale_tender where sale_id = ?", sale.id());
            session.update("delete from stock_movement where cause = ?", sale.id());
            saleRows.insert(session, sale, NO_REQUEST, document.sequence());
            // Its receipt was printed in its time, or never will be; who wants one asks for a reprint.
            session.update("""
                    update print_job
                    set given_up_at = ?
                    where sale_id = ? and printed_at is null
                    """, sale.soldAt(), sale.id());
            return;
        }
        complete(session, sale, document.sequence());
    }

    /** Some of its rows were readable: the document says what all of them are. */
    private static void complete(Session session, Sale sale, long sequence) throws SQLException {
        session.update(
                """
                insert into sale (id, register_id, cash_session_id, folio_prefix, folio_number, invoice_code, sold_at, business_day, total,
                                  request_hash, document_sequence)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update set total = excluded.total, document_sequence = excluded.document_sequence
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
                NO_REQUEST,
                sequence);
        int position = 0;
        for (SaleLine line : sale.lines()) {
            session.update(
                    """
                    insert or replace into sale_line (id, sale_id, position, kind, part_id, quantity, net, discount, base, tax, total)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    line.id(),
                    sale.id(),
                    ++position,
                    line.kind(),
                    line.part().value(),
                    line.quantity().thousandths(),
                    line.amounts().net().minor(),
                    line.amounts().discount().minor(),
                    line.amounts().base().minor(),
                    line.amounts().tax().minor(),
                    line.amounts().total().minor());
            if (line.kind() == SaleLine.Kind.PART)
                session.update(
                        """
                        insert or replace into stock_movement (id, part_id, kind, quantity, cause, at)
                        values (?, ?, ?, ?, ?, ?)
                        """,
                        line.id(),
                        line.part().value(),
                        StockMovement.Kind.SALE,
                        -line.quantity().thousandths(),
                        sale.id(),
                        sale.soldAt());
        }
        position = 0;
        for (Tender tender : sale.tenders())
            session.update(
                    """
                    insert or replace into sale_tender (id, sale_id, position, kind, amount, received, reference)
                    values (?, ?, ?, ?, ?, ?, ?)
                    """,
                    tender.id(),
                    sale.id(),
                    ++position,
                    tender.kind(),
                    tender.amount().minor(),
                    tender.received().minor(),
                    tender.reference());
    }

    /**
     * Rows whose documents are lost: the next documents will bear those numbers, so the rows must go. They stay in the file that is set aside.
     *
     * @return the folios of the sales among them
     */
    static List<String> dropWithoutDocument(Session session, long last) throws SQLException {
        List<String> folios = session.all("""
                select folio_prefix || '-' || folio_number as folio
                from sale
                where document_sequence > ?
                order by document_sequence
                """, row -> row.text("folio"), last);
        session.update(
                "delete from sale_line where sale_id in (select id from sale where document_sequence > ?)", last);
        session.update(
                "delete from sale_tender where sale_id in (select id from sale where document_sequence > ?)", last);
        session.update(
                "delete from stock_movement where cause in (select id from sale where document_sequence > ?)", last);
        for (String table : session.all("""
                select m.name
                from sqlite_master m
                join pragma_table_info(m.name) c
                where m.type = 'table' and c.name = 'document_sequence'
                """, row -> row.text("name")))
            session.update("delete from \"" + table + "\" where document_sequence > ?", last);
        return folios;
    }

    /** The sums are those of the rows; no folio comes twice. Before rows are dropped, so that theirs count too. */
    static void nextFolios(Session session, long folioJump) throws SQLException {
        session.update("""
                update register
                set next_folio = ? + max(next_folio, coalesce((select max(folio_number) + 1 from sale where folio_prefix = register.prefix), 1))
                """, folioJump);
    }

    static void balances(Session session) throws SQLException {
        session.update("delete from stock_balance");
        session.update("""
                insert into stock_balance (part_id, moved)
                select part_id, sum(quantity)
                from stock_movement
                group by part_id
                """);
    }
}
