package mx.refahub.store.backup;

import java.sql.SQLException;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import mx.refahub.domain.cash.CashSession;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.document.Envelope;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.wire.AccountPaymentBody;
import mx.refahub.domain.wire.BankDepositBody;
import mx.refahub.domain.wire.CashMovementBody;
import mx.refahub.domain.wire.CashSessionClosedBody;
import mx.refahub.domain.wire.CashSessionOpenedBody;
import mx.refahub.domain.wire.CashSessionReopenedBody;
import mx.refahub.domain.wire.CashierSwitchedBody;
import mx.refahub.domain.wire.GoodsHandedOverBody;
import mx.refahub.domain.wire.InvoiceRequestedBody;
import mx.refahub.domain.wire.LeaseBody;
import mx.refahub.domain.wire.LostSaleBody;
import mx.refahub.domain.wire.PartProposedBody;
import mx.refahub.domain.wire.PromiseChangedBody;
import mx.refahub.domain.wire.PromiseMadeBody;
import mx.refahub.domain.wire.PromisePaymentBody;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.domain.wire.SaleStockBody;
import mx.refahub.store.cash.CashReplay;
import mx.refahub.store.cash.SqliteCashDesk;
import mx.refahub.store.cash.SqliteDayPapers;
import mx.refahub.store.customer.AccountLedger;
import mx.refahub.store.customer.CustomerReplay;
import mx.refahub.store.invoice.SqliteInvoiceDesk;
import mx.refahub.store.lostsale.SqliteLostSales;
import mx.refahub.store.note.SqliteHandOvers;
import mx.refahub.store.promise.PromiseLedger;
import mx.refahub.store.proposal.SqliteCounterParts;
import mx.refahub.store.purchase.SqliteCoresGiven;
import mx.refahub.store.sale.SaleRows;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.stock.LeaseSteps;
import mx.refahub.store.stock.StockLedger;
import mx.refahub.store.stock.StockRows;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Puts salvaged documents back: into the outbox as they are, and into the books what they say. What the books hold already stays. */
public final class Replay {
    private static final Set<String> IN_BOOKS = Set.of(
            DocumentType.SALE,
            DocumentType.CASH_SESSION_OPENED,
            DocumentType.CASH_MOVEMENT,
            DocumentType.CASHIER_SWITCHED,
            DocumentType.BANK_DEPOSIT,
            DocumentType.CASH_SESSION_CLOSED,
            DocumentType.CASH_SESSION_REOPENED,
            DocumentType.INVOICE_REQUESTED,
            DocumentType.PART_PROPOSED,
            DocumentType.LOST_SALE,
            DocumentType.CORES_GIVEN,
            DocumentType.GOODS_HANDED_OVER,
            DocumentType.CUSTOMER_CHANGED,
            DocumentType.ACCOUNT_PAYMENT,
            DocumentType.CHEQUE_BOUNCED,
            DocumentType.PROMISE_MADE,
            DocumentType.PROMISE_PAYMENT,
            DocumentType.PROMISE_CHANGED,
            DocumentType.STOCK_RECEIPT,
            DocumentType.STOCK_TRANSFER_OUT,
            DocumentType.STOCK_TRANSFER_IN,
            DocumentType.STOCK_COUNT,
            DocumentType.STOCK_ADJUSTMENT,
            DocumentType.STOCK_LEASE);
    /** No offer of payment has this hash: whoever repeats the payment is told that the ticket is paid. */
    private static final String NO_REQUEST = "";

    private final SaleRows saleRows;
    private final JsonMapper json;
    private final CashReplay cash;
    private final Map<String, Integer> onlyDelivered = new TreeMap<>();

    public Replay(SaleRows saleRows, JsonMapper json) {
        this.saleRows = saleRows;
        this.json = json;
        this.cash = new CashReplay(json);
    }

    /** Documents whose text is kept and delivered, but whose figures at the till came only from what was readable, by type. */
    public Map<String, Integer> onlyDelivered() {
        return Map.copyOf(onlyDelivered);
    }

