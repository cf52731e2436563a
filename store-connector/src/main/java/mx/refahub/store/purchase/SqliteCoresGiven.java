package mx.refahub.store.purchase;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import mx.refahub.domain.Failpoint;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.purchase.CoresGiven;
import mx.refahub.domain.stock.StockDesk;
import mx.refahub.domain.stock.StockLine;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.wire.CoresGivenBody;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.outbox.OutboxWriter;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Old pieces that went to a supplier, in sales.db, each giving with its document in one transaction. */
public final class SqliteCoresGiven implements CoresGiven {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteCoresGiven.class);
    /** Of what was put back from documents nobody knows what was asked: the same act is then taken for what it was. */
    private static final String NO_ACT = "";

    private final SqliteFile sales;
    private final Identities identities;
    private final OutboxWriter outbox;
    private final JsonMapper json;

    public SqliteCoresGiven(SqliteFile sales, Identities identities, OutboxWriter outbox, JsonMapper json) {
        this.sales = sales;
        this.identities = identities;
        this.outbox = outbox;
        this.json = json;
    }

    private record Stored(CoresGivenBody body, String actHash) {}

    private record Acted(Outcome<CoresGivenBody> outcome, boolean fresh) {}

    @Override
    public Outcome<CoresGivenBody> give(Giving giving, Person who) {
        Identity identity = identities.current().orElse(null);
        if (identity == null) return Outcome.refused("store-not-ready");
        if (giving.lines().isEmpty()) return Outcome.refused("stock-no-lines");
        if (giving.lines().size() > StockDesk.MOST_LINES)
            return Outcome.refused("stock-too-many-lines", Integer.toString(StockDesk.MOST_LINES));
        if (giving.supplier().isBlank()) return Outcome.refused("cores-supplier-missing");
        String hash = Sha256.digest(giving.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
        Acted acted = sales.write(session -> {
            Stored there = session.first(
                            """
                            select body, act_hash
                            from core_given
                            where id = ?
                            """,
                            row -> new Stored(
                                    json.readValue(row.bytes("body"), CoresGivenBody.class), row.text("act_hash")),
                            giving.act())
                    .orElse(null);
            if (there != null)
                return new Acted(
                        there.actHash().equals(hash) || there.actHash().equals(NO_ACT)
                                ? Outcome.done(there.body())
                                : Outcome.refused("stock-act-differs"),
                        false);
            OutboxWriter.Slot slot = outbox.next(session);
            CoresGivenBody body = new CoresGivenBody(
                    giving.act(),
                    identity.store().value(),
                    slot.at(),
                    who.id().value(),
                    who.name(),
                    giving.supplier(),
                    giving.reference(),
                    giving.note(),
                    giving.lines().stream().map(SqliteCoresGiven::line).toList());
            outbox.append(
                    session,
                    slot,
                    identity,
                    body.id().toString(),
                    DocumentType.CORES_GIVEN,
                    DocumentType.CORES_GIVEN_SCHEMA,
                    body);
            insert(session, json, body, hash, slot.sequence());
            Failpoint.C1_INSIDE_STORE_TRANSACTION.pass();
            return new Acted(Outcome.done(body), true);
        });
        if (acted.fresh()) {
            Failpoint.C2_COMMITTED_NOT_ANSWERED.pass();
            LOG.info(
                    "cores given document={} lines={} user={}",
                    giving.act(),
                    giving.lines().size(),
                    who.id());
            outbox.ring();
        }
        return acted.outcome();
    }

    private static CoresGivenBody.LineBody line(StockLine line) {
        Part part = line.part();
        return new CoresGivenBody.LineBody(
                line.id(),
                part.id().value(),
                part.lineCode().value(),
                part.number().value(),
                part.nameEs(),
                line.quantity().thousandths());
    }

    private static void insert(Session session, JsonMapper json, CoresGivenBody body, String hash, long sequence)
            throws SQLException {
        session.updateOne("""
                insert into core_given (id, at, supplier, act_hash, body, document_sequence)
                values (?, ?, ?, ?, ?, ?)
                """, body.id(), body.at(), body.supplier(), hash, json.writeValueAsBytes(body), sequence);
        for (CoresGivenBody.LineBody line : body.lines())
            session.updateOne("""
                    insert into core_given_line (id, given_id, part_id, quantity)
                    values (?, ?, ?, ?)
                    """, line.id(), body.id(), line.part(), line.quantity());
    }

    /** A salvaged document; what the books hold already stays. */
    public static void replay(Session session, JsonMapper json, byte[] bytes, long sequence) throws SQLException {
        CoresGivenBody body = json.readValue(bytes, CoresGivenBody.class);
        if (session.exists("select 1 from core_given where id = ?", body.id()))
            session.update("""
                    update core_given
                    set document_sequence = ?
                    where id = ?
                    """, sequence, body.id());
        else insert(session, json, body, NO_ACT, sequence);
    }

    @Override
    public List<Lying> lying(int limit) {
        return sales.read(session -> session.all(
                """
                select part_id, sum(quantity) as quantity
                from (
                    select part_id, quantity from core_taken
                    union all
                    select part_id, -quantity from core_given_line)
                group by part_id
                having sum(quantity) > 0
                order by sum(quantity) desc, part_id
                limit ?
                """, row -> new Lying(new PartId(row.id("part_id")), new Quantity(row.number("quantity"))), limit));
    }
}
