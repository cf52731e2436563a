package mx.refahub.routes.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import mx.refahub.domain.delivery.BrokerAccounts.Account;
import mx.refahub.domain.store.StoreId;
import mx.refahub.routes.HubInTest;
import mx.refahub.routes.KnownStores;
import mx.refahub.routes.StoreLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkWatchTest {
    private static final Account CENTRO = new Account("store-centro", new StoreId(new UUID(8, 1)), "centro");

    @TempDir
    Path dir;

    /** The network takes connections and swallows what is sent: whoever connects to find out whether there is a link waits for its limit, each time. */
    @Test
    void a_hub_that_went_away_is_told_at_once_and_without_connecting_to_it() throws Exception {
        KnownStores stores = new KnownStores().with(CENTRO, "secret");
        HubBroker hub = new HubBroker(HubInTest.settings(dir.resolve("hub"), freePort()), stores);
        try (LinkWatch link = StoreBroker.hubConnections(new StoreLink(
                CENTRO.store(),
                1,
                CENTRO.slug(),
                hub.address().url(),
                CENTRO.user(),
                "secret",
                dir.resolve("relay"),
                null))) {
            hub.start();
            new Admission(hub, stores).admit(CENTRO);
            Connection connection = link.createConnection();
            connection.start();
            assertThat(link.linked()).isTrue();
            hub.close();
            try (ServerSocket hole = new ServerSocket(port(hub), 50, InetAddress.getByName("127.0.0.1"))) {
                await().atMost(Duration.ofSeconds(60)).until(() -> !linkedAtOnce(link));
                assertThat(hole.isBound()).isTrue();
                assertThat(linkedAtOnce(link)).isFalse();
                connection.close();
                assertThat(linkedAtOnce(link)).isFalse();
            }
        }
    }

    private static boolean linkedAtOnce(LinkWatch link) {
        long begun = System.nanoTime();
        boolean linked = link.linked();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
        return linked;
    }

    private static int port(HubBroker hub) {
        return java.net.URI.create(hub.address().url()).getPort();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
