package mx.refahub.store.hublink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import mx.refahub.domain.store.Capability;
import mx.refahub.domain.store.StoreStatus;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.Heartbeat;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.identity.Machine;
import mx.refahub.store.status.StatusBoard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the hub every half minute that this store lives, and learns from the answer what it lacks. One log line each time the link comes or goes. */
public final class Heartbeats implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);
    /** While the hub does not answer it is asked more often at first, so that a short gap stays short. */
    private static final String REPLACED = "store-replaced";

    private static final Duration FIRST_RETRY = Duration.ofSeconds(2);

    private final HubHttp hub;
    private final Identities identities;
    private final StatusBoard status;
    private final StreamPulls pulls;
    private final HubSettings settings;
    private final Clock clock;
    private final Path folder;
    private final String machine;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Semaphore now = new Semaphore(0);
    private final Thread beating;
    private boolean linked;
    private int failures;

    public Heartbeats(
            HubHttp hub,
            Identities identities,
            StatusBoard status,
            StreamPulls pulls,
            HubSettings settings,
            Clock clock,
            Path folder) {
        this.hub = hub;
        this.identities = identities;
        this.status = status;
        this.pulls = pulls;
        this.settings = settings;
        this.clock = clock;
        this.folder = folder;
        this.machine = Machine.fingerprint(folder);
        this.beating = Thread.ofPlatform().daemon().name("heartbeat").unstarted(this::beat);
    }

    /** Hears each answer of the hub, on the heartbeat's thread. */
    public interface Listener {
        /** @param clockOffsetMillis how far the hub's clock is ahead of this one */
        void answered(Heartbeat.Answer answer, long clockOffsetMillis);

        /** The hub no longer takes this machine's secret: another one is the store. */
        default void replaced() {}
    }

    public void onAnswer(Listener listener) {
        listeners.add(listener);
    }

    public void start() {
        beating.start();
    }

    /** The next heartbeat goes out at once. */
    public void now() {
        now.release();
    }

    private void beat() {
        try {
            while (true) {
                identities.current().ifPresent(this::once);
                Duration pause = pause();
                if (now.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) now.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration pause() {
        if (failures == 0) return settings.heartbeat();
        Duration retry = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, 10));
        return retry.compareTo(settings.heartbeat()) < 0 ? retry : settings.heartbeat();
    }

    private void once(Identity identity) {
        try {
            Instant sent = clock.instant();
            Heartbeat.Answer answer = hub.heartbeat(identity, heartbeat(identity, sent));
            Instant received = clock.instant();
            // The hub looked at its clock somewhere between the two.
            Instant middle = sent.plus(Duration.between(sent, received).dividedBy(2));
            long offset = Duration.between(middle, answer.hubTime()).toMillis();
            failures = 0;
            if (!linked) LOG.info("linked to the hub hub={} clockOffsetMillis={}", identity.hubAddress(), offset);
            linked = true;
            status.hubAnswered(received, offset);
            listeners.forEach(listener -> listener.answered(answer, offset));
            answer.streams().forEach(this::heed);
        } catch (IOException e) {
            if (e instanceof HubRefusal refusal && refusal.code().equals(REPLACED))
                listeners.forEach(Listener::replaced);
            failures++;
            if (linked || failures == 1)
                LOG.info("hub does not answer hub={} reason={}", identity.hubAddress(), reason(e));
            linked = false;
            status.hubSilent();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failures++;
            LOG.error("heartbeat failed", e);
            linked = false;
            status.hubSilent();
        }
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private void heed(String name, long version) {
        for (Stream stream : Stream.values()) {
            if (stream.wireName().equals(name)) pulls.announced(stream, version);
        }
    }

    private Heartbeat heartbeat(Identity identity, Instant at) throws IOException {
        StoreStatus.Snapshot snapshot = status.now();
        Map<String, Long> streams = new TreeMap<>();
        snapshot.streams().forEach((stream, version) -> streams.put(stream.wireName(), version));
        return new Heartbeat(
                Heartbeat.TYPE,
                at,
                snapshot.version(),
                identity.epoch(),
                snapshot.outboxLast(),
                status.relayed(),
                snapshot.acknowledged(),
                streams,
                Files.getFileStore(folder).getUsableSpace(),
                snapshot.printer().name(),
                machine,
                snapshot.halted(),
                health(snapshot, status.routes()));
    }

    private static Heartbeat.Health health(StoreStatus.Snapshot snapshot, List<Heartbeat.RouteFigures> routes) {
        List<Capability> board = Capability.of(snapshot);
        return new Heartbeat.Health(
                Capability.worst(board).name(),
                board,
                snapshot.clockOffsetMillis(),
                snapshot.watch().devicesFailing(),
                snapshot.care().backupAt(),
                routes.isEmpty() ? null : routes);
    }

    @Override
    public void close() {
        beating.interrupt();
        try {
            beating.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
