package mx.refahub.routes.broker;

import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import mx.refahub.domain.Failure;
import mx.refahub.domain.alert.QueueDepths;
import mx.refahub.domain.delivery.BrokerAccounts;
import mx.refahub.domain.delivery.BrokerGate;
import mx.refahub.routes.BrokerAddress;
import mx.refahub.routes.BrokerSettings;
import mx.refahub.routes.BrokerTls;
import mx.refahub.routes.Channels;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.management.ActiveMQServerControl;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.postoffice.QueueBinding;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hub's broker: embedded, or one outside when the settings name it. What an outside one must be set up with is what {@link #configuration} does here.
 */
public final class HubBroker implements BrokerGate, QueueDepths, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HubBroker.class);
    private static final String HUB_USER = "hub";
    private static final Duration WATCH = Duration.ofSeconds(2);

    private final BrokerSettings settings;
    private final EmbeddedActiveMQ server;
    private final boolean embedded;
    private final ActiveMQConnectionFactory connections;
    private final ActiveMQConnectionFactory work;
    private final BrokerAddress address;
    private final @Nullable StoreAccess access;
    private @Nullable ScheduledExecutorService watch;

    /** Nothing runs before {@link #start}. */
    public HubBroker(BrokerSettings settings, BrokerAccounts accounts) {
        this(settings, accounts, BrokerTls.PLAIN);
    }

    /** @param tls for stores; the hub's own connections stay inside the process */
    public HubBroker(BrokerSettings settings, BrokerAccounts accounts, BrokerTls tls) {
        this(settings, accounts, tls, BrokerParts.randomPassword());
    }

    /** @param workerPassword of the user by which workers come */
    public HubBroker(BrokerSettings settings, BrokerAccounts accounts, BrokerTls tls, String workerPassword) {
        this.settings = settings;
        this.server = BrokerParts.newServer();
        this.embedded = settings.url() == null;
        if (settings.url() != null) {
            connections = BrokerParts.connections(settings.url());
            connections.setUser(settings.user());
            connections.setPassword(settings.password());
            work = JmsComponents.oneAtATime(BrokerParts.connections(settings.url()));
            work.setUser(settings.user());
            work.setPassword(settings.password());
            address = new BrokerAddress(settings.advertisedUrl() == null ? settings.url() : settings.advertisedUrl());
            access = null;
        } else {
            int inVmId = BrokerParts.nextInVmId();
            int port = settings.port() == 0 ? freePort(settings.host()) : settings.port();
            String password = BrokerParts.randomPassword();
            server.setConfiguration(configuration(settings, inVmId, port, tls));
            access = new StoreAccess(accounts, HUB_USER, password, workerPassword);
            server.setSecurityManager(access);
            connections = BrokerParts.inVmConnections(inVmId);
            connections.setUser(HUB_USER);
            connections.setPassword(password);
            work = JmsComponents.oneAtATime(BrokerParts.inVmConnections(inVmId));
            work.setUser(HUB_USER);
            work.setPassword(password);
            address = new BrokerAddress(
                    settings.advertisedUrl() == null
                            ? withTls("tcp://" + settings.host() + ":" + port, tls)
                            : withTls(settings.advertisedUrl(), tls));
        }
    }

    public void start() {
        if (!embedded) {
            LOG.info("hub broker is outside url={}", settings.url());
            return;
        }
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        try {
            Files.createDirectories(settings.dataDir());
            server.createActiveMQServer();
            server.getActiveMQServer().registerActivationFailureListener(failure::set);
            server.start();
        } catch (Exception e) {
            failure.compareAndSet(null, e);
        }
        if (failure.get() != null || !server.getActiveMQServer().isActive())
            throw new IllegalStateException(
                    "the hub's broker does not start in " + settings.dataDir() + " at " + address.url(), failure.get());
        LOG.info("hub broker started url={} journal={}", address.url(), settings.dataDir());
        watch = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("hub-broker-watch").factory());
        ScheduledFuture<?> unused =
                watch.scheduleWithFixedDelay(this::keepUp, WATCH.toMillis(), WATCH.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Artemis stops for good at the first error of its disk, a full one for example. What it had confirmed is in its journal, the rest the stores send again. A start that
     * fails while the disk is still full leaves it neither running nor stopped, and tells nobody but its log.
     */
    private void keepUp() {
        if (server.getActiveMQServer().isActive()) return;
        LOG.warn("hub broker does not run, starting it again journal={}", settings.dataDir());
        try {
            server.stop();
            server.start();
            if (server.getActiveMQServer().isActive()) LOG.info("hub broker started again url={}", address.url());
            else
                LOG.error(
                        "hub broker does not start, trying again state={}",
                        server.getActiveMQServer().getState());
        } catch (Exception e) {
            LOG.error("hub broker does not start, trying again reason={}", e.getMessage());
        }
    }

    @Override
    public void close() throws Exception {
        // A start that is under way ends first: the server would outlive its own stop.
        if (watch != null) watch.close();
        connections.close();
        work.close();
        if (embedded) server.stop();
    }

    /** Connections of the hub itself, allowed everything. */
    public ConnectionFactory connections() {
        return connections;
    }

    /** Of the hub itself, for taking orders. */
    public ConnectionFactory workConnections() {
        return work;
    }

    public BrokerAddress address() {
        return address;
    }

    /** As Artemis does by itself when its disk fails. For tests. */
    void stopServer() throws Exception {
        server.stop();
    }

    /** Sign-ins that the embedded broker turned down since its start. */
    public long refusedSignIns() {
        return access == null ? 0 : access.refused();
    }

    /** For making addresses; outside the pool of the routes. */
    ClientSessionFactory sessions() throws ActiveMQException {
        try {
            return connections.getServerLocator().createSessionFactory();
        } catch (ActiveMQException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("no session at the hub's broker", e);
        }
    }

    ClientSession session(ClientSessionFactory factory) throws ActiveMQException {
        return factory.createSession(connections.getUser(), connections.getPassword(), false, true, true, false, 0);
    }

    /** At the embedded broker; one outside is its operator's to tell. */
    @Override
    public void disconnect(String user) {
        ActiveMQServer broker = server.getActiveMQServer();
        if (!embedded || broker == null || !broker.isActive()) return;
        try {
            ActiveMQServerControl control = broker.getActiveMQServerControl();
            // What is remembered of sign-ins goes first: who comes back at once is asked anew.
            control.clearAuthenticationCache();
            control.clearAuthorizationCache();
            control.closeConnectionsForUser(user);
        } catch (Exception e) {
            throw Failure.retryable("connections of " + user + " were not ended", e);
        }
        LOG.info("connections ended user={}", user);
    }

    /** As whom the hub itself signs in. */
    public @Nullable String user() {
        return connections.getUser();
    }

    /** By name, what waits in each queue of the embedded broker, also in those where nothing does; of one outside nothing is known. */
    public Map<String, Long> waiting() {
        ActiveMQServer broker = server.getActiveMQServer();
        if (!embedded || broker == null || !broker.isActive()) return Map.of();
        Map<String, Long> depths = new TreeMap<>();
        for (String name : broker.getActiveMQServerControl().getQueueNames()) {
            Queue queue = broker.locateQueue(name);
            if (queue != null && !queue.isInternalQueue()) depths.put(name, queue.getMessageCount());
        }
        return depths;
    }

    /** Whether the embedded broker has the store's queue. */
    public boolean knows(String slug) {
        ActiveMQServer broker = server.getActiveMQServer();
        return broker != null && broker.locateQueue(Channels.down(slug)) != null;
    }

    /** At the embedded broker; one outside is its operator's to watch. */
    @Override
    public Map<String, Long> depths() {
        ActiveMQServer broker = server.getActiveMQServer();
        if (!embedded) return Map.of();
        if (broker == null || !broker.isActive()) throw Failure.retryable("the hub's broker does not run", null);
        Map<String, Long> depths = new HashMap<>();
        broker.getPostOffice()
                .getAllBindings()
                .filter(QueueBinding.class::isInstance)
                .map(QueueBinding.class::cast)
                .filter(binding -> binding.getQueue().getMessageCount() > 0)
                .forEach(binding -> depths.put(
                        binding.getUniqueName().toString(), binding.getQueue().getMessageCount()));
        return depths;
    }

    private static String withTls(String url, BrokerTls tls) {
        if (tls.keyStore() == null || url.contains("sslEnabled")) return url;
        return url + (url.contains("?") ? "&" : "?") + "sslEnabled=true";
    }

    private static Configuration configuration(BrokerSettings settings, int inVmId, int port, BrokerTls tls) {
        return BrokerParts.configuration(
                        "hub",
                        settings.dataDir(),
                        inVmId,
                        10 * BrokerParts.MIB,
                        settings.minDiskFree().toBytes())
                .addAcceptorConfiguration(new TransportConfiguration(
                        NettyAcceptorFactory.class.getName(), acceptor(settings.host(), port, tls), "stores"))
                .setSecurityEnabled(true)
                // The sender's identity on each message, set by the broker from the session and not by the sender.
                .setPopulateValidatedUser(true)
                .setRejectEmptyValidatedUser(true)
                .addAddressSetting("#", BrokerParts.addressSettings())
                .addAddressSetting(Channels.UP_ALL, BrokerParts.addressSettings())
                .addAddressSetting(
                        Channels.DOWN_ALL, BrokerParts.addressSettings().setDefaultLastValueQueue(true))
                .setQueueConfigs(queues());
    }

    private static Map<String, Object> acceptor(String host, int port, BrokerTls tls) {
        Map<String, Object> acceptor = new HashMap<>(Map.of(
                TransportConstants.HOST_PROP_NAME,
                host,
                TransportConstants.PORT_PROP_NAME,
                port,
                TransportConstants.PROTOCOLS_PROP_NAME,
                "CORE"));
        if (tls.keyStore() != null)
            acceptor.putAll(Map.of(
                    TransportConstants.SSL_ENABLED_PROP_NAME,
                    true,
                    TransportConstants.KEYSTORE_TYPE_PROP_NAME,
                    "PKCS12",
                    TransportConstants.KEYSTORE_PATH_PROP_NAME,
                    tls.keyStore().toString(),
                    TransportConstants.KEYSTORE_PASSWORD_PROP_NAME,
                    tls.password(),
                    TransportConstants.ENABLED_PROTOCOLS_PROP_NAME,
                    "TLSv1.3,TLSv1.2"));
        return acceptor;
    }

    /** The hub's own queues. */
    static List<QueueConfiguration> queues() {
        return List.of(
                queue(Channels.INTAKE, Channels.UP_ALL),
                queue(Channels.WORK, Channels.WORK),
                queue(Channels.DEAD, Channels.DEAD),
                queue(Channels.EXPIRED, Channels.EXPIRED));
    }

    private static QueueConfiguration queue(String name, String address) {
        return QueueConfiguration.of(SimpleString.of(name))
                .setAddress(address)
                .setRoutingType(RoutingType.ANYCAST)
                .setDurable(true);
    }

    private static int freePort(String host) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on " + host, e);
        }
    }
}
