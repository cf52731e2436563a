package mx.refahub.hub.access;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import mx.refahub.domain.document.Sha256;
import mx.refahub.hub.access.AuditChainTable.ActRow;
import mx.refahub.hub.access.AuditChainTable.LinkRow;
import mx.refahub.hub.access.AuditChainTable.LinkedRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The audit trail as a chain. Acts are linked a few seconds after they were written, by one linker, so that no act waits for another; from then on a row that is changed or taken out shows. The whole chain
 * is looked through once after each start.
 */
final class AuditChain implements AutoCloseable, MeterBinder {
    private static final Logger LOG = LoggerFactory.getLogger(AuditChain.class);
    private static final int PAGE = 500;
    private static final long EVERY_SECONDS = 10;

    private final AuditChainTable table;
    private final TransactionTemplate transaction;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("audit chain").factory());
    private volatile boolean broken;
    private boolean looked;

    AuditChain(AuditChainTable table, TransactionTemplate transaction) {
        this.table = table;
        this.transaction = transaction;
    }

    void start() {
        var unused = thread.scheduleWithFixedDelay(this::run, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void run() {
        try {
            if (!looked) {
                OptionalLong flaw = flaw();
                looked = true;
                broken = flaw.isPresent();
                if (broken) LOG.error("the audit trail was changed link={}", flaw.getAsLong());
            }
            seal();
        } catch (RuntimeException e) {
            LOG.debug("the audit trail was not linked, next try in {} s", EVERY_SECONDS, e);
        }
    }

    /** Links what is not linked yet. */
    void seal() {
        boolean more = true;
        while (more) more = Boolean.TRUE.equals(transaction.execute(status -> sealPage()));
    }

    private boolean sealPage() {
        String unused = table.lock();
        LinkRow last = table.last().orElse(new LinkRow(0, Sha256.NONE.bytes()));
        List<ActRow> acts = table.unlinked(PAGE);
        long link = last.link();
        byte[] hash = last.hash();
        for (ActRow act : acts) {
            hash = hash(hash, ++link, act.id(), act.at(), act.who(), act.act(), act.subject());
            if (table.link(act.id(), link, hash) != 1) throw new IllegalStateException("an act vanished " + act.id());
        }
        return acts.size() == PAGE;
    }

    /** The first link that does not follow from the one before; empty if the chain is whole. */
    OptionalLong flaw() {
        long at = 0;
        byte[] hash = Sha256.NONE.bytes();
        while (true) {
            List<LinkedRow> page = table.after(at, PAGE);
            for (LinkedRow row : page) {
                byte[] expected = hash(hash, at + 1, row.id(), row.at(), row.who(), row.act(), row.subject());
                if (row.link() != at + 1 || !MessageDigest.isEqual(expected, row.hash()))
                    return OptionalLong.of(row.link());
                at = row.link();
                hash = row.hash();
            }
            if (page.size() < PAGE) return OptionalLong.empty();
        }
    }

    private static byte[] hash(
            byte[] previous, long link, UUID id, Instant at, String who, String act, String subject) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(previous);
            for (String part : List.of(String.valueOf(link), id.toString(), at.toString(), who, act, subject)) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                digest.update(bytes);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge unused = Gauge.builder("refahub.audit.broken", this, chain -> chain.broken ? 1 : 0)
                .description("whether the audit trail was changed")
                .register(meters);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
