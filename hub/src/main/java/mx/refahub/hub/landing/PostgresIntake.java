package mx.refahub.hub.landing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import mx.refahub.domain.Failpoint;
import mx.refahub.domain.Failure;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.delivery.Acknowledgement;
import mx.refahub.domain.delivery.DownMessage;
import mx.refahub.domain.delivery.GapRequest;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Landing;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Frame;
import mx.refahub.domain.document.FrameCodec;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.store.StoreId;
import mx.refahub.hub.landing.LandingTable.LandingRow;
import mx.refahub.hub.landing.LandingTable.ReminderRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** {@link Landing} over PostgreSQL: the store's row locked, what the machine decides written, one commit. */
final class PostgresIntake implements Intake {
    /** A store that has heard nothing for this long is told again where it stands. */
    static final Duration REMIND_AFTER = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(PostgresIntake.class);
    private final LandingTable table;
    private final IdSource ids;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final Counter landedCounter;
    private final Counter duplicateCounter;
    private final Counter asideCounter;
    private final Map<StoreId, Instant> toldAt = new ConcurrentHashMap<>();

    PostgresIntake(
            LandingTable table, IdSource ids, Clock clock, TransactionTemplate transaction, MeterRegistry meters) {
        this.table = table;
        this.ids = ids;
        this.clock = clock;
        this.transaction = transaction;
        this.landedCounter = meters.counter("refahub.documents.landed");
        this.duplicateCounter = meters.counter("refahub.documents.duplicate");
        this.asideCounter = meters.counter("refahub.documents.aside");
    }

    @Override
    public Receipt land(StoreId sender, Frame frame) {
        Instant now = clock.instant();
        Landing.Result result = retryable(
                "landing a frame of store " + sender,
                () -> transaction.execute(status -> {
                    Landing.Result landed = inTransaction(sender, frame, now);
                    Failpoint.C11_INTAKE_DATABASE_OPEN.pass();
                    return landed;
                }));
        return told(sender, result, now);
    }

    private Landing.Result inTransaction(StoreId sender, Frame frame, Instant now) {
        LandingRow row = table.lock(sender.value())
                .orElseThrow(() -> Failure.rejected("store " + sender + " is not registered here"));
        Landing landing = new Landing(
                sender,
                row.epoch(),
                row.hubEpoch(),
                row.landed(),
                Sha256.of(row.hash()),
                row.freeze(),
                row.gapAskedAt());
        PublicKey key = key(row);
        Map<Long, Sha256> known = known(landing, frame);
        Map<Long, Document> waiting = waiting(landing);
        Landing.Result result =
                landing.land(sender, frame.documents(), known, waiting, document -> document.isAuthentic(key), now);
        result = withoutReusedIds(landing, result);
        write(result, !waiting.isEmpty(), now);
        return result;
    }

    private Map<Long, Sha256> known(Landing landing, Frame frame) {
        if (frame.first() > landing.landed()) return Map.of();
        Map<Long, Sha256> known = new HashMap<>();
        table.hashes(landing.store().value(), landing.epoch(), frame.first(), Math.min(frame.last(), landing.landed()))
                .forEach(row -> known.put(row.sequence(), Sha256.of(row.hash())));
        return known;
    }

    private Map<Long, Document> waiting(Landing landing) {
        Map<Long, Document> waiting = new HashMap<>();
        table.waiting(landing.store().value(), landing.epoch())
                .forEach(row -> waiting.put(
                        row.sequence(),
                        FrameCodec.decode(row.frame()).documents().getFirst()));
        return waiting;
    }

    /**
     * An id stands for one document for ever. One that comes again under another sequence breaks that, and the machine, which looks at sequences,
     * cannot know: everything before it is stored and the store is frozen as for a fork.
     */
    private Landing.Result withoutReusedIds(Landing before, Landing.Result result) {
        if (result.store().isEmpty()) return result;
        Set<UUID> used = new HashSet<>(
                table.known(result.store().stream().map(Document::id).toArray(UUID[]::new)));
        List<Document> good = new ArrayList<>();
        for (Document document : result.store()) {
            if (!used.add(document.id())) return frozenAt(before, result, good, document);
            good.add(document);
        }
        return result;
    }

    private static Landing.Result frozenAt(
            Landing before, Landing.Result result, List<Document> good, Document reused) {
        Landing next = new Landing(
                before.store(),
                before.epoch(),
                before.hubEpoch(),
                good.isEmpty() ? before.landed() : good.getLast().sequence(),
                good.isEmpty() ? before.hash() : good.getLast().hash(),
                new Landing.Freeze(Landing.Freeze.Cause.ID_REUSED, reused.sequence()),
                null);
        List<Landing.PutAside> aside = new ArrayList<>(result.aside());
        result.store().stream()
                .skip(good.size())
                .forEach(document -> aside.add(new Landing.PutAside(document, Landing.Aside.FORK)));
        return new Landing.Result(
                next, List.copyOf(good), List.of(), result.duplicates(), List.copyOf(aside), Optional.empty());
    }

