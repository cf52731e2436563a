package mx.refahub.routes.broker;

import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import mx.refahub.routes.HubInTest;
import mx.refahub.routes.KnownStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubBrokerTest {
    @TempDir
    Path dir;

    @Test
    void a_broker_that_gave_up_by_itself_is_started_again() throws Exception {
        try (HubBroker broker = new HubBroker(HubInTest.settings(dir, freePort()), new KnownStores())) {
            broker.start();
            broker.stopServer();
            await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
                try (Connection connection = broker.connections().createConnection()) {
                    return connection.getClientID() == null;
                }
            });
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
