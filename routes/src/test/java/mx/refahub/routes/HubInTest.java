package mx.refahub.routes;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import mx.refahub.domain.Failure;
import mx.refahub.domain.delivery.Commands;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.erp.ErpSender;
import mx.refahub.domain.hub.ActLog;
import mx.refahub.domain.hub.RouteMap;
import mx.refahub.domain.job.SliceOrder;
import mx.refahub.domain.job.WorkDoor;
import mx.refahub.domain.message.DeadLetters;
import mx.refahub.domain.stream.Stream;
import mx.refahub.routes.broker.Admission;
import mx.refahub.routes.broker.HubBroker;
import mx.refahub.routes.down.PostOffice;
import mx.refahub.routes.exchange.ExchangeDesk;
import mx.refahub.routes.failure.Troubles;
import mx.refahub.routes.watch.RouteWatch;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jms.connection.CachingConnectionFactory;
import org.springframework.util.unit.DataSize;

/** The hub's routes over a real broker, wired by the door's own methods without Spring; ports are kept in memory. */
public final class HubInTest implements AutoCloseable {
    public static final Duration TICK = Duration.ofMillis(100);

    static {
        Awaitility.setDefaultPollDelay(Duration.ofMillis(10));
        Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
    }

    public final KnownStores stores = new KnownStores();
    public final PaperIntake intake = new PaperIntake(Clock.systemUTC());
    public final Map<Stream, Long> versions = Collections.synchronizedMap(new EnumMap<>(Stream.class));
    /** That the hub itself was given. */
    public final List<SliceOrder> slices = Collections.synchronizedList(new ArrayList<>());

    public final AtomicInteger toApply = new AtomicInteger();
    public final AtomicInteger batchesApplied = new AtomicInteger();
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final DefaultCamelContext context = new DefaultCamelContext();
    public final PaperDeliveries deliveries = new PaperDeliveries();
    public final PaperErp erp = new PaperErp();
    public final ErpSender sender;
    public final HubBroker broker;
    public final RouteMap map;
    public final Commands commands;
    public final DeadLetters letters;
    private final CachingConnectionFactory sending;
    private volatile boolean ledgersAway;

    public static BrokerSettings settings(Path dataDir, int port) {
        return new BrokerSettings(
                null, null, null, dataDir, "127.0.0.1", port, null, DataSize.ofMegabytes(1), 3, TICK, TICK, TICK);
    }

    public HubInTest(Path dataDir, int port) throws Exception {
        HubRoutes door = new HubRoutes();
        BrokerSettings settings = settings(dataDir, port);
        broker = door.hubBroker(
                settings,
                stores,
                new StaticListableBeanFactory().getBeanProvider(BrokerTls.class),
                provided(new PaperDoor()));
        broker.start();
        sending = door.hubSending(broker);
        context.addComponent(Channels.HUB, door.hub(broker, sending));
        context.addComponent(Channels.WORKING, door.work(broker));
        RouteWatch watch = new RouteWatch(meters);
        door.contextSetup(watch).beforeApplicationStart(context);
        Troubles troubles = door.troubles();
        Admission admission = door.admission(broker, stores);
        PostOffice postOffice = door.postOffice(stores, admission);
        context.addRoutesConfigurations(door.hubPolicies(troubles));
        for (RouteBuilder routes : List.of(
                door.deadLetterRoutes(troubles),
                door.admissionRoutes(admission, settings),
                door.downRoutes(postOffice),
                door.intakeRoutes(intake, this::apply, stores, postOffice, settings, broker),
                door.streamRoutes(() -> Map.copyOf(versions), stores, admission, settings),
                door.orderRoutes(),
                door.sliceRoutes(this::take),
                door.commandRoutes(),
                door.exchangeRoutes(new ExchangeDesk(deliveries, List.of(erp)), PaperDeliveries.SETTINGS)))
            context.addRoutes(routes);
        sender = door.erpSender(context);
        ObjectProvider<ActLog> log = new StaticListableBeanFactory().getBeanProvider(ActLog.class);
        map = door.routeMap(watch, context, broker, log);
        letters = door.deadLetters(broker, log);
        commands = door.commands(context, postOffice);
    }

    public HubInTest start() {
        context.start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> stores.all().stream().allMatch(each -> broker.knows(each.slug())));
        return this;
    }

    public void ledgersAway(boolean now) {
        ledgersAway = now;
    }

    private Ledgers.Progress apply() {
        if (ledgersAway) throw Failure.retryable("the database is away", null);
        int left = toApply.updateAndGet(count -> Math.max(0, count - 10));
        batchesApplied.incrementAndGet();
        return new Ledgers.Progress(10, 0, 0, left > 0);
    }

    private void take(SliceOrder order, boolean again) {
        slices.add(order);
    }

    private static ObjectProvider<WorkDoor> provided(WorkDoor door) {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("door", door);
        return beans.getBeanProvider(WorkDoor.class);
    }

    public RouteMap.Route route(String id) {
        return map.routes().stream()
                .filter(route -> route.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** What lies in a queue of the broker. */
    public List<Message> browse(String queue) {
        try (Connection connection = broker.connections().createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                QueueBrowser browser = session.createBrowser(session.createQueue(queue))) {
            connection.start();
            List<Message> found = new ArrayList<>();
            Collections.list(browser.getEnumeration()).forEach(each -> found.add((Message) each));
            return found;
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String text(Message message) {
        try {
            return message.getBody(String.class);
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws Exception {
        context.close();
        sending.destroy();
        broker.close();
    }
}
