package mx.refahub.store.lostsale;

import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.lostsale.LostSale;
import mx.refahub.domain.lostsale.LostSales;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.wire.LostSaleBody;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.outbox.OutboxWriter;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes of lost sales in sales.db. The act's id is the note's; all of it stands in its document. */
public final class SqliteLostSales implements LostSales {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteLostSales.class);

    private final SqliteFile sales;
    private final Identities identities;
    private final PartCatalogue catalogue;
    private final OutboxWriter outbox;

    public SqliteLostSales(SqliteFile sales, Identities identities, PartCatalogue catalogue, OutboxWriter outbox) {
        this.sales = sales;
        this.identities = identities;
        this.catalogue = catalogue;
        this.outbox = outbox;
    }

    @Override
    public Outcome<LostSale> note(UUID act, LostSale.Asked given, Person who) {
        Identity identity = identities.current().orElse(null);
        if (identity == null) return Outcome.refused("store-not-ready");
        return switch (given.checked()) {
            case Outcome.Refused<LostSale.Asked>(var refusal) -> new Outcome.Refused<>(refusal);
            case Outcome.Done<LostSale.Asked>(LostSale.Asked asked) -> {
                PartId wanted = asked.part();
                PartCard card = wanted == null ? null : catalogue.card(wanted).orElse(null);
                yield wanted != null && card == null
                        ? Outcome.refused("part-unknown")
                        : Outcome.done(keep(identity, act, asked, card == null ? null : card.part(), who));
            }
        };
    }

    private LostSale keep(Identity identity, UUID act, LostSale.Asked asked, @Nullable Part part, Person who) {
        record Kept(Instant at, boolean fresh) {}
        Kept kept = sales.write(session -> {
            Instant there = session.first("""
                    select at
                    from lost_sale
                    where id = ?
                    """, row -> row.instant("at"), act).orElse(null);
            if (there != null) return new Kept(there, false);
            OutboxWriter.Slot slot = outbox.next(session);
            LostSaleBody body = body(identity, sale(act, asked, part, slot.at(), who));
            outbox.append(
                    session,
                    slot,
                    identity,
                    act.toString(),
                    DocumentType.LOST_SALE,
                    DocumentType.LOST_SALE_SCHEMA,
                    body);
            insert(session, body, slot.sequence());
            return new Kept(slot.at(), true);
        });
        if (kept.fresh()) {
            outbox.ring();
            LOG.info("lost sale noted note={} reason={} user={}", act, asked.reason(), who.id());
        }
        return sale(act, asked, part, kept.at(), who);
    }

    private static LostSale sale(UUID id, LostSale.Asked asked, @Nullable Part part, Instant at, Person who) {
        return new LostSale(
                id,
                asked.text(),
                asked.vehicle(),
                part == null ? null : part.id(),
                part == null ? "" : part.lineCode() + " " + part.number() + " " + part.nameEs(),
                asked.quantity(),
                asked.reason(),
                asked.note(),
                at,
                who.id(),
                who.name());
    }

    private static LostSaleBody body(Identity identity, LostSale sale) {
        PartId part = sale.part();
        return new LostSaleBody(
                sale.id(),
                identity.store().value(),
                sale.asked(),
                sale.vehicle(),
                part == null ? null : part.value(),
                sale.partText(),
                sale.quantity().thousandths(),
                sale.reason().name(),
                sale.note(),
                sale.at(),
                sale.by().value(),
                sale.byName());
    }

    /** The row of a document; one that is there already stays. */
    public static void insert(Session session, LostSaleBody body, long documentSequence) throws SQLException {
        session.update(
                """
                insert into lost_sale (id, asked, part_id, reason, quantity, at, noted_by, document_sequence)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """,
                body.id(),
                body.asked(),
                body.part(),
                body.reason(),
                body.quantity(),
                body.at(),
                body.by(),
                documentSequence);
    }
}
