package mx.refahub.routes.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import mx.refahub.domain.delivery.BrokerAccounts.Account;
import mx.refahub.domain.store.StoreId;
import mx.refahub.routes.BrokerSettings;
import mx.refahub.routes.Channels;
import mx.refahub.routes.HubInTest;
import mx.refahub.routes.KnownStores;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** A hub whose broker is not its own. */
class OutsideBrokerTest {
    @TempDir
    Path dir;

    @Test
    void a_bare_broker_outside_gets_the_hubs_queues_and_the_stores_addresses() throws Exception {
        int inVmId = BrokerParts.nextInVmId();
        Configuration bare = BrokerParts.configuration("outside", dir, inVmId, 10 * BrokerParts.MIB, 1)
                .setSecurityEnabled(false);
        EmbeddedActiveMQ outside =
                BrokerParts.newServer().setConfiguration(bare).start();
        BrokerSettings settings = new BrokerSettings(
                "vm://" + inVmId,
                "hub",
                "secret",
                dir.resolve("unused"),
                "127.0.0.1",
                0,
                "tcp://mq.example:61616",
                DataSize.ofMegabytes(1),
                1,
                HubInTest.TICK,
                HubInTest.TICK,
                Duration.ofSeconds(1));
        KnownStores stores =
                new KnownStores().with(new Account("user", new StoreId(new UUID(1, 2)), "centro"), "secret");
        try (HubBroker broker = new HubBroker(settings, stores)) {
            broker.start();
            Admission admission = new Admission(broker, stores);
            admission.newcomers().forEach(admission::admit);
            assertThat(admission.isAdmitted("centro")).isTrue();
            assertThat(outside.getActiveMQServer().locateQueue(Channels.INTAKE)).isNotNull();
            assertThat(outside.getActiveMQServer().locateQueue(Channels.DEAD)).isNotNull();
            assertThat(outside.getActiveMQServer()
                            .locateQueue(Channels.down("centro"))
                            .isLastValue())
                    .isTrue();
            assertThat(broker.address().url()).isEqualTo("tcp://mq.example:61616");
            assertThat(dir.resolve("unused")).doesNotExist();
        } finally {
            outside.stop();
        }
    }
}
