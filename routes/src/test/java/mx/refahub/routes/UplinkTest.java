package mx.refahub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import mx.refahub.domain.delivery.Acknowledgement;
import mx.refahub.domain.delivery.BrokerAccounts.Account;
import mx.refahub.domain.store.StoreId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real brokers joined by the bridge. */
class UplinkTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path dir;

    private int port;
    private final StoreId centro = new StoreId(UUID.fromString("0190a000-0000-7000-8000-000000000001"));
    private final KeptCursor cursor = new KeptCursor();
    private final PaperOutbox outbox = new PaperOutbox(centro, 1);

    @BeforeEach
    void takePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
    }

    @Test
    void documents_written_before_the_hub_starts_land_once_and_in_order() throws Exception {
        outbox.write(1_234);
        try (StoreInTest store = store().start()) {
            await().atMost(SOON).until(() -> store.relay.state().relay().relayed() == 1_234);
            assertThat(store.relay.state().linked()).isFalse();
            try (HubInTest hub = hub().start()) {
                await().atMost(SOON).until(() -> hub.intake.landed(centro).size() == 1_234);
                assertThat(hub.intake.landed(centro)).isEqualTo(outbox.all());
                await().atMost(SOON).until(() -> store.relay.state().relay().acknowledged() == 1_234);
                assertThat(store.downLink.heard(Acknowledgement.class))
                        .extracting(Acknowledgement::landed)
                        .contains(1_234L)
                        .isSorted();
                assertThat(store.relay.state().linked()).isTrue();
                outbox.write(1);
                store.relay.wake();
                await().atMost(SOON).until(() -> store.relay.state().relay().acknowledged() == 1_235);
                assertThat(hub.intake.duplicates(centro)).isZero();
                assertThat(hub.browse(Channels.DEAD)).isEmpty();
            }
        }
    }

    private HubInTest hub() throws Exception {
        HubInTest hub = new HubInTest(dir.resolve("hub"), port);
        hub.stores.with(new Account("store-centro", centro, "centro"), "secret");
        hub.intake.knows(centro, 1, outbox.keys().getPublic());
        return hub;
    }

    private StoreInTest store() throws Exception {
        return new StoreInTest(link("centro"), outbox, cursor);
    }

    private StoreLink link(String folder) {
        return new StoreLink(
                centro, 1, "centro", "tcp://127.0.0.1:" + port, "store-centro", "secret", dir.resolve(folder));
    }
}
