package mx.refahub.routes.broker;

import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import mx.refahub.routes.BrokerTrouble;
import mx.refahub.routes.Channels;
import mx.refahub.routes.StoreLink;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.BridgeConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.cluster.Bridge;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.uri.ConnectorTransportConfigurationParser;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store's broker: durable, reached from this process only, with a bridge that carries frames to the hub whenever it can. Its journal is a cache:
 * one that does not start goes to quarantine and the broker starts empty.
 */
public final class StoreBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreBroker.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int QUARANTINES_KEPT = 3;
    private static final long MIN_DISK_FREE = 500L * BrokerParts.MIB;
    /** A sound journal of the full window starts in a second or two; one that takes this long is stuck. */
    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    private static final String RUNNING = "running";
    private static final String ENDED = "ended ";
    private static final String BRIDGE = "up";
    private static final Duration BRIDGE_WATCH = Duration.ofSeconds(2);

    private final StoreLink link;
    private final Clock clock;
    private final BrokerTrouble trouble;
    private @Nullable FileChannel lockFile;
    private @Nullable EmbeddedActiveMQ server;
    private @Nullable ActiveMQConnectionFactory connections;
    private @Nullable ScheduledExecutorService watch;
    private @Nullable ScheduledFuture<?> bridgeWatch;
    private OptionalLong leftBehind = OptionalLong.empty();
    private Journal found = Journal.EMPTY;
    private List<String> hubConnectors = List.of();

    public StoreBroker(StoreLink link, Clock clock, BrokerTrouble trouble) {
        this.link = link;
        this.clock = clock;
        this.trouble = trouble;
    }

    /** What was found where the journal should be. */
    public enum Journal {
        KEPT,
        /** There was none, or it went to quarantine: what it carried is not here. */
        EMPTY
    }

    public void start() {
        takeDirectory();
        Path journal = link.dataDir().resolve("journal");
        found = Files.exists(journal) ? Journal.KEPT : Journal.EMPTY;
        leftBehind = takeMark();
        try {
            startIn(journal);
        } catch (Broken e) {
            LOG.error("local journal is damaged, going to quarantine store={} reason={}", link.store(), e.getMessage());
            quarantine(journal);
            found = Journal.EMPTY;
            try {
                startIn(journal);
            } catch (Broken again) {
                throw new IllegalStateException("the store's broker does not start even empty", again);
            }
        }
        LOG.info("store broker started store={} journal={} hub={}", link.store(), found, link.hubUrl());
    }

    public Journal found() {
        return found;
    }

    /** Frames that the last process over this journal left in it when it ended; empty if it ended without saying. */
    public OptionalLong leftBehind() {
        return leftBehind;
    }

    @Override
    public void close() throws Exception {
        if (bridgeWatch != null) bridgeWatch.cancel(false);
        if (watch != null) watch.close();
        if (connections != null) connections.close();
        if (server != null) {
            if (bridgeWatch != null) server().getClusterManager().destroyBridge(BRIDGE);
            long left = waiting();
            server.stop();
            mark(ENDED + left);
        }
        if (lockFile != null) lockFile.close();
    }

    /** Connections of this process. */
    public ConnectionFactory connections() {
        if (connections == null) throw new IllegalStateException("the store's broker is not started");
        return connections;
    }

    /** Connections to the hub's broker as the store's user; a dead link shows within seconds, and each connecting is one try. */
    public static LinkWatch hubConnections(StoreLink link) {
        ActiveMQConnectionFactory factory = BrokerParts.connections(PinnedHub.address(link));
        factory.setUser(link.user());
        factory.setPassword(link.password());
        factory.setConnectionTTL(BrokerParts.CONNECTION_TTL_MILLIS);
        factory.setClientFailureCheckPeriod(BrokerParts.FAILURE_CHECK_MILLIS);
        factory.setCallTimeout(BrokerParts.CONNECTION_TTL_MILLIS);
        factory.setReconnectAttempts(0);
        factory.setInitialConnectAttempts(1);
        factory.setUseTopologyForLoadBalancing(false);
        factory.setConsumerWindowSize(64 * BrokerParts.KIB);
        return new LinkWatch(factory);
    }

    ActiveMQServer server() {
        if (server == null) throw new IllegalStateException("the store's broker is not started");
        return server.getActiveMQServer();
    }

    /** Written on the journal when it was made; a copied disk has the same. */
    public String nodeId() {
        return server().getNodeID().toString();
    }

    /** Messages that wait for the bridge. */
    public long waiting() {
        Queue queue = server().locateQueue(Channels.up(link.slug()));
        return queue == null ? 0 : queue.getMessageCount();
    }

    /** Two relays over one journal would destroy it, and a journal that another one holds is not a damaged one. */
    private void takeDirectory() {
        try {
            Files.createDirectories(link.dataDir());
            lockFile = FileChannel.open(
                    link.dataDir().resolve("relay.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = lockFile.tryLock();
            if (lock == null)
                throw new IllegalStateException("another relay is running in " + link.dataDir() + "; stop it first");
        } catch (OverlappingFileLockException e) {
            throw new IllegalStateException("another relay of this process runs in " + link.dataDir(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + link.dataDir(), e);
        }
    }

    /** Written through to the disk: a power cut must not bring back the mark of an orderly end that was long ago. */
    private void mark(String state) throws IOException {
        Path file = link.dataDir().resolve("run-state");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(state.getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
    }

    private OptionalLong takeMark() {
        Path file = link.dataDir().resolve("run-state");
        try {
            String state = Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : RUNNING;
            mark(RUNNING);
            return state.matches(ENDED + "\\d{1,18}")
                    ? OptionalLong.of(Long.parseLong(state.substring(ENDED.length())))
                    : OptionalLong.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + link.dataDir(), e);
        }
    }

    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private void startIn(Path directory) throws Broken {
        int inVmId = BrokerParts.nextInVmId();
        EmbeddedActiveMQ candidate = BrokerParts.newServer();
        List<Exception> failures = new ArrayList<>();
        CompletableFuture<Void> started = new CompletableFuture<>();
        Thread starter = Thread.ofPlatform().daemon().name("store-broker-start").start(() -> {
            try {
                candidate.setConfiguration(configuration(directory, inVmId));
                candidate.createActiveMQServer();
                candidate.getActiveMQServer().registerActivationFailureListener(failures::add);
                candidate
                        .getActiveMQServer()
                        .registerIOCriticalErrorListener((error, message, file) -> broken(started, error, message));
                candidate.start();
                started.complete(null);
            } catch (Throwable e) {
                // Damaged records have come up as OutOfMemoryError too.
                started.completeExceptionally(e);
            }
        });
        try {
            started.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            if (!failures.isEmpty()) throw new Broken("activation failed: " + failures.getFirst(), failures.getFirst());
            if (!candidate.getActiveMQServer().isActive()) throw new Broken("the broker is not active", null);
        } catch (ExecutionException e) {
            stop(candidate);
            throw new Broken(String.valueOf(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            starter.interrupt();
            throw new Broken("no start within " + START_LIMIT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop(candidate);
            throw new IllegalStateException("interrupted while the store's broker started", e);
        } catch (Broken e) {
            stop(candidate);
            throw e;
        }
        server = candidate;
        connections = BrokerParts.inVmConnections(inVmId);
    }

    /** Begins to carry frames to the hub. Apart from the start, so that what the journal holds can be looked at while it stands still. */
    public void openBridge() {
        watch = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("store-bridge-watch").factory());
        bridgeWatch = watch.scheduleWithFixedDelay(this::keepBridge, 0, BRIDGE_WATCH.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * A bridge retries for ever when the hub is away, but one that is refused (the hub cannot ask its registry just then, or knows the store only later)
     * stops for good: tried with 2.55.
     */
    private void keepBridge() {
        try {
            ActiveMQServer broker = server();
            if (!broker.isActive()) return;
            Bridge bridge = broker.getClusterManager().getBridges().get(BRIDGE);
            if (bridge != null && bridge.isStarted()) return;
            if (bridge != null) LOG.warn("bridge had stopped, starting it again store={}", link.store());
            if (bridge != null) broker.getClusterManager().destroyBridge(BRIDGE);
            if (!broker.getClusterManager().deployBridge(bridge()))
                LOG.error("bridge was not started store={}", link.store());
        } catch (Exception e) {
            LOG.error("bridge cannot be started, trying again store={}", link.store(), e);
        }
    }

    private void broken(CompletableFuture<Void> started, Throwable error, String message) {
        if (started.isDone()) {
            LOG.error("local broker cannot go on store={} reason={}", link.store(), message, error);
            trouble.cannotGoOn(message);
        } else {
            started.completeExceptionally(error);
        }
    }

    private static void stop(EmbeddedActiveMQ candidate) {
        try {
            if (candidate.getActiveMQServer() != null) candidate.stop();
        } catch (Exception e) {
            LOG.warn("broker with a damaged journal does not stop cleanly reason={}", e.getMessage());
        }
    }

    private void quarantine(Path journal) {
        Path quarantine = link.dataDir().resolve("quarantine");
        Path target = quarantine.resolve(STAMP.format(clock.instant()));
        try {
            Files.createDirectories(quarantine);
            Files.move(journal, target);
            LOG.warn("local journal quarantined store={} to={}", link.store(), target);
            try (Stream<Path> old = Files.list(quarantine)) {
                List<Path> byAge = old.sorted(Comparator.reverseOrder()).toList();
                for (Path each : byAge.subList(Math.min(QUARANTINES_KEPT, byAge.size()), byAge.size())) delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot move the damaged journal to " + target, e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
        }
    }

    private Configuration configuration(Path directory, int inVmId) throws Exception {
        String up = Channels.up(link.slug());
        Configuration configuration = BrokerParts.configuration(
                        "store-" + link.slug(), directory, inVmId, 4 * BrokerParts.MIB, MIN_DISK_FREE)
                // In-VM only: who can open this broker is already inside the process.
                .setSecurityEnabled(false)
                .addAddressSetting("#", BrokerParts.addressSettings())
                .addQueueConfiguration(QueueConfiguration.of(up)
                        .setAddress(up)
                        .setRoutingType(RoutingType.ANYCAST)
                        .setDurable(true));
        List<String> connectors = new ArrayList<>();
        for (TransportConfiguration hub :
                new ConnectorTransportConfigurationParser(false).newObject(new URI(PinnedHub.address(link)), "hub")) {
            String name = "hub-" + connectors.size();
            hub.getParams().put(TransportConstants.NETTY_CONNECT_TIMEOUT, 5_000);
            configuration.addConnectorConfiguration(name, hub);
            connectors.add(name);
        }
        hubConnectors = List.copyOf(connectors);
        return configuration;
    }

    private BridgeConfiguration bridge() {
        String up = Channels.up(link.slug());
        return new BridgeConfiguration()
                .setName(BRIDGE)
                .setQueueName(up)
                .setForwardingAddress(up)
                .setStaticConnectors(hubConnectors)
                .setUser(link.user())
                .setPassword(link.password())
                // With true the receiver checks only the bridge's own stamp and drops frames of a store whose disk
                // was copied (docs/reliability.md, section 1); our _AMQ_DUPL_ID travels with the message.
                .setUseDuplicateDetection(false)
                .setInitialConnectAttempts(-1)
                .setReconnectAttempts(-1)
                .setReconnectAttemptsOnSameNode(-1)
                .setRetryInterval(250)
                .setRetryIntervalMultiplier(2)
                .setMaxRetryInterval(5_000)
                .setConnectionTTL(BrokerParts.CONNECTION_TTL_MILLIS)
                .setClientFailureCheckPeriod(BrokerParts.FAILURE_CHECK_MILLIS)
                .setCallTimeout(BrokerParts.CONNECTION_TTL_MILLIS)
                .setConfirmationWindowSize(BrokerParts.MIB)
                .setMinLargeMessageSize(BrokerParts.LARGE_FROM);
    }
}
