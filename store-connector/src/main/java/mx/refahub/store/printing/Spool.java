package mx.refahub.store.printing;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import mx.refahub.domain.Failpoint;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceKind;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.sale.ReturnPolicy;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.TicketProof;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.store.StoreStatus.PrinterState;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.branch.BranchSettings;
import mx.refahub.store.label.LabelLayout;
import mx.refahub.store.sqlite.SqliteFile;
import mx.refahub.store.status.StatusBoard;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prints what was queued on disk: receipts, pages, labels. Each register has a lane of its own, in order, on a thread of its own, so that a printer that waits for paper holds up nobody
 * else. A job is marked started before its first byte goes out; one that was started and not known to be finished is printed again with a mark and without the drawer, so that
 * there is never more than one unmarked ticket and the drawer never opens by itself. Where one printer of the group cannot, the next does.
 */
public final class Spool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
    private static final Duration IDLE = Duration.ofMinutes(5);
    /** The lane of the labels; as the statements below name it. */
    private static final String LABELS = "labels";

    private static final Duration LINE_BUSY = Duration.ofSeconds(15);

    private final SqliteFile sales;
    private final BranchSettings branches;
    private final Function<UUID, Optional<Sale>> saleOf;
    private final Function<Sale, Optional<TicketProof>> proofs;
    private final Printers printers;
    private final PrinterTalk talk;
    private final DrawerPulses drawer;
    private final ReceiptLook look;
    private final PageJson json;
    private final StatusBoard status;
    private final IdSource ids;
    private final Clock clock;
    private final Semaphore queued = new Semaphore(0);
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final Thread sorting;

    public Spool(
            SqliteFile sales,
            BranchSettings branches,
            Function<UUID, Optional<Sale>> saleOf,
            Function<Sale, Optional<TicketProof>> proofs,
            Printers printers,
            PrinterTalk talk,
            DrawerPulses drawer,
            ReceiptLook look,
            JsonMapper json,
            StatusBoard status,
            IdSource ids,
            Clock clock) {
        this.sales = sales;
        this.branches = branches;
        this.saleOf = saleOf;
        this.proofs = proofs;
        this.printers = printers;
        this.talk = talk;
        this.drawer = drawer;
        this.look = look;
        this.json = new PageJson(json);
        this.status = status;
        this.ids = ids;
        this.clock = clock;
        this.sorting = Thread.ofPlatform().daemon().name("printing").unstarted(this::sort);
    }

    public void start() {
        status.printer(state());
        sorting.start();
    }

    /** Something was queued, or a printer may work again. Returns at once. */
    public void wake() {
        if (queued.availablePermits() == 0) queued.release();
    }

    /** Pages and receipts that are not printed yet. */
    public int waiting() {
        return sales.read(session -> session.first("""
                select (select count(*) from print_job where printed_at is null and given_up_at is null)
                     + (select count(*) from print_page where printed_at is null and given_up_at is null) as n
                """, row -> row.small("n"))).orElse(0);
    }

    /** Gives every lane that has something to print its thread. */
    private void sort() {
        try {
            while (true) {
                try {
                    for (String lane : busyLanes())
                        lanes.computeIfAbsent(lane, Lane::new).wake();
                } catch (RuntimeException e) {
                    LOG.error("spool cannot be read", e);
                }
                if (queued.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS)) queued.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> busyLanes() {
        return sales.read(session -> session.all("""
                select coalesce(s.register_id, '') as lane
                from print_job j
                left join sale s on s.id = j.sale_id
                where j.printed_at is null and j.given_up_at is null
                union
                select case kind when 'LABEL' then 'labels' else register_id end
                from print_page
                where printed_at is null and given_up_at is null
                """, row -> row.text("lane")));
    }

    private sealed interface Job {
        UUID id();

        boolean startedBefore();

        record Receipt(UUID id, UUID sale, boolean reprint, boolean kickDrawer, boolean startedBefore) implements Job {}

        record Page(UUID id, String kind, String content, int copies, boolean startedBefore) implements Job {}
    }

    private enum Outcome {
        NOTHING,
        PRINTED,
        FAILED
    }

    private final class Lane implements AutoCloseable {
        private final String name;
        private final Semaphore work = new Semaphore(0);
        private final Thread thread;

        Lane(String name) {
            this.name = name;
            this.thread = Thread.ofPlatform().daemon().name("printing " + name).start(this::run);
        }

        void wake() {
            if (work.availablePermits() == 0) work.release();
        }

        private void run() {
            Duration pause = FIRST_PAUSE;
            try {
                while (true) {
                    switch (printNext(name)) {
                        case PRINTED -> pause = FIRST_PAUSE;
                        case NOTHING -> {
                            work.acquire();
                            work.drainPermits();
                        }
                        case FAILED -> {
                            // A printer that came back is told at once; else it is tried ever more slowly.
                            if (work.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) work.drainPermits();
                            Duration doubled = pause.multipliedBy(2);
                            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
                        }
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            thread.interrupt();
            try {
                thread.join(5_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Outcome printNext(String lane) throws InterruptedException {
        try {
            Branch branch = branches.current().orElse(null);
            Job job = next(lane).orElse(null);
            if (branch == null || job == null) return Outcome.NOTHING;
            Layout layout = laidOut(job, branch);
            return layout == null ? Outcome.PRINTED : send(lane, job, layout);
        } catch (RuntimeException e) {
            LOG.error("spool failed", e);
            return Outcome.FAILED;
        }
    }

    private Optional<Job> next(String lane) {
        return sales.read(session -> session.first(
                """
                select source, id, sale_id, kind, content, copies, reprint, kick_drawer, started_at, queued_at
                from (
                    select 0 as source, j.id, j.sale_id, '' as kind, '' as content, 1 as copies,
                        j.reprint, j.kick_drawer, j.started_at, j.queued_at
                    from print_job j
                    left join sale s on s.id = j.sale_id
                    where j.printed_at is null and j.given_up_at is null and coalesce(s.register_id, '') = ?
                    order by j.rowid
                    limit 1
                )
                union all
                select source, id, sale_id, kind, content, copies, reprint, kick_drawer, started_at, queued_at
                from (
                    select 1 as source, id, '' as sale_id, kind, content, copies,
                        0 as reprint, 0 as kick_drawer, started_at, queued_at
                    from print_page
                    where printed_at is null and given_up_at is null
                        and case kind when 'LABEL' then 'labels' else register_id end = ?
                    order by rowid
                    limit 1
                )
                order by queued_at, source
                limit 1
                """,
                row -> row.small("source") == 0
                        ? new Job.Receipt(
                                row.id("id"),
                                row.id("sale_id"),
                                row.flag("reprint"),
                                row.flag("kick_drawer"),
                                !row.isNull("started_at"))
                        : new Job.Page(
                                row.id("id"),
                                row.text("kind"),
                                row.text("content"),
                                row.small("copies"),
                                !row.isNull("started_at")),
                lane,
                lane));
    }

    /** For the printer that takes it: they differ in width and letters. */
    private interface Layout {
        DeviceKind kind();

        Optional<RegisterId> register();

        byte[] bytes(Device device, boolean startedBefore);

        /** The sale whose drawer opens with it. */
        @Nullable
        Sale kicks(Device device, boolean startedBefore);

        String name();
    }

    private @Nullable Layout laidOut(Job job, Branch branch) {
        try {
            Layout layout = switch (job) {
                case Job.Receipt receipt -> receipt(receipt, branch);
                case Job.Page page when page.kind().equals(PrintQueue.LABEL) -> labels(page);
                case Job.Page page -> page(page);
            };
            // Once, to find our own mistakes before a printer is bothered.
            layout.bytes(layout.kind() == DeviceKind.LABEL_PRINTER ? LABEL_ROLL : RECEIPTS, job.startedBefore());
            return layout;
        } catch (RuntimeException e) {
            LOG.error("cannot be laid out job={}", job.id(), e);
            mark(job, """
                    update print_job
                    set given_up_at = ?, failure = ?
                    where id = ?
                    """, """
                    update print_page
                    set given_up_at = ?, failure = ?
                    where id = ?
                    """, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static final Device RECEIPTS = new Device("sample", DeviceKind.RECEIPT_PRINTER, "sample", Map.of());
    private static final Device LABEL_ROLL = new Device("sample", DeviceKind.LABEL_PRINTER, "sample", Map.of());

    private Layout receipt(Job.Receipt job, Branch branch) {
        Sale sale = saleOf.apply(job.sale())
                .orElseThrow(() -> new IllegalStateException("sale " + job.sale() + " is not there"));
        Optional<TicketProof> proof = proofs.apply(sale);
        Map<PartId, ReturnPolicy> policies = look.policies(sale);
        return new Layout() {
            @Override
            public DeviceKind kind() {
                return DeviceKind.RECEIPT_PRINTER;
            }

            @Override
            public Optional<RegisterId> register() {
                return Optional.of(sale.register());
            }

            @Override
            public byte[] bytes(Device device, boolean startedBefore) {
                return Receipt.of(
                        sale,
                        proof,
                        policies,
                        branch,
                        device.printer(),
                        look.logo(device.printer().dots()),
                        job.reprint() || startedBefore,
                        kicks(device, startedBefore) != null);
            }

            @Override
            public @Nullable Sale kicks(Device device, boolean startedBefore) {
                boolean kick = job.kickDrawer()
                        && !job.reprint()
                        && !startedBefore
                        && drawer.opensFor(sale)
                        && PaperWriter.pulse(device.printer()).length > 0;
                return kick ? sale : null;
            }

            @Override
            public String name() {
                return "receipt printed sale=" + sale.id();
            }
        };
    }

    private Layout page(Job.Page job) {
        var printout = json.page(job.content());
        Optional<RegisterId> register = registerOf(job);
        return new Layout() {
            @Override
            public DeviceKind kind() {
                return DeviceKind.RECEIPT_PRINTER;
            }

            @Override
            public Optional<RegisterId> register() {
                return register;
            }

            @Override
            public byte[] bytes(Device device, boolean startedBefore) {
                return Page.of(printout, device.printer(), startedBefore);
            }

            @Override
            public @Nullable Sale kicks(Device device, boolean startedBefore) {
                return null;
            }

            @Override
            public String name() {
                return "page printed page=" + job.id();
            }
        };
    }

    private Optional<RegisterId> registerOf(Job.Page job) {
        return sales.read(session -> session.first("""
                        select register_id
                        from print_page
                        where id = ?
                        """, row -> row.text("register_id"), job.id()))
                .filter(text -> !text.isEmpty())
                .map(text -> new RegisterId(UUID.fromString(text)));
    }

    private Layout labels(Job.Page job) {
        var label = json.label(job.content());
        return new Layout() {
            @Override
            public DeviceKind kind() {
                return DeviceKind.LABEL_PRINTER;
            }

            @Override
            public Optional<RegisterId> register() {
                return Optional.empty();
            }

            /** A label that comes twice does no harm; one with a mark on it would be of no use. */
            @Override
            public byte[] bytes(Device device, boolean startedBefore) {
                return LabelLayout.of(label, device, job.copies());
            }

            @Override
            public @Nullable Sale kicks(Device device, boolean startedBefore) {
                return null;
            }

            @Override
            public String name() {
                return "labels printed job=" + job.id() + " copies=" + job.copies();
            }
        };
    }

    /** On the first printer of the group that does it. What one may have begun, the next prints with the mark. */
    private Outcome send(String lane, Job job, Layout layout) throws InterruptedException {
        boolean startedBefore = job.startedBefore();
        String reason = "no printer is set up";
        for (Device device : printers.group(layout.kind(), layout.register())) {
            Lock line = printers.line(device);
            if (!line.tryLock(LINE_BUSY.toMillis(), TimeUnit.MILLISECONDS)) {
                reason = device.id() + " is busy";
                continue;
            }
            boolean marked = startedBefore;
            boolean[] begun = {false};
            try {
                talk.print(device, () -> {
                    byte[] bytes = layout.bytes(device, marked);
                    started(job, layout.kicks(device, marked), device);
                    begun[0] = true;
                    return bytes;
                });
                Failpoint.C3_PRINTING.pass();
                printed(lane, job, layout, device, marked);
                return Outcome.PRINTED;
            } catch (IOException e) {
                reason = device.id() + ": "
                        + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
            } finally {
                line.unlock();
            }
            startedBefore |= begun[0];
        }
        failed(lane, job, reason);
        return Outcome.FAILED;
    }

    private void started(Job job, @Nullable Sale kicks, Device device) {
        sales.change(session -> {
            session.updateOne(job instanceof Job.Receipt ? """
                    update print_job
                    set started_at = ?, tries = tries + 1
                    where id = ?
                    """ : """
                    update print_page
                    set started_at = ?, tries = tries + 1
                    where id = ?
                    """, clock.instant(), job.id());
            if (kicks != null) drawer.write(session, ids.next(), kicks, device.id());
        });
    }

    private void printed(String lane, Job job, Layout layout, Device device, boolean marked) {
        boolean kicked = layout.kicks(device, marked) != null;
        mark(job, """
                update print_job
                set printed_at = ?, printed_on = ?, failed_at = null, failure = null
                where id = ?
                """, """
                update print_page
                set printed_at = ?, printed_on = ?, failed_at = null, failure = null
                where id = ?
                """, device.id());
        failing.remove(lane);
        status.printer(state());
        boolean again = marked || job instanceof Job.Receipt receipt && receipt.reprint();
        LOG.info("{} marked={} drawer={} printer={}", layout.name(), again, kicked, device.id());
    }

    private void failed(String lane, Job job, String reason) {
        mark(job, """
                update print_job
                set failed_at = ?, failure = ?
                where id = ?
                """, """
                update print_page
                set failed_at = ?, failure = ?
                where id = ?
                """, reason);
        if (failing.add(lane)) LOG.warn("no printer takes it, it waits job={} reason={}", job.id(), reason);
        status.printer(state());
    }

    private void mark(Job job, String receipt, String page, String word) {
        sales.change(session ->
                session.updateOne(job instanceof Job.Receipt ? receipt : page, clock.instant(), word, job.id()));
    }

    private PrinterState state() {
        if (failing.stream().anyMatch(lane -> !lane.equals(LABELS))) return PrinterState.FAILING;
        List<Device> group = printers.group(DeviceKind.RECEIPT_PRINTER, Optional.empty());
        return !group.isEmpty()
                        && group.stream().allMatch(device -> device.text("link").equals("SIMULATED"))
                ? PrinterState.SIMULATED
                : PrinterState.READY;
    }

    @Override
    public void close() {
        sorting.interrupt();
        try {
            sorting.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lanes.values().forEach(Lane::close);
    }
}