    public void append(Session session, Document document) throws SQLException {
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
            switch (envelope.type()) {
                case DocumentType.SALE -> sale(session, document);
                case DocumentType.CASH_MOVEMENT ->
                    cash.movement(session, json.readValue(document.body(), CashMovementBody.class));
                case DocumentType.CASHIER_SWITCHED ->
                    cash.switched(session, json.readValue(document.body(), CashierSwitchedBody.class));
                case DocumentType.CASH_SESSION_CLOSED ->
                    cash.closed(
                            session, json.readValue(document.body(), CashSessionClosedBody.class), envelope.sequence());
                case DocumentType.CASH_SESSION_REOPENED ->
                    cash.reopened(session, json.readValue(document.body(), CashSessionReopenedBody.class));
                case DocumentType.INVOICE_REQUESTED ->
                    SqliteInvoiceDesk.insert(
                            session, json.readValue(document.body(), InvoiceRequestedBody.class), envelope.sequence());
                case DocumentType.PART_PROPOSED ->
                    SqliteCounterParts.insert(
                            session, json.readValue(document.body(), PartProposedBody.class), envelope.sequence());
                case DocumentType.LOST_SALE ->
                    SqliteLostSales.insert(
                            session, json.readValue(document.body(), LostSaleBody.class), envelope.sequence());
                case DocumentType.CORES_GIVEN ->
                    SqliteCoresGiven.replay(session, json, document.body(), envelope.sequence());
                case DocumentType.GOODS_HANDED_OVER ->
                    SqliteHandOvers.insert(
                            session, json.readValue(document.body(), GoodsHandedOverBody.class), envelope.sequence());
                case DocumentType.BANK_DEPOSIT ->
                    SqliteDayPapers.insert(
                            session, json.readValue(document.body(), BankDepositBody.class), envelope.sequence());
                case DocumentType.CUSTOMER_CHANGED ->
                    CustomerReplay.changed(session, json, document.body(), envelope.sequence());
                case DocumentType.ACCOUNT_PAYMENT -> {
                    cash.accountPayment(session, json.readValue(document.body(), AccountPaymentBody.class));
                    CustomerReplay.payment(session, json, document.body(), envelope.sequence());
                }
                case DocumentType.CHEQUE_BOUNCED ->
                    CustomerReplay.bounced(session, json, document.body(), envelope.sequence());
                case DocumentType.PROMISE_MADE, DocumentType.PROMISE_PAYMENT, DocumentType.PROMISE_CHANGED -> {
                    if (envelope.type().equals(DocumentType.PROMISE_PAYMENT))
                        cash.deposit(session, json.readValue(document.body(), PromisePaymentBody.class));
                    if (envelope.type().equals(DocumentType.PROMISE_CHANGED))
                        cash.depositBack(session, json.readValue(document.body(), PromiseChangedBody.class));
                    new PromiseLedger(json).replay(session, envelope.type(), document.body(), envelope.sequence());
                    if (envelope.type().equals(DocumentType.PROMISE_MADE)) {
                        PromiseMadeBody made = json.readValue(document.body(), PromiseMadeBody.class);
                        session.update("""
                                update ticket
                                set dropped_at = ?
                                where id = ? and finished_at is null and dropped_at is null and promise_id is null
                                """, made.at(), made.ticket());
                    }
                }
                case DocumentType.STOCK_RECEIPT,
                        DocumentType.STOCK_TRANSFER_OUT,
                        DocumentType.STOCK_TRANSFER_IN,
                        DocumentType.STOCK_COUNT,
                        DocumentType.STOCK_ADJUSTMENT ->
                    new StockRows(json).replay(session, document.body(), envelope.sequence());
                case DocumentType.STOCK_LEASE ->
                    LeaseSteps.insert(
                            session, json, json.readValue(document.body(), LeaseBody.class), envelope.sequence());
                default -> cashSession(session, json.readValue(document.body(), CashSessionOpenedBody.class));
            }
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
        if (session.exists("select 1 from cash_session where id = ?", body.id())) return;
        SqliteCashDesk.insert(
                session,
                new CashSession(
                        body.id(),
                        new RegisterId(body.register()),
                        new UserId(body.openedBy()),
                        body.openedByName(),
                        body.openedAt(),
                        new Money(body.openingFloat(), Currency.getInstance(body.currency())),
                        new UserId(body.openedBy()),
                        body.openedByName(),
                        null,
                        taken ? body.openedAt() : null));
    }