    private void write(Landing.Result result, boolean waited, Instant now) {
        Landing next = result.next();
        UUID store = next.store().value();
        if (!result.store().isEmpty()) {
            Rows rows = Rows.of(result.store());
            table.insert(store, next.epoch(), rows, now);
            table.queue(store, next.epoch(), rows);
            if (waited) table.release(store, next.epoch(), next.landed());
        }
        if (!result.hold().isEmpty())
            table.hold(
                    store,
                    next.epoch(),
                    result.hold().stream().map(Document::sequence).toArray(Long[]::new),
                    result.hold().stream().map(PostgresIntake::alone).toArray(byte[][]::new),
                    now);
        for (Landing.PutAside aside : result.aside())
            keepAside(store, aside.why().name(), alone(aside.document()), now);
        Landing.Freeze frozen = next.frozen();
        int changed = table.advance(
                store,
                next.landed(),
                next.hash().bytes(),
                frozen == null ? null : frozen.cause(),
                frozen == null ? null : frozen.sequence(),
                next.gapAskedAt(),
                result.duplicates(),
                result.store().size(),
                now);
        if (changed != 1) throw new IllegalStateException("landing row of store " + store + " vanished");
    }

    private Receipt told(StoreId sender, Landing.Result result, Instant now) {
        landedCounter.increment(result.store().size());
        duplicateCounter.increment(result.duplicates());
        asideCounter.increment(result.aside().size());
        result.aside()
                .forEach(aside -> LOG.warn(
                        "document put aside why={} store={} sequence={} document={}",
                        aside.why(),
                        sender,
                        aside.document().sequence(),
                        aside.document().id()));
        if (!result.acknowledges()) {
            LOG.error(
                    "store frozen store={} landed={} reason={}",
                    sender,
                    result.next().landed(),
                    result.next().frozen());
            return new Receipt(result.store().size(), result.duplicates(), List.of());
        }
        LOG.debug(
                "frame landed store={} documents={} duplicates={} landed={}",
                sender,
                result.store().size(),
                result.duplicates(),
                result.next().landed());
        toldAt.put(sender, now);
        List<DownMessage> replies = new ArrayList<>();
        replies.add(result.next().acknowledgement());
        result.gap().ifPresent(gap -> {
            LOG.warn("gap store={} from={}", sender, gap.from());
            replies.add(gap);
        });
        return new Receipt(result.store().size(), result.duplicates(), List.copyOf(replies));
    }

    @Override
    public void putAside(Optional<StoreId> sender, byte[] bytes, String reason) {
        int kept = retryable(
                "putting bytes aside",
                () -> keepAside(sender.map(StoreId::value).orElse(null), reason, bytes, clock.instant()));
        asideCounter.increment(kept);
        LOG.warn("message put aside sender={} bytes={} reason={}", sender.orElse(null), bytes.length, reason);
    }

    private int keepAside(@org.jspecify.annotations.Nullable UUID store, String why, byte[] content, Instant now) {
        return table.putAside(
                ids.next(), store, why, content, Sha256.digest(content).bytes(), now);
    }

    @Override
    public List<DownMessage> reminders() {
        Instant now = clock.instant();
        return retryable("reading where stores stand", () -> {
            List<DownMessage> reminders = new ArrayList<>();
            for (ReminderRow row : table.notFrozen()) remind(row, now, reminders);
            return reminders;
        });
    }

    private void remind(ReminderRow row, Instant now, List<DownMessage> reminders) {
        StoreId store = new StoreId(row.storeId());
        Instant told = toldAt.get(store);
        if (told == null || !now.isBefore(told.plus(REMIND_AFTER))) {
            toldAt.put(store, now);
            reminders.add(new Acknowledgement(store, row.epoch(), row.hubEpoch(), row.landed(), Sha256.of(row.hash())));
        }
        Instant asked = row.gapAskedAt();
        boolean due = asked == null || !now.isBefore(asked.plus(Landing.GAP_INTERVAL));
        // Landed on meanwhile: then the landing itself has said what there is to say.
        if (row.gap() && due && table.askedForGap(row.storeId(), row.landed(), now) == 1)
            reminders.add(new GapRequest(store, row.epoch(), row.hubEpoch(), row.landed() + 1));
    }

    private static byte[] alone(Document document) {
        return FrameCodec.encode(new Frame(0, List.of(document)));
    }

    private static PublicKey key(LandingRow row) {
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(row.publicKey()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the registered key of store " + row.storeId() + " cannot be read", e);
        }
    }

    private interface Act<T> {
        T run();
    }

    /** The database being away is nobody's fault and passes; everything else is what it is. */
    private static <T> T retryable(String what, Act<T> act) {
        try {
            return act.run();
        } catch (TransientDataAccessException
                | RecoverableDataAccessException
                | DataAccessResourceFailureException
                | TransactionException e) {
            throw Failure.retryable(what + ": the database is away", e);
        }
    }
}
