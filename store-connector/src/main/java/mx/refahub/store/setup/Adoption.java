package mx.refahub.store.setup;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.Failure;
import mx.refahub.domain.delivery.Succession;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.wire.StoreTaken;
import mx.refahub.store.backup.Replay;
import mx.refahub.store.backup.Salvage;
import mx.refahub.store.hublink.HubHttp;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.outbox.OutboxWriter;
import mx.refahub.store.sale.SaleRows;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * What another machine of this store wrote in an epoch that is over and never delivered, out of its disk: sealed anew at the end of this machine's chain, with the same id and text, and put into the
 * books. The hub says of each whether it has it and whether the key of its epoch signed it, so that nothing counts twice and nothing is made up. Repeating it changes nothing.
 */
public final class Adoption {
    private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);
    private static final int PAGE = 200;

    private final SqliteFile sales;
    private final Identities identities;
    private final HubHttp hub;
    private final OutboxWriter outbox;
    private final SaleRows saleRows;
    private final JsonMapper json;

    public Adoption(
            SqliteFile sales,
            Identities identities,
            HubHttp hub,
            OutboxWriter outbox,
            SaleRows saleRows,
            JsonMapper json) {
        this.sales = sales;
        this.identities = identities;
        this.hub = hub;
        this.outbox = outbox;
        this.saleRows = saleRows;
        this.json = json;
    }

    /**
     * @param adopted delivered from here from now on
     * @param known at the hub or here already
     * @param rejected not signed by the key of their epoch, or of another store
     * @param onlyDelivered of the adopted, by type, whose figures could not be put into the books
     */
    public record Adopted(long adopted, long known, long rejected, Map<String, Integer> onlyDelivered) {}

    /** @throws Failure {@code RETRYABLE} if the hub does not answer, {@code REJECTED} if this machine is no store */
    public Adopted from(Path salvaged) {
        Identity identity =
                identities.current().orElseThrow(() -> Failure.rejected("este equipo todavía no es una tienda"));
        long known = 0;
        long rejected = 0;
        List<Document> fresh = new ArrayList<>();
        try (Salvage salvage = Salvage.open(salvaged)) {
            int offset = 0;
            for (List<Document> page; !(page = salvage.page(offset, PAGE)).isEmpty(); offset += page.size()) {
                List<Document> asked = new ArrayList<>();
                for (Document document : page) {
                    if (!document.envelope().store().equals(identity.store())) rejected++;
                    else if (isHere(document)) known++;
                    else asked.add(document);
                }
                if (asked.isEmpty()) continue;
                Map<UUID, StoreTaken.Word> said = ask(identity, asked);
                for (Document document : asked) {
                    switch (said.getOrDefault(document.id(), StoreTaken.Word.FALSE)) {
                        case KNOWN -> known++;
                        case FALSE -> rejected++;
                        case FRESH -> fresh.add(document);
                    }
                }
            }
        }
        Replay replay = new Replay(saleRows, json);
        long adopted = sales.write(session -> {
            session.update("pragma defer_foreign_keys = on");
            long n = 0;
            for (Document document : fresh) if (adopt(session, identity, document, replay)) n++;
            if (n > 0) Replay.balances(session);
            return n;
        });
        LOG.warn(
                "documents of another machine of this store adopted adopted={} known={} rejected={}",
                adopted,
                known,
                rejected);
        return new Adopted(adopted, known, rejected, replay.onlyDelivered());
    }

    private boolean isHere(Document document) {
        return sales.read(session -> session.exists("select 1 from outbox where id = ?", document.id()));
    }

    private Map<UUID, StoreTaken.Word> ask(Identity identity, List<Document> documents) {
        try {
            StoreTaken.KnownAnswer answer = hub.ask(
                    identity,
                    "/api/hubs/lives/known",
                    new StoreTaken.KnownCall(documents.stream()
                            .map(one -> new StoreTaken.Written(
                                    one.id(),
                                    one.envelope().epoch(),
                                    Base64.getEncoder()
                                            .encodeToString(one.hash().bytes()),
                                    Base64.getEncoder().encodeToString(one.signature())))
                            .toList()),
                    StoreTaken.KnownAnswer.class);
            return new HashMap<>(answer.words());
        } catch (IOException e) {
            throw Failure.retryable("el hub no contesta: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.retryable("interrumpido", e);
        }
    }

    private boolean adopt(Session session, Identity identity, Document document, Replay replay) throws SQLException {
        if (session.exists("select 1 from outbox where id = ?", document.id())) return false;
        OutboxWriter.Slot slot = outbox.next(session);
        replay.append(
                session,
                Succession.sealed(
                        document, identity.epoch(), slot.sequence(), slot.previousHash(), identity.key()::sign));
        return true;
    }
}
