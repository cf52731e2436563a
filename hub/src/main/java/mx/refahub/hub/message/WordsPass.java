package mx.refahub.hub.message;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import mx.refahub.hub.message.WordsTable.BodyRow;
import mx.refahub.hub.message.WordsTable.Position;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes down the words of what has landed, a second behind, or up to two minutes while a backlog is applied. A store's documents land without gaps, so one position for each store says what is done; several
 * hub processes share the work by its lock. What was here before this program is done first of all, in the same way.
 */
public final class WordsPass implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(WordsPass.class);
    private static final int BATCH = 500;
    /** While so many wait to be applied, words wait too: what is sold goes first. */
    private static final int BACKLOG = 1_000;
    /** But no longer than for so many looks, a second apart. */
    private static final int MOST_YIELDS = 120;

    private final WordsTable table;
    private final TransactionTemplate transaction;
    private int yields;
    private @Nullable ScheduledExecutorService thread;

    WordsPass(WordsTable table, TransactionTemplate transaction) {
        this.table = table;
        this.transaction = transaction;
    }

    /** Everything that has landed by now. @return how many documents */
    public int catchUp() {
        table.begin();
        int all = 0;
        for (UUID store : table.behind()) {
            int done;
            do {
                done = step(store);
                all += done;
            } while (done == BATCH);
        }
        return all;
    }

    private int step(UUID store) {
        Integer done = transaction.execute(status -> {
            Position at = table.lock(store).orElse(null);
            if (at == null) return 0;
            List<BodyRow> rows = table.next(store, at.epoch(), at.sequence(), BATCH);
            if (rows.isEmpty()) return 0;
            table.write(
                    rows.stream().map(BodyRow::id).toArray(UUID[]::new),
                    rows.stream()
                            .map(row -> Words.of(new String(row.body(), StandardCharsets.UTF_8)))
                            .toArray(String[]::new));
            table.advance(store, rows.getLast().epoch(), rows.getLast().sequence());
            return rows.size();
        });
        return done == null ? 0 : done;
    }

    private void tick() {
        try {
            if (table.isBacklog(BACKLOG) && yields++ < MOST_YIELDS) return;
            yields = 0;
            catchUp();
        } catch (RuntimeException e) {
            // Tried again in a second; documents land and are applied without it.
            LOG.warn("words of documents were not written reason={}", e.toString());
        }
    }

    @Override
    public void start() {
        ScheduledExecutorService fresh = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("document-words").factory());
        ScheduledFuture<?> unused = fresh.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
        thread = fresh;
    }

    @Override
    public void stop() {
        if (thread != null) thread.close();
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
