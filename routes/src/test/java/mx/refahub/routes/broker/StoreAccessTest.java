package mx.refahub.routes.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.delivery.BrokerAccounts.Account;
import mx.refahub.domain.store.StoreId;
import mx.refahub.routes.Channels;
import mx.refahub.routes.HubInTest;
import mx.refahub.routes.KnownStores;
import mx.refahub.routes.StoreHand;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what at the hub's broker, tried at a real one over TCP. */
class StoreAccessTest {
    @TempDir
    static Path dir;

    private static HubBroker broker;
    private static final KnownStores STORES = new KnownStores()
            .with(new Account("store-centro", new StoreId(new UUID(7, 1)), "centro"), "secret-1")
            .with(new Account("store-norte", new StoreId(new UUID(7, 2)), "norte"), "secret-2");

    @BeforeAll
    static void start() {
        broker = new HubBroker(HubInTest.settings(dir, 0), STORES);
        broker.start();
        Admission admission = new Admission(broker, STORES);
        admission.newcomers().forEach(admission::admit);
        assertThat(admission.newcomers()).isEmpty();
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @Test
    void a_store_sends_to_its_own_uplink_and_reads_its_own_downlink() throws Exception {
        try (StoreHand centro = hand("store-centro", "secret-1")) {
            assertThatCode(() -> centro.send(Channels.up("centro"), new byte[] {1}, "a", "g"))
                    .doesNotThrowAnyException();
            assertThat(centro.take(Channels.down("centro"))).isNull();
        }
    }

    @Test
    void a_store_touches_nothing_else() throws Exception {
        try (StoreHand centro = hand("store-centro", "secret-1")) {
            for (String address : List.of(
                    Channels.up("norte"),
                    Channels.down("norte"),
                    Channels.down("centro"),
                    Channels.DEAD,
                    Channels.EXPIRED,
                    Channels.UP_ALL,
                    Channels.INTAKE,
                    "activemq.management",
                    "activemq.notifications"))
                denied("send to " + address, () -> centro.send(address, new byte[] {1}, "x", "g"));
            for (String queue : List.of(
                    Channels.down("norte"),
                    Channels.INTAKE,
                    Channels.UP_ALL + "::" + Channels.INTAKE,
                    Channels.DEAD,
                    Channels.EXPIRED,
                    Channels.down("centro") + "::" + Channels.down("norte"),
                    Channels.down("norte") + "::" + Channels.down("norte"))) {
                denied("consume " + queue, () -> centro.take(queue));
                denied("browse " + queue, () -> centro.browse(queue));
            }
            denied("browse its own downlink", () -> centro.browse(Channels.down("centro")));
            denied("tap all uplinks", () -> centro.makeQueue("tap", Channels.UP_ALL, true));
            denied("tap all downlinks", () -> centro.makeQueue("tap", Channels.DOWN_ALL, false));
            denied("a second queue of its own", () -> centro.makeQueue("mine", Channels.down("centro"), true));
            denied("an address", () -> centro.makeAddress("refahub.up.sur"));
            denied("delete another's queue", () -> centro.deleteQueue(Channels.down("norte")));
            denied("delete its own queue", () -> centro.deleteQueue(Channels.down("centro")));
        }
    }

    @Test
    void the_other_store_is_held_back_the_same_way() throws Exception {
        try (StoreHand norte = hand("store-norte", "secret-2")) {
            denied("send", () -> norte.send(Channels.up("centro"), new byte[] {1}, "x", "g"));
            denied("consume", () -> norte.take(Channels.down("centro")));
            assertThatCode(() -> norte.send(Channels.up("norte"), new byte[] {1}, "b", "g"))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void nobody_signs_in_without_the_right_password() {
        refused("store-centro", "secret-2");
        refused("store-centro", "");
        refused("store-sur", "secret-1");
        refused("hub", "hub");
        refused("hub", "");
        refused("cluster", "cluster");
        refused("ACTIVEMQ.CLUSTER.ADMIN.USER", "CHANGE ME!!");
        refused("", "");
        assertThatThrownBy(() -> hand(null, null).close()).isInstanceOf(ActiveMQSecurityException.class);
    }

    @Test
    void a_sender_cannot_say_who_it_is() throws Exception {
        try (StoreHand centro = hand("store-centro", "secret-1")) {
            centro.sendText(
                    Channels.up("centro"),
                    "who am I?",
                    Map.of("_AMQ_VALIDATED_USER", "store-norte", "JMSXUserID", "store-norte"));
        }
        try (var connection = broker.connections().createConnection();
                var session = connection.createSession(false, jakarta.jms.Session.AUTO_ACKNOWLEDGE);
                var consumer = session.createConsumer(session.createQueue(Channels.UP_ALL + "::" + Channels.INTAKE))) {
            connection.start();
            jakarta.jms.Message message;
            do {
                message = consumer.receive(5_000);
                assertThat(message).isNotNull();
            } while (!(message instanceof jakarta.jms.TextMessage));
            assertThat(message.getStringProperty("JMSXUserID")).isEqualTo("store-centro");
            assertThat(message.getStringProperty("_AMQ_VALIDATED_USER")).isEqualTo("store-centro");
        }
    }

    @Test
    void a_store_that_is_cut_off_loses_the_connection_that_stands_and_gets_no_other() throws Exception {
        Account lost = new Account("store-lost", new StoreId(new UUID(7, 3)), "lost");
        STORES.with(lost, "secret-3");
        new Admission(broker, STORES).admit(lost);
        try (StoreHand thief = hand("store-lost", "secret-3");
                StoreHand centro = hand("store-centro", "secret-1")) {
            thief.send(Channels.up("lost"), new byte[] {1}, "lost-1", "g");
            STORES.without("store-lost");
            broker.disconnect("store-lost");

            denied("send on what stood", () -> thief.send(Channels.up("lost"), new byte[] {2}, "lost-2", "g"));
            refused("store-lost", "secret-3");
            assertThatCode(() -> centro.send(Channels.up("centro"), new byte[] {1}, "after", "g"))
                    .as("the others go on")
                    .doesNotThrowAnyException();
        }
    }

    private static void denied(String what, ThrowingCallable act) {
        assertThatThrownBy(act).as(what).isInstanceOf(ActiveMQException.class);
    }

    private static void refused(String user, String password) {
        assertThatThrownBy(() -> hand(user, password).close()).as(user).isInstanceOf(ActiveMQSecurityException.class);
    }

    private static StoreHand hand(String user, String password) throws Exception {
        return new StoreHand(broker.address().url(), user, password);
    }
}
