package mx.refahub.store.stock;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.stock.StockMovement;
import mx.refahub.domain.wire.StockBody;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.Session;
import tools.jackson.databind.json.JsonMapper;

/** Documents of stock in sales.db, read back out of what was sent. */
public final class StockRows {
    private static final String NO_ACT = "";

    private final JsonMapper json;

    public StockRows(JsonMapper json) {
        this.json = json;
    }

    record Stored(StockBody body, String actHash) {}

    Optional<Stored> stored(Session session, UUID id) throws SQLException {
        return session.first("""
                select body, act_hash
                from stock_document
                where id = ?
                """, row -> new Stored(body(row), row.text("act_hash")), id);
    }

    List<StockBody> latest(Session session, StockMovement.Kind kind, int limit) throws SQLException {
        return session.all("""
                select body
                from stock_document
                where kind = ?
                order by at desc, id desc
                limit ?
                """, this::body, kind, limit);
    }

    boolean tookIn(Session session, String number) throws SQLException {
        return session.exists("""
                select 1
                from stock_document
                where number = ? and kind = 'TRANSFER_IN'
                """, number);
    }

    private StockBody body(Row row) throws SQLException {
        return json.readValue(row.bytes("body"), StockBody.class);
    }

    /** The document and what it says of transfers; not its movements. */
    void insert(Session session, StockBody body, String actHash, long documentSequence) throws SQLException {
        session.updateOne(
                """
                insert into stock_document (id, kind, number, at, by_name, act_hash, body, document_sequence)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                body.id(),
                body.kind(),
                body.number(),
                body.at(),
                body.byName(),
                actHash,
                json.writeValueAsBytes(body),
                documentSequence);
        transferLines(session, body);
        orderLines(session, body);
    }

    private static void orderLines(Session session, StockBody body) throws SQLException {
        StockBody.OrderBody order = body.order();
        if (order == null) return;
        if (order.invoice() != null) session.update("""
                    insert into purchase_invoice_received (invoice_id)
                    values (?)
                    on conflict do nothing
                    """, order.invoice());
        if (order.id() == null) return;
        for (StockBody.LineBody line : body.lines()) session.updateOne("""
                    insert into purchase_received (order_id, part_id, received)
                    values (?, ?, ?)
                    on conflict (order_id, part_id) do update set received = received + excluded.received
                    """, order.id(), line.part(), line.quantity());
    }

    private static void transferLines(Session session, StockBody body) throws SQLException {
        boolean out = body.kind().equals(StockMovement.Kind.TRANSFER_OUT.name());
        if (!out && !body.kind().equals(StockMovement.Kind.TRANSFER_IN.name())) return;
        for (StockBody.LineBody line : body.lines())
            session.updateOne(
                    """
                    insert into transfer_line (number, part_id, sent, sent_value, arrived)
                    values (?, ?, ?, ?, ?)
                    on conflict (number, part_id) do update
                    set sent = sent + excluded.sent, sent_value = sent_value + excluded.sent_value, arrived = arrived + excluded.arrived
                    """,
                    body.number(),
                    line.part(),
                    out ? -line.quantity() : 0,
                    out ? -line.value() : 0,
                    out ? 0 : line.quantity() + line.lost());
    }

    /** A salvaged document with its movements; what the books hold already stays. The sums are made anew afterwards. */
    public void replay(Session session, byte[] bytes, long documentSequence) throws SQLException {
        StockBody body = json.readValue(bytes, StockBody.class);
        if (session.exists("select 1 from stock_document where id = ?", body.id())) {
            session.update("""
                    update stock_document
                    set document_sequence = ?
                    where id = ?
                    """, documentSequence, body.id());
        } else {
            insert(session, body, NO_ACT, documentSequence);
        }
        for (StockBody.LineBody line : body.lines()) {
            if (line.quantity() == 0) continue;
            session.update("delete from stock_movement where id = ?", line.id());
            StockLedger.insert(
                    session,
                    line.id(),
                    new PartId(line.part()),
                    StockMovement.Kind.valueOf(body.kind()),
                    line.quantity(),
                    body.id(),
                    body.at(),
                    new StockLedger.Moved(line.bin(), line.value(), line.variance()));
        }
    }

    static String type(StockMovement.Kind kind) {
        return switch (kind) {
            case RECEIPT -> DocumentType.STOCK_RECEIPT;
            case TRANSFER_OUT -> DocumentType.STOCK_TRANSFER_OUT;
            case TRANSFER_IN -> DocumentType.STOCK_TRANSFER_IN;
            case COUNT -> DocumentType.STOCK_COUNT;
            case ADJUSTMENT -> DocumentType.STOCK_ADJUSTMENT;
            case OPENING, SALE, RETURN, MERGED ->
                throw new IllegalArgumentException(kind + " has no document of its own");
        };
    }
}
