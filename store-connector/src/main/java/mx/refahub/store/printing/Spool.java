package mx.refahub.store.printing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import mx.refahub.domain.Failpoint;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.store.StoreStatus.PrinterState;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.branch.BranchSettings;
import mx.refahub.store.sqlite.SqliteFile;
import mx.refahub.store.status.StatusBoard;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prints what sales have queued, in order, on a thread of its own. A job is marked started before its first byte goes out; one that was started and not
 * known to be finished is printed again with a mark and without the drawer, so that there is never more than one unmarked ticket and the drawer never opens
 * by itself.
 */
public final class Spool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
    private static final Duration IDLE = Duration.ofMinutes(5);

    private final SqliteFile sales;
    private final BranchSettings branches;
    private final Function<UUID, Optional<Sale>> saleOf;
    private final PrinterSettings profile;
    private final NetworkPrinter printer;
    private final StatusBoard status;
    private final Clock clock;
    private final Semaphore queued = new Semaphore(0);
    private final Thread printing;

    /** @param simulator takes the jobs when no printer is configured */
    public Spool(
            SqliteFile sales,
            BranchSettings branches,
            Function<UUID, Optional<Sale>> saleOf,
            PrinterSettings profile,
            PaperSimulator simulator,
            StatusBoard status,
            Clock clock) {
        this.sales = sales;
        this.branches = branches;
        this.saleOf = saleOf;
        this.profile = profile;
        this.status = status;
        this.clock = clock;
        String host = profile.host();
        this.printer = new NetworkPrinter(
                () -> host == null ? simulator.address() : new InetSocketAddress(host, profile.port()),
                profile.connectTimeout(),
                profile.writeTimeout());
        status.printer(well());
        this.printing = Thread.ofPlatform().daemon().name("printing").unstarted(this::print);
    }

    public void start() {
        printing.start();
    }

    /** Something was queued. Returns at once. */
    public void wake() {
        if (queued.availablePermits() == 0) queued.release();
    }

    private record Job(
            UUID id,
            UUID sale,
            boolean reprint,
            boolean kickDrawer,
            boolean startedBefore,
            @Nullable String slip) {
        boolean marked() {
            return reprint || startedBefore;
        }
    }

    private void print() {
        Duration pause = FIRST_PAUSE;
        try {
            while (true) {
                Outcome outcome = printNext();
                switch (outcome) {
                    case PRINTED -> pause = FIRST_PAUSE;
                    case NOTHING -> {
                        if (queued.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS)) queued.drainPermits();
                    }
                    case FAILED -> {
                        Thread.sleep(pause);
                        Duration doubled = pause.multipliedBy(2);
                        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private enum Outcome {
        NOTHING,
        PRINTED,
        FAILED
    }

    private Outcome printNext() {
        try {
            Branch branch = branches.current().orElse(null);
            Job job = next().orElse(null);
            if (branch == null || job == null) return Outcome.NOTHING;
            byte[] bytes = laidOut(job, branch);
            if (bytes == null) return Outcome.PRINTED;
            return send(job, bytes);
        } catch (RuntimeException e) {
            LOG.error("spool failed", e);
            return Outcome.FAILED;
        }
    }

    private Optional<Job> next() {
        return sales.read(session -> session.first(
                """
                select id, sale_id, reprint, kick_drawer, started_at, slip
                from print_job
                where printed_at is null and given_up_at is null
                order by rowid
                limit 1
                """,
                row -> new Job(
                        row.id("id"),
                        row.id("sale_id"),
                        row.flag("reprint"),
                        row.flag("kick_drawer"),
                        !row.isNull("started_at"),
                        row.textOrNull("slip"))));
    }

    private byte @Nullable [] laidOut(Job job, Branch branch) {
        try {
            if (job.slip() != null)
                return Slip.of(job.slip()).bytes(profile, job.marked(), job.kickDrawer() && !job.marked());
            Sale sale = saleOf.apply(job.sale())
                    .orElseThrow(() -> new IllegalStateException("sale " + job.sale() + " is not there"));
            return Receipt.of(sale, branch, profile, job.marked(), job.kickDrawer() && !job.marked());
        } catch (RuntimeException e) {
            LOG.error("receipt cannot be laid out job={} sale={}", job.id(), job.sale(), e);
            sales.change(session -> session.updateOne("""
                    update print_job
                    set given_up_at = ?, failure = ?
                    where id = ?
                    """, clock.instant(), String.valueOf(e.getMessage()), job.id()));
            return null;
        }
    }

    private Outcome send(Job job, byte[] bytes) {
        try (NetworkPrinter.Connection connection = printer.connect()) {
            sales.change(session -> session.updateOne("""
                    update print_job
                    set started_at = ?, tries = tries + 1
                    where id = ?
                    """, clock.instant(), job.id()));
            connection.print(bytes);
            Failpoint.C3_PRINTING.pass();
        } catch (IOException e) {
            failed(job, e);
            return Outcome.FAILED;
        }
        sales.change(session -> session.updateOne("""
                update print_job
                set printed_at = ?, failed_at = null, failure = null
                where id = ?
                """, clock.instant(), job.id()));
        status.printer(well());
        LOG.info(
                "receipt printed sale={} marked={} drawer={}",
                job.sale(),
                job.marked(),
                job.kickDrawer() && !job.marked());
        return Outcome.PRINTED;
    }

    private void failed(Job job, IOException e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        sales.change(session -> session.updateOne("""
                update print_job
                set failed_at = ?, failure = ?
                where id = ?
                """, clock.instant(), reason, job.id()));
        if (status.now().printer() != PrinterState.FAILING)
            LOG.warn("printer does not take the receipt, it waits sale={} reason={}", job.sale(), reason);
        status.printer(PrinterState.FAILING);
    }

    private PrinterState well() {
        return profile.simulated() ? PrinterState.SIMULATED : PrinterState.READY;
    }

    @Override
    public void close() {
        printing.interrupt();
        try {
            printing.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        printer.close();
    }
}
