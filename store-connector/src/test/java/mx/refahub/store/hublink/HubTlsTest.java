package mx.refahub.store.hublink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import mx.refahub.domain.wire.OwnCertificate;
import mx.refahub.store.TestStore;
import mx.refahub.store.identity.Identity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The hub over HTTPS, known by its key alone. */
class HubTlsTest {
    private static KeyPair keys;
    private static HttpsServer server;

    @BeforeAll
    static void serve() throws Exception {
        keys = keyPair();
        X509Certificate own = OwnCertificate.of(
                keys, "RefaHub", Instant.now().minusSeconds(60), Instant.now().plusSeconds(3_600));
        own.verify(keys.getPublic());
        assertThat(own.getSubjectX500Principal().getName()).isEqualTo("CN=RefaHub");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("hub", keys.getPrivate(), new char[0], new Certificate[] {own});
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                byte[] answer = "{\"access\":\"token\",\"token_type\":\"Bearer\",\"expires_in\":600}"
                        .getBytes(StandardCharsets.UTF_8);
                boolean stream = exchange.getRequestURI().getPath().contains("/streams/");
                exchange.sendResponseHeaders(stream ? 204 : 200, stream ? -1 : answer.length);
                if (!stream) exchange.getResponseBody().write(answer);
            }
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @Test
    void a_store_speaks_with_the_hub_whose_key_it_got_and_tells_in_a_sentence_when_another_one_answers(
            @TempDir java.nio.file.Path folder) throws Exception {
        HubSettings settings = new HubSettings(
                Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(30));
        try (HubHttp hub = new HubHttp(settings, JsonMapper.builder().build(), Clock.systemUTC())) {
            assertThat(hub.logIn(address(), "ana@refa.example", "clave")).isEqualTo("token");
            assertThat(hub.stream(identity(folder.resolve("a"), pem(keys)), mx.refahub.domain.stream.Stream.USERS, 0))
                    .isEmpty();

            Identity deceived = identity(folder.resolve("b"), pem(keyPair()));
            assertThatThrownBy(() -> hub.stream(deceived, mx.refahub.domain.stream.Stream.USERS, 0))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another key than the hub's");
        }
    }

    private static String address() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    private static Identity identity(java.nio.file.Path folder, String hubKey) throws IOException {
        java.nio.file.Files.createDirectories(folder);
        try (TestStore store = TestStore.registeredAt(folder, address())) {
            Identity one = store.identities.current().orElseThrow();
            return new Identity(
                    one.store(),
                    one.slug(),
                    one.epoch(),
                    one.hubAddress(),
                    hubKey,
                    one.secret(),
                    one.broker(),
                    one.key(),
                    one.tunnelPort(),
                    one.tunnelToken(),
                    one.registeredAt(),
                    one.base());
        }
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
