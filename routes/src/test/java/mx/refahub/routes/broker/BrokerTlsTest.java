package mx.refahub.routes.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import mx.refahub.domain.delivery.BrokerAccounts.Account;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.wire.OwnCertificate;
import mx.refahub.routes.BrokerTls;
import mx.refahub.routes.HubInTest;
import mx.refahub.routes.KnownStores;
import mx.refahub.routes.StoreLink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store's way to a broker that speaks TLS: by the hub's key or not at all. */
class BrokerTlsTest {
    private static final Account CENTRO = new Account("store-centro", new StoreId(new UUID(8, 1)), "centro");

    @TempDir
    static Path dir;

    private static KeyPair keys;
    private static HubBroker broker;

    @BeforeAll
    static void start() throws Exception {
        keys = keyPair();
        Path file = dir.resolve("hub.p12");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Certificate own = OwnCertificate.of(
                keys, "RefaHub", Instant.now().minusSeconds(60), Instant.now().plusSeconds(3_600));
        store.setKeyEntry("hub", keys.getPrivate(), "secret".toCharArray(), new Certificate[] {own});
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "secret".toCharArray());
        }
        KnownStores stores = new KnownStores().with(CENTRO, "secret-1");
        broker = new HubBroker(HubInTest.settings(dir.resolve("broker"), 0), stores, new BrokerTls(file, "secret"));
        broker.start();
        new Admission(broker, stores).admit(CENTRO);
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @Test
    void a_store_comes_in_by_the_key_that_it_got_at_registration_and_refuses_every_other() throws Exception {
        assertThat(broker.address().url()).contains("sslEnabled=true");
        try (LinkWatch right = StoreBroker.hubConnections(link(broker.address().url(), pem(keys)));
                Connection connection = right.createConnection()) {
            connection.start();
            assertThat(right.linked()).isTrue();
        }
        assertThatThrownBy(() -> connect(link(broker.address().url(), pem(keyPair()))))
                .as("somebody in between")
                .isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> connect(link(broker.address().url(), null)))
                .as("never without a key")
                .isInstanceOf(IllegalStateException.class);
        String plain = broker.address().url().replaceAll("[?].*", "");
        assertThatThrownBy(() -> connect(link(plain, null)))
                .as("nor in the open")
                .isInstanceOf(JMSException.class);
    }

    private static void connect(StoreLink link) throws JMSException {
        try (LinkWatch connections = StoreBroker.hubConnections(link);
                Connection connection = connections.createConnection()) {
            connection.start();
        }
    }

    private static StoreLink link(String url, @Nullable String key) {
        return new StoreLink(
                CENTRO.store(), 1, CENTRO.slug(), url, CENTRO.user(), "secret-1", dir.resolve("relay"), key);
    }

    private static KeyPair keyPair() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        return generator.generateKeyPair();
    }

    private static String pem(KeyPair pair) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }
}
