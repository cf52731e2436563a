package mx.refahub.hub.ledger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import mx.refahub.domain.Failpoint;
import mx.refahub.domain.Failure;
import mx.refahub.domain.FailureKind;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.store.StoreId;
import mx.refahub.hub.ledger.DocumentTable.LandedRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

final class PostgresLedgers implements Ledgers {
    static final int BATCH = 500;
    /** From so many waiting documents on, so many share a transaction; other writers wait for it some tens of milliseconds. */
    private static final int MANY = 20;

    private static final int TOGETHER = 25;
    private static final int MAX_REASON = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(PostgresLedgers.class);

    private final DocumentTable table;
    private final Map<String, Posting> postings;
    private final IdSource ids;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final Counter appliedCounter;
    private final Counter parkedCounter;
    private volatile boolean gateTried;

    PostgresLedgers(
            DocumentTable table,
            Collection<Posting> postings,
            IdSource ids,
            Clock clock,
            TransactionTemplate transaction,
            MeterRegistry meters) {
        this.table = table;
        this.postings = postings.stream().collect(Collectors.toUnmodifiableMap(Posting::type, Function.identity()));
        this.ids = ids;
        this.clock = clock;
        this.transaction = transaction;
        this.appliedCounter = meters.counter("refahub.documents.applied");
        this.parkedCounter = meters.counter("refahub.documents.parked");
    }

    @Override
    public Progress apply() {
        try {
            // Once after each start: this program may be newer than the one that could not read them.
            if (!gateTried) {
                int again = table.tryNewer();
                gateTried = true;
                if (again > 0) LOG.info("documents of newer stores are tried again documents={}", again);
            }
            int woken = table.wake();
            return apply(table.next(BATCH), woken);
        } catch (DataAccessException | TransactionException e) {
            throw passes(e) ? Failure.retryable("applying documents: the database is away", e) : e;
        }
    }

    private Progress apply(List<LandedRow> batch, int woken) {
        Tally tally = new Tally();
        if (batch.size() < MANY) batch.forEach(row -> alone(row, tally));
        else
            for (int from = 0; from < batch.size(); from += TOGETHER)
                together(batch.subList(from, Math.min(batch.size(), from + TOGETHER)), tally);
        appliedCounter.increment(tally.applied);
        parkedCounter.increment(tally.parked);
        if (tally.applied + tally.parked + tally.waiting > 0)
            LOG.info(
                    "documents applied applied={} parked={} waiting={} woken={}",
                    tally.applied,
                    tally.parked,
                    tally.waiting,
                    woken);
        // What was applied may be what another waits for, and a full batch may not have been all.
        return new Progress(
                tally.applied,
                tally.parked,
                tally.waiting,
                tally.applied > 0 || batch.size() == BATCH && tally.parked + tally.waiting > 0);
    }

    private static final class Tally {
        private final Set<Key> blocked = new HashSet<>();
        private int applied;
        private int parked;
        private int waiting;

        boolean lets(LandedRow row) {
            return !blocked.contains(Key.of(row));
        }

        void add(LandedRow row, Done done) {
            switch (done) {
                case APPLIED -> applied++;
                case PARKED -> parked++;
                case WAITS -> waiting++;
                case TAKEN -> {}
            }
            if (done != Done.APPLIED) blocked.add(Key.of(row));
        }
    }

    private void alone(LandedRow row, Tally tally) {
        if (tally.lets(row)) tally.add(row, applyOne(row));
    }

    /** Of a backlog, several share a transaction; if one of them cannot be applied, none was, and each is tried by itself. */
    private void together(List<LandedRow> some, Tally tally) {
        if (some.stream().anyMatch(LandedRow::waits) || !postedTogether(some, tally))
            some.forEach(row -> alone(row, tally));
    }

    private boolean postedTogether(List<LandedRow> some, Tally tally) {
        List<LandedRow> ready = some.stream().filter(tally::lets).toList();
        Instant now = clock.instant();
        Failpoint.C15_LANDED_NOT_APPLIED.pass();
        try {
            Tally theirs = new Tally();
            transaction.executeWithoutResult(status -> {
                table.commitWithoutWaiting();
                for (LandedRow row : ready) if (theirs.lets(row)) theirs.add(row, post(row, now));
            });
            tally.applied += theirs.applied;
            tally.blocked.addAll(theirs.blocked);
            return true;
        } catch (RuntimeException e) {
            if (passes(e)) throw e;
            LOG.debug("documents are applied one by one documents={}", ready.size(), e);
            return false;
        }
    }

