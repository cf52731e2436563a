package mx.refahub.hub.message;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.document.MoneyDocuments;
import mx.refahub.domain.message.MessageDesk;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.message.MessageTable.AmendmentRow;
import mx.refahub.hub.message.MessageTable.QueuedRow;
import mx.refahub.hub.message.MessageTable.TypeRow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Each act locks the document's row in the queue first, so that two people, and the applier, come one after another. */
final class PostgresMessageDesk implements MessageDesk {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresMessageDesk.class);
    private static final int LONGEST_REASON = 500;
    /** As a frame takes it. */
    private static final int LONGEST_BODY = 256 * 1024;

    private static final int MOST_SHOWN = 500;

    private final MessageTable table;
    private final AuditTrail audit;
    private final IdSource ids;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final JsonMapper json;

    PostgresMessageDesk(
            MessageTable table,
            AuditTrail audit,
            IdSource ids,
            Clock clock,
            TransactionTemplate transaction,
            JsonMapper json) {
        this.table = table;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.transaction = transaction;
        this.json = json;
    }

    @Override
    public Optional<History> history(UUID document) {
        if (!table.knows(document)) return Optional.empty();
        List<Act> acts = table.actsOf(document).stream()
                .map(row -> new Act(row.at(), row.who(), row.act(), row.reason()))
                .toList();
        List<Amendment> amendments = table.amendmentsOf(document).stream()
                .map(PostgresMessageDesk::amendment)
                .toList();
        boolean needsSecond =
                table.typeOf(document).map(MoneyDocuments::touchesMoney).orElse(true);
        return Optional.of(
                new History(acts, amendments, table.acknowledged(document).orElse(null), needsSecond));
    }

    @Override
    public Outcome<UUID> retry(UUID document, Person by) {
        return transaction.execute(status -> {
            Optional<QueuedRow> row = table.lock(document);
            if (row.isEmpty()) return Outcome.refused(table.knows(document) ? "message-not-parked" : "message-unknown");
            if (table.release(document) == 1) note(document, by, "message-retried", "");
            return Outcome.done(document);
        });
    }

    @Override
    public Outcome<Integer> retry(StoreId store, String key, Person by) {
        return transaction.execute(status -> {
            List<UUID> released = table.releaseKey(store.value(), key);
            note(released, by, "message-retried", "");
            return Outcome.done(released.size());
        });
    }

    @Override
    public Outcome<Amendment> edit(UUID amendment, UUID document, String body, String reason, Person by) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST_BODY || !isObject(body)) return Outcome.refused("message-body-unreadable");
        return propose(amendment, document, Kind.EDIT, bytes, reason, by);
    }

    @Override
    public Outcome<Amendment> discard(UUID amendment, UUID document, String reason, Person by) {
        return propose(amendment, document, Kind.DISCARD, null, reason, by);
    }

    private Outcome<Amendment> propose(
            UUID id, UUID document, Kind kind, byte @Nullable [] body, String reason, Person by) {
        String why = clean(reason);
        if (why.isEmpty()) return Outcome.refused("reason-needed");
        return transaction.execute(status -> {
            Optional<QueuedRow> found = table.lock(document);
            Optional<AmendmentRow> before = table.amendment(id);
            if (before.isPresent()) {
                AmendmentRow same = before.get();
                boolean again = same.documentId().equals(document)
                        && same.kind().equals(kind.name())
                        && same.proposedBy().equals(by.id().value());
                return again ? Outcome.done(amendment(same)) : Outcome.refused("message-proposal-open");
            }
            if (found.isEmpty())
                return Outcome.refused(table.knows(document) ? "message-not-parked" : "message-unknown");
            QueuedRow row = found.get();
            boolean canAct = row.parkedAt() != null || (kind == Kind.DISCARD && row.waitingSince() != null);
            if (!canAct) return Outcome.refused("message-not-parked");
            if (body != null && says(body, row.present())) return Outcome.refused("message-unchanged");
            boolean needsSecond = MoneyDocuments.touchesMoney(row.type());
            Instant now = clock.instant();
            int written = table.propose(
                    id,
                    document,
                    kind.name(),
                    why,
                    row.present(),
                    body,
                    needsSecond,
                    now,
                    by.id().value(),
                    by.name());
            if (written == 0) return Outcome.refused("message-proposal-open");
            if (needsSecond) note(document, by, "message-" + name(kind) + "-proposed", why);
            else {
                table.decide(id, now, by.id().value(), by.name(), Verdict.APPROVED.name(), null);
                putInForce(id, document, kind, now);
                note(document, by, "message-" + name(kind), why);
            }
            return Outcome.done(amendment(table.amendment(id).orElseThrow()));
        });
    }

    private void putInForce(UUID amendment, UUID document, Kind kind, Instant now) {
        int changed = switch (kind) {
            case EDIT -> table.releaseAmended(document, amendment);
            case DISCARD -> table.dequeue(document) + table.discarded(document, amendment, now) - 1;
        };
        if (changed != 1)
            throw new IllegalStateException("document " + document + " left the queue while it was locked");
    }

    @Override
    public List<Amendment> waiting(int most) {
        return table.open(Math.clamp(most, 1, MOST_SHOWN)).stream()
                .map(PostgresMessageDesk::amendment)
                .toList();
    }

    @Override
    public Outcome<Amendment> approve(UUID amendment, Person by) {
        return transaction.execute(status -> {
            Optional<AmendmentRow> asked = table.amendment(amendment);
            if (asked.isEmpty()) return Outcome.refused("amendment-unknown");
            Optional<QueuedRow> queued = table.lock(asked.get().documentId());
            AmendmentRow row = table.amendment(amendment).orElseThrow();
            if (row.decidedAt() != null) return decidedAlready(row, Verdict.APPROVED, by);
            if (row.needsSecond() && row.proposedBy().equals(by.id().value()))
                return Outcome.refused("second-person-needed");
            Kind kind = Kind.valueOf(row.kind());
            boolean canAct = queued.isPresent()
                    && (queued.get().parkedAt() != null
                            || (kind == Kind.DISCARD && queued.get().waitingSince() != null));
            if (!canAct) return Outcome.refused("message-not-parked");
            Instant now = clock.instant();
            // A refusal takes no lock on the document.
            if (table.decide(amendment, now, by.id().value(), by.name(), Verdict.APPROVED.name(), null) == 0)
                return Outcome.refused("amendment-decided");
            putInForce(amendment, row.documentId(), kind, now);
            note(row.documentId(), by, "message-" + name(kind) + "-approved", "");
            return Outcome.done(amendment(table.amendment(amendment).orElseThrow()));
        });
    }

    @Override
    public Outcome<Amendment> refuse(UUID amendment, String reason, Person by) {
        String why = clean(reason);
        if (why.isEmpty()) return Outcome.refused("reason-needed");
        return transaction.execute(status -> {
            Optional<AmendmentRow> asked = table.amendment(amendment);
            if (asked.isEmpty()) return Outcome.refused("amendment-unknown");
            int changed =
                    table.decide(amendment, clock.instant(), by.id().value(), by.name(), Verdict.REFUSED.name(), why);
            AmendmentRow row = table.amendment(amendment).orElseThrow();
            if (changed == 0) return decidedAlready(row, Verdict.REFUSED, by);
            note(row.documentId(), by, "message-" + name(Kind.valueOf(row.kind())) + "-refused", why);
            return Outcome.done(amendment(row));
        });
    }

    /** The same person's same word again is answered as before. */
    private static Outcome<Amendment> decidedAlready(AmendmentRow row, Verdict verdict, Person by) {
        boolean again =
                verdict.name().equals(row.verdict()) && Objects.equals(by.id().value(), row.decidedBy());
        return again ? Outcome.done(amendment(row)) : Outcome.refused("amendment-decided");
    }

    @Override
    public Outcome<Count> count(ParkedFilter filter) {
        return transaction.execute(status -> {
            status.setRollbackOnly();
            List<TypeRow> found = parked(filter);
            return Outcome.done(count(found));
        });
    }

    private static Count count(List<TypeRow> found) {
        return new Count(found.size(), (int) found.stream()
                .filter(row -> MoneyDocuments.touchesMoney(row.type()))
                .count());
    }

    private List<TypeRow> parked(ParkedFilter filter) {
        String words = Words.query(filter.text());
        // Nothing, as the list has it: what is no word must not stand for all.
        if (words.isEmpty() && !filter.text().isBlank()) return List.of();
        StoreId store = filter.store();
        return table.parked(
                store == null ? null : store.value(),
                filter.type(),
                filter.key(),
                words,
                filter.from(),
                filter.until(),
                MOST_AT_ONCE + 1);
    }

    @Override
    public Outcome<Batch> bulk(UUID id, BulkAct act, ParkedFilter filter, int expected, String reason, Person by) {
        String why = clean(reason);
        if (why.isEmpty()) return Outcome.refused("reason-needed");
        return transaction.execute(status -> {
            Optional<Batch> before = batch(id);
            if (before.isPresent()) return Outcome.done(before.get());
            List<TypeRow> found = parked(filter);
            if (found.size() > MOST_AT_ONCE) return Outcome.refused("message-too-many", Integer.toString(MOST_AT_ONCE));
            if (found.size() != expected || found.isEmpty())
                return Outcome.refused("message-count-changed", Integer.toString(found.size()));
            UUID[] documents = found.stream().map(TypeRow::id).toArray(UUID[]::new);
            Instant now = clock.instant();
            table.batch(
                    id,
                    act.name(),
                    json.writeValueAsString(filter),
                    why,
                    now,
                    by.id().value(),
                    by.name());
            table.items(id, documents);
            switch (act) {
                case RETRY -> {
                    table.releaseAll(documents);
                    note(List.of(documents), by, "message-retried", why);
                }
                case DISCARD -> {
                    table.proposeDiscards(
                            id,
                            fresh(documents.length),
                            documents,
                            MoneyDocuments.withoutMoney().toArray(String[]::new),
                            why,
                            now,
                            by.id().value(),
                            by.name());
                    note(List.of(documents), by, "message-discard-proposed", why);
                    putAllInForce(id, by, now);
                }
            }
            LOG.info("documents handled in bulk batch={} act={} documents={}", id, act, documents.length);
            return Outcome.done(batch(id).orElseThrow());
        });
    }

    @Override
    public Outcome<Batch> approveBatch(UUID id, Person by) {
        return transaction.execute(status -> {
            Optional<Batch> found = batch(id);
            if (found.isEmpty()) return Outcome.refused("amendment-unknown");
            if (found.get().startedBy().equals(by.id().value())) return Outcome.refused("second-person-needed");
            List<UUID> unused = table.lockOf(id);
            putAllInForce(id, by, clock.instant());
            return Outcome.done(batch(id).orElseThrow());
        });
    }

    private void putAllInForce(UUID batch, Person by, Instant now) {
        UUID[] documents = table.approveAll(batch, now, by.id().value(), by.name()).stream()
                .map(TypeRow::id)
                .toArray(UUID[]::new);
        if (documents.length == 0) return;
        int gone = table.dequeueAll(documents);
        int kept = table.discardedAll(batch, documents, now);
        if (gone != documents.length || kept != documents.length)
            throw new IllegalStateException("documents of batch " + batch + " left the queue while they were locked");
        note(List.of(documents), by, "message-discard-approved", "");
    }

    private Optional<Batch> batch(UUID id) {
        return table.batches(id, 1).stream().map(PostgresMessageDesk::batch).findFirst();
    }

    @Override
    public List<Batch> batches(int most) {
        return table.batches(null, Math.clamp(most, 1, MOST_SHOWN)).stream()
                .map(PostgresMessageDesk::batch)
                .toList();
    }

    @Override
    public List<Aside> asides(@Nullable UUID before, int most) {
        return table.asides(before, Math.clamp(most, 1, MOST_SHOWN)).stream()
                .map(row -> new Aside(
                        row.id(),
                        row.storeName(),
                        cause(row.why()),
                        row.why(),
                        row.receivedAt(),
                        row.bytes(),
                        printable(row.head())))
                .toList();
    }

    /** The landing writes its own names; the intake's desk and the frame's reader write sentences. */
    private static AsideCause cause(String why) {
        return switch (why) {
            case "FORK" -> AsideCause.FORK;
            case "FROZEN" -> AsideCause.FROZEN;
            case "FOREIGN" -> AsideCause.FOREIGN;
            case "WRONG_EPOCH" -> AsideCause.WRONG_EPOCH;
            case "NOT_AUTHENTIC" -> AsideCause.NOT_AUTHENTIC;
            case "sender is not a store" -> AsideCause.NO_STORE;
            default -> AsideCause.NO_FRAME;
        };
    }

    @Override
    public Outcome<UUID> settleAside(UUID aside, String reason, Person by) {
        String why = clean(reason);
        if (why.isEmpty()) return Outcome.refused("reason-needed");
        return transaction.execute(status -> {
            if (table.settleAside(aside, clock.instant(), by.name(), why) == 0)
                return Outcome.refused("message-unknown");
            audit.record(by.id().toString(), "message-aside-settled", aside.toString());
            return Outcome.done(aside);
        });
    }

    private void note(UUID document, Person by, String act, String reason) {
        table.act(ids.next(), document, clock.instant(), by.name(), act, reason);
        audit.record(by.id().toString(), act, document.toString());
        LOG.info("document handled by a person document={} act={} by={}", document, act, by.id());
    }

    /** One line of audit for all. */
    private void note(List<UUID> documents, Person by, String act, String reason) {
        if (documents.isEmpty()) return;
        table.acts(fresh(documents.size()), documents.toArray(UUID[]::new), clock.instant(), by.name(), act, reason);
        audit.record(by.id().toString(), act, documents.getFirst() + " x" + documents.size());
    }

    private UUID[] fresh(int count) {
        return Stream.generate(ids::next).limit(count).toArray(UUID[]::new);
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Empty if it cannot stand. */
    private static String clean(String reason) {
        String why = reason.strip().replaceAll("\\p{Cntrl}", " ");
        return why.length() > LONGEST_REASON ? "" : why;
    }

    /** Whether both say the same, however they are set out. */
    private boolean says(byte[] one, byte[] other) {
        try {
            return Arrays.equals(one, other) || json.readTree(one).equals(json.readTree(other));
        } catch (JacksonException e) {
            return false;
        }
    }

    private boolean isObject(String body) {
        try {
            return json.readTree(body).isObject();
        } catch (JacksonException e) {
            return false;
        }
    }

    private static String printable(byte[] head) {
        return new String(head, StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}\\uFFFD]+", " ");
    }

    private static Amendment amendment(AmendmentRow row) {
        byte[] body = row.body();
        String verdict = row.verdict();
        return new Amendment(
                row.id(),
                row.documentId(),
                row.type(),
                row.storeName(),
                row.batchId(),
                Kind.valueOf(row.kind()),
                row.reason(),
                new String(row.bodyBefore(), StandardCharsets.UTF_8),
                body == null ? null : new String(body, StandardCharsets.UTF_8),
                row.needsSecond(),
                row.proposedAt(),
                row.proposedBy(),
                row.proposedByName(),
                row.decidedAt(),
                row.decidedByName(),
                verdict == null ? null : Verdict.valueOf(verdict),
                row.verdictReason());
    }

    private static Batch batch(MessageTable.BatchRow row) {
        return new Batch(
                row.id(),
                BulkAct.valueOf(row.act()),
                row.reason(),
                row.startedAt(),
                row.startedBy(),
                row.startedByName(),
                row.documents(),
                row.applied(),
                row.discarded(),
                row.parkedAgain(),
                row.waiting(),
                row.toCome());
    }
}
