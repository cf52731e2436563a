package mx.refahub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mx.refahub.domain.job.SliceOrder;
import mx.refahub.domain.job.SliceWork;
import mx.refahub.domain.job.WorkDoor;
import mx.refahub.routes.broker.JmsComponents;
import mx.refahub.routes.work.SliceSender;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders for work at a real broker: to whoever is free, once, and to another if the taker dies. */
class WorkTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path dir;

    private static HubInTest hub;

    @BeforeAll
    static void start() throws Exception {
        hub = new HubInTest(dir.resolve("hub"), 0).start();
    }

    @AfterAll
    static void stop() throws Exception {
        hub.close();
    }

    /** Workers stand alone here; the hub takes orders where a test wants it to. */
    @BeforeEach
    void alone() throws Exception {
        hub.context.getRouteController().stopRoute("slice-do");
    }

    @AfterEach
    void whole() throws Exception {
        hub.context.getRouteController().startRoute("slice-do");
    }

    private static WorkLink link() {
        return new WorkLink(hub.broker.address().url(), WorkDoor.USER, "work", "");
    }

    private static void order(int... steps) {
        SliceSender sender = new SliceSender(() -> hub.context);
        for (int step : steps) sender.send(new SliceOrder(1, 1, step));
    }

    private static DefaultCamelContext worker(SliceWork work) throws Exception {
        WorkerRoutes door = new WorkerRoutes();
        DefaultCamelContext context = new DefaultCamelContext();
        context.addComponent(Channels.WORKING, door.work(link()));
        context.addRoutesConfigurations(door.hubPolicies());
        context.addRoutes(door.sliceRoutes(work));
        context.start();
        return context;
    }

    @Test
    void the_hub_takes_orders_too_and_what_orders_nothing_is_dropped() throws Exception {
        hub.context.getRouteController().startRoute("slice-do");
        hub.context.createProducerTemplate().sendBody(Channels.SLICE_ORDER, "nonsense");
        order(41);
        await().atMost(SOON).until(() -> hub.slices.contains(new SliceOrder(1, 1, 41)));
        assertThat(hub.route("slice-do").total()).isPositive();
        assertThat(hub.route("slice-order").total()).isPositive();
    }

    @Test
    void who_is_busy_keeps_no_other_order_from_who_is_free() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        LinkedBlockingQueue<Long> begun = new LinkedBlockingQueue<>();
        LinkedBlockingQueue<Long> done = new LinkedBlockingQueue<>();
        try (DefaultCamelContext busy = worker((order, again) -> {
            begun.add(order.step());
            waitFor(free);
        })) {
            order(1, 2, 3);
            Long first = begun.poll(20, TimeUnit.SECONDS);
            try (DefaultCamelContext other = worker((order, again) -> done.add(order.step()))) {
                assertThat(other.isStarted()).isTrue();
                await().atMost(SOON).until(() -> done.size() == 2);
                assertThat(done).doesNotContain(first);
            } finally {
                free.countDown();
            }
            assertThat(busy.isStarted()).isTrue();
        }
        assertThat(begun).isEmpty();
    }

    @Test
    void the_order_of_a_worker_that_dies_goes_to_another_and_says_so() throws Exception {
        order(7);
        LinkedBlockingQueue<String> taken = new LinkedBlockingQueue<>();
        try (Connection dying = JmsComponents.oneAtATime(link()).createConnection();
                Session session = dying.createSession(true, Session.SESSION_TRANSACTED);
                MessageConsumer consumer = session.createConsumer(session.createQueue(Channels.WORK))) {
            dying.start();
            Message order = consumer.receive(20_000);
            assertThat(order.getBody(String.class)).isEqualTo("1/1/7");
            assertThat(order.getJMSRedelivered()).isFalse();
        }
        try (DefaultCamelContext other = worker((order, again) -> taken.add(order.step() + " " + again))) {
            assertThat(taken.poll(20, TimeUnit.SECONDS)).isEqualTo("7 true");
            assertThat(other.isStarted()).isTrue();
        }
        assertThat(hub.browse(Channels.WORK)).isEmpty();
    }

    @Test
    void a_worker_takes_orders_and_may_do_nothing_else() throws Exception {
        try (Connection connection = JmsComponents.oneAtATime(link()).createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            assertThatThrownBy(() -> session.createProducer(session.createQueue(Channels.WORK))
                            .send(session.createTextMessage("1/1/1")))
                    .isInstanceOf(JMSException.class);
            for (String other : List.of(Channels.INTAKE, Channels.DEAD, Channels.DOWN + "centro"))
                assertThatThrownBy(() -> session.createConsumer(session.createQueue(other)))
                        .as(other)
                        .isInstanceOf(JMSException.class);
        }
        ConnectionFactory wrong =
                JmsComponents.oneAtATime(new WorkLink(hub.broker.address().url(), WorkDoor.USER, "guess", ""));
        assertThatThrownBy(() -> wrong.createConnection().close()).isInstanceOf(JMSException.class);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
