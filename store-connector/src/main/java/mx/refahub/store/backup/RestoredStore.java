package mx.refahub.store.backup;

import java.time.Clock;
import java.util.Optional;
import mx.refahub.domain.Refusal;
import mx.refahub.store.sqlite.SqliteFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this file was put together from a backup and may lack documents that the hub has: then nothing is sold until the hub has said how far it is. A document written
 * before that could bear a number that the hub knows already, which the hub takes for a copied disk.
 */
public final class RestoredStore {
    private static final Logger LOG = LoggerFactory.getLogger(RestoredStore.class);

    private final SqliteFile sales;
    private final Clock clock;
    private volatile @Nullable Long waitingAt;
    private volatile @Nullable Long hubAt;

    public RestoredStore(SqliteFile sales, Clock clock) {
        this.sales = sales;
        this.clock = clock;
        this.waitingAt = sales.read(session -> session.first("""
                select last_sequence
                from restoration
                where confirmed_at is null
                order by id desc
                limit 1
                """, row -> row.number("last_sequence")))
                .orElse(null);
    }

    /** {@code store-restored} until the hub has answered, {@code store-behind-hub} when it holds more than this file. */
    public Optional<Refusal> refusal() {
        Long last = waitingAt;
        if (last == null) return Optional.empty();
        Long hub = hubAt;
        return Optional.of(
                hub == null
                        ? Refusal.of("store-restored")
                        : Refusal.of("store-behind-hub", Long.toString(hub), Long.toString(last)));
    }

    /** The hub has granted a new life, in which no number of this file can clash. */
    public void mended() {
        waitingAt = null;
        hubAt = null;
    }

    /** @param landed sequence up to which the hub has this store's documents */
    public void hubHas(long landed) {
        Long last = waitingAt;
        if (last == null) return;
        if (landed > last) {
            if (hubAt == null)
                LOG.error("restored database is behind the hub here={} hub={}, nothing is sold", last, landed);
            hubAt = landed;
            return;
        }
        sales.change(session -> session.update("""
                update restoration
                set confirmed_at = ?
                where confirmed_at is null
                """, clock.instant()));
        waitingAt = null;
        LOG.info("restored database confirmed by the hub here={} hub={}", last, landed);
    }
}
