package mx.refahub.routes.broker;

import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
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
            await().atMost(Duration.ofSeconds(60)).until(() -> answers(broker));
        }
    }

    @Test
    void a_broker_whose_disk_is_still_full_when_it_is_started_again_comes_back_once_there_is_room() throws Exception {
        Path lock = dir.resolve("journal/server.lock");
        try (HubBroker broker = new HubBroker(HubInTest.settings(dir, freePort()), new KnownStores())) {
            broker.start();
            Files.delete(lock);
            Files.createSymbolicLink(lock, Path.of("/dev/full"));
            broker.stopServer();
            // Some starts fail meanwhile.
            await().during(Duration.ofSeconds(5)).atMost(Duration.ofSeconds(60)).until(() -> !answers(broker));
            Files.delete(lock);
            await().atMost(Duration.ofSeconds(60)).until(() -> answers(broker));
        }
    }

    private static boolean answers(HubBroker broker) {
        try (Connection connection = broker.connections().createConnection()) {
            return connection.getClientID() == null;
        } catch (JMSException e) {
            return false;
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