    private void sale(Session session, Document document) throws SQLException {
        Sale sale = json.readValue(document.body(), SaleBody.class).toSale();
        // The ticket that it came from may have been read as it was before: it is in nobody's hand any more.
        session.update("""
                update ticket
                set finished_at = ?
                where id = ? and finished_at is null
                """, sale.soldAt(), sale.id());
        if (session.exists(
                "select 1 from sale where id <> ? and ((folio_prefix = ? and folio_number = ?) or invoice_code = ?)",
                sale.id(),
                sale.folio().prefix(),
                sale.folio().number(),
                sale.invoiceCode().value()))
            throw new IllegalArgumentException("folio " + sale.folio().text() + " stands for another sale here");
        boolean known = session.exists("select 1 from sale where id = ?", sale.id())
                || session.exists("select 1 from cash_journal where cause = ?", sale.id());
        if (!known) {
            deleteParts(session, sale);
            saleRows.insert(session, sale, NO_REQUEST, document.sequence());
            StockLedger.replaySale(session, sale, moved(document));
            // Its receipt was printed in its time, or never will be; who wants one asks for a reprint.
            session.update("""
                    update print_job
                    set given_up_at = ?
                    where sale_id = ? and printed_at is null
                    """, sale.soldAt(), sale.id());
            return;
        }
        complete(session, sale, document.sequence());
        AccountLedger.sale(session, sale, document.sequence());
        PromiseLedger.sale(session, sale, document.sequence());
        StockLedger.replaySale(session, sale, moved(document));
    }

    private List<SaleStockBody.Moved> moved(Document document) {
        return json.readValue(document.body(), SaleStockBody.class).moved();
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
        SaleRows.boughtBy(session, sale);
        deleteParts(session, sale);
        SaleRows.insertParts(session, sale);
    }

    /** By their own ids too: a damaged row may name another sale. */
    private static void deleteParts(Session session, Sale sale) throws SQLException {
        session.update("delete from sale_line where sale_id = ?", sale.id());
        session.update("delete from sale_tender where sale_id = ?", sale.id());
        session.update("delete from stock_movement where cause = ?", sale.id());
        for (SaleLine line : sale.lines()) {
            session.update("delete from sale_line where id = ?", line.id());
            session.update("delete from stock_movement where id = ?", line.id());
        }
        for (Tender tender : sale.tenders()) session.update("delete from sale_tender where id = ?", tender.id());
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
        CustomerReplay.dropApplied(session, last);
        session.update(
                "delete from sale_line where sale_id in (select id from sale where document_sequence > ?)", last);
        session.update(
                "delete from sale_tender where sale_id in (select id from sale where document_sequence > ?)", last);
        session.update(
                "delete from core_owed where sale_id in (select id from sale where document_sequence > ?)", last);
        session.update(
                "delete from core_taken where sale_id in (select id from sale where document_sequence > ?)", last);
        session.update(
                "delete from core_given_line where given_id in (select id from core_given where document_sequence > ?)",
                last);
        session.update(
                "delete from sale_serial where sale_id in (select id from sale where document_sequence > ?)", last);
        session.update(
                "delete from stock_movement where cause in (select id from sale where document_sequence > ?)", last);
        session.update(
                "delete from stock_movement where cause in (select id from stock_document where document_sequence > ?)",
                last);
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
                set next_folio = ? + max(next_folio, coalesce((select max(folio_number) + 1 from sale where folio_prefix = register.prefix), 1)),
                    next_quote = next_quote + ?,
                    next_layaway = next_layaway + ?,
                    next_order = next_order + ?,
                    next_deposit = next_deposit + ?
                """, folioJump, folioJump, folioJump, folioJump, folioJump);
    }

    public static void balances(Session session) throws SQLException {
        CustomerReplay.addUp(session);
        PromiseLedger.addUp(session);
        StockLedger.addUp(session);
    }
}