    private record Key(UUID store, String key) {
        static Key of(LandedRow row) {
            return new Key(row.storeId(), row.key());
        }
    }

    private enum Done {
        APPLIED,
        PARKED,
        WAITS,
        /** By another applier, or out of our hands. */
        TAKEN
    }

    private Done applyOne(LandedRow row) {
        Instant now = clock.instant();
        if (row.waits() && table.stillWaits(row.id())) {
            table.letWait(row.id(), now);
            LOG.info("document waits document={} type={} store={}", row.id(), row.type(), row.storeId());
            return Done.WAITS;
        }
        Failpoint.C15_LANDED_NOT_APPLIED.pass();
        try {
            return transaction.execute(status -> {
                table.commitWithoutWaiting();
                return post(row, now);
            });
        } catch (RuntimeException e) {
            if (passes(e)) throw e;
            return park(row, e, now);
        }
    }

    /**
     * Its commit need not wait for the disk. A power cut may lose the last ones, and with them these marks: the documents have landed and are then simply applied
     * again. Nothing outside has seen the loss, because a stream is made durable before it is told (StreamWriter).
     */
    private Done post(LandedRow row, Instant now) {
        if (table.claim(row.id(), row.amendmentId()) == 0) return Done.TAKEN;
        List<String> odd = posting(row).post(new Posting.Landed(row.id(), new StoreId(row.storeId()), row.body()));
        for (String what : odd) {
            table.difference(ids.next(), row.id(), what, now);
            LOG.warn("ledger difference document={} store={} what={}", row.id(), row.storeId(), what);
        }
        table.applied(row.id(), now, odd.isEmpty() ? null : String.join("; ", odd), row.amendmentId());
        return Done.APPLIED;
    }

    private Posting posting(LandedRow row) {
        Posting posting = postings.get(row.type());
        if (posting == null)
            throw Failure.rejected("este hub no conoce documentos de tipo '" + row.type()
                    + "': actualízalo; después se intenta otra vez por sí solo");
        if (row.schema() > posting.schema())
            throw Failure.rejected("el esquema " + row.schema() + " de '" + row.type()
                    + "' es más nuevo que este hub: actualiza el hub; después se intenta otra vez por sí solo");
        return posting;
    }

    /** The version gate: nothing is wrong with the document, this hub is too old for it. */
    private boolean isNewer(LandedRow row) {
        Posting posting = postings.get(row.type());
        return posting == null || row.schema() > posting.schema();
    }

    private Done park(LandedRow row, RuntimeException e, Instant now) {
        FailureKind kind = e instanceof DataIntegrityViolationException ? FailureKind.REJECTED : Failure.kindOf(e);
        String reason = switch (kind) {
            case REJECTED ->
                e instanceof Failure
                        ? String.valueOf(e.getMessage())
                        : "la base de datos no admite su contenido: corrígelo o llama a soporte";
            case BUG, RETRYABLE ->
                "falla del hub (" + e.getClass().getSimpleName() + "): reintenta; si sigue, llama a soporte";
        };
        if (kind == FailureKind.REJECTED)
            LOG.warn(
                    "document parked document={} type={} store={} reason={}",
                    row.id(),
                    row.type(),
                    row.storeId(),
                    reason);
        else LOG.error("document parked document={} type={} store={}", row.id(), row.type(), row.storeId(), e);
        int changed = table.park(
                row.id(),
                row.amendmentId(),
                now,
                reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason,
                isNewer(row));
        return changed == 0 ? Done.TAKEN : Done.PARKED;
    }

    /** Failures that are gone when the database is back, as against those that the document would meet every time. */
    private static boolean passes(RuntimeException e) {
        return e instanceof TransientDataAccessException
                || e instanceof RecoverableDataAccessException
                || e instanceof DataAccessResourceFailureException
                || e instanceof TransactionException
                || e instanceof Failure failure && failure.kind() == FailureKind.RETRYABLE;
    }
}
