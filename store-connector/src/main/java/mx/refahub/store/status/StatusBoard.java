package mx.refahub.store.status;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import mx.refahub.domain.store.StoreStatus;
import mx.refahub.domain.wire.Heartbeat.RouteFigures;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.branch.BranchSettings;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.outbox.Acknowledged;
import mx.refahub.store.reference.AppliedStreams;
import mx.refahub.store.sqlite.SqliteFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers what the parts of the connector report. Those who report never wait for those who listen: a thread of its own tells them. */
public final class StatusBoard implements StoreStatus, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusBoard.class);

    /** How long a relay that has just begun may look for the hub's broker before anybody is told. */
    private static final Duration FIRST_LINK = Duration.ofSeconds(20);

    private final SqliteFile sales;
    private final Identities identities;
    private final BranchSettings branches;
    private final AppliedStreams streams;
    private final Acknowledged acknowledged;
    private final String version;
    private final List<Consumer<Snapshot>> listeners = new CopyOnWriteArrayList<>();
    private final Semaphore changes = new Semaphore(0);
    private final Thread telling;
    private volatile Link link = new Link(false, null, 0);
    private volatile RelayState relay = RelayState.DOWN;
    private volatile long relayed;
    private volatile boolean brokerLinked;
    private volatile List<RouteFigures> routes = List.of();
    private volatile long runningSince;
    /** Since the child runs: only the first link is waited for, one that is lost is told at once. */
    private volatile boolean hasBeenLinked;

    private volatile @Nullable String halted;
    private volatile PrinterState printer = PrinterState.SIMULATED;
    private volatile Care care = Care.UNKNOWN;
    private volatile Watch watch = Watch.NOTHING;

    private record Link(boolean up, @Nullable Instant seenAt, long clockOffsetMillis) {}

    public StatusBoard(
            SqliteFile sales,
            Identities identities,
            BranchSettings branches,
            AppliedStreams streams,
            Acknowledged acknowledged,
            String version) {
        this.sales = sales;
        this.identities = identities;
        this.branches = branches;
        this.streams = streams;
        this.acknowledged = acknowledged;
        this.version = version;
        streams.onApplied(stream -> changed());
        telling = Thread.ofPlatform().daemon().name("status").start(this::tell);
    }

    @Override
    public ZoneId zone() {
        return branches.zone();
    }

    @Override
    public Snapshot now() {
        Link hub = link;
        return new Snapshot(
                identities.current().isPresent(),
                branches.current().map(Branch::name).orElse(""),
                hub.up() && documentsCanGo(),
                hub.seenAt(),
                hub.clockOffsetMillis(),
                outboxLast(),
                acknowledged.sequence(),
                streams.current(),
                streams.times(),
                relay,
                halted,
                printer,
                version,
                care,
                watch);
    }

    /** Heartbeats may get through where documents do not: the hub answers, and its broker cannot be reached. A relay that is down is told apart. */
    private boolean documentsCanGo() {
        if (brokerLinked || relay != RelayState.RUNNING) return true;
        return !hasBeenLinked && System.nanoTime() - runningSince < FIRST_LINK.toNanos();
    }

    @Override
    public AutoCloseable subscribe(Consumer<Snapshot> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    public void hubAnswered(Instant at, long clockOffsetMillis) {
        link = new Link(true, at, clockOffsetMillis);
        changed();
    }

    /** Whether the hub answered the last heartbeat. */
    public boolean linked() {
        return link.up();
    }

    public void hubSilent() {
        if (!link.up()) return;
        link = new Link(false, link.seenAt(), link.clockOffsetMillis());
        changed();
    }

    public void relay(RelayState state) {
        if (state == RelayState.RUNNING && relay != state) runningSince = System.nanoTime();
        relay = state;
        if (state != RelayState.RUNNING) {
            brokerLinked = false;
            routes = List.of();
            hasBeenLinked = false;
        }
        changed();
    }

    public void relayed(long sequence, boolean linked) {
        boolean turned = linked != brokerLinked;
        relayed = sequence;
        brokerLinked = linked;
        if (linked) hasBeenLinked = true;
        if (turned) changed();
    }

    public long relayed() {
        return relayed;
    }

    public void routes(List<RouteFigures> figures) {
        routes = List.copyOf(figures);
    }

    /** Of the child while it runs. */
    public List<RouteFigures> routes() {
        return routes;
    }

    /** Whether the child's own connection to the hub's broker stands. */
    public boolean brokerLinked() {
        return brokerLinked;
    }

    /** Documents are no longer relayed, and a person must look. */
    public void halted(String why) {
        halted = why;
        changed();
    }

    /** Relaying goes on, in a new life. */
    public void mended() {
        halted = null;
        changed();
    }

    public Optional<String> halted() {
        return Optional.ofNullable(halted);
    }

    public void printer(PrinterState state) {
        if (printer == state) return;
        printer = state;
        changed();
    }

    /** Devices, and a clock that somebody confirmed. */
    public void watched(long devicesFailing, boolean clockAccepted) {
        watch(new Watch(devicesFailing, clockAccepted, watch.newer()));
    }

    /** Documents that wait at the hub because it is older than this store. */
    public void newerThanHub(long documents) {
        watch(new Watch(watch.devicesFailing(), watch.clockAccepted(), documents));
    }

    private synchronized void watch(Watch now) {
        if (watch.equals(now)) return;
        watch = now;
        changed();
    }

    public void care(Care now) {
        if (care.equals(now)) return;
        care = now;
        changed();
    }

    /** Something that the snapshot shows may have changed. Returns at once. */
    public void changed() {
        if (changes.availablePermits() == 0) changes.release();
    }

    public long outboxLast() {
        return sales.read(session -> session.first("""
            select coalesce(max(sequence), 0) as last
            from outbox
            """, row -> row.number("last")))
                .orElse(0L);
    }

    private void tellQuietly() {
        try {
            if (!listeners.isEmpty()) tell(now());
        } catch (RuntimeException e) {
            LOG.warn("status not told, the next change is reason={}", e.toString());
        }
    }

    private void tell() {
        try {
            while (true) {
                changes.acquire();
                changes.drainPermits();
                tellQuietly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Snapshot snapshot) {
        for (Consumer<Snapshot> listener : listeners) {
            try {
                listener.accept(snapshot);
            } catch (RuntimeException e) {
                LOG.warn("a listener of the status failed", e);
            }
        }
    }

    @Override
    public void close() {
        telling.interrupt();
        try {
            telling.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
