package mx.refahub.adapters.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LineTroubleTest {
    @Test
    void a_name_that_nobody_has() {
        assertThat(LineTrouble.words(calling("http://nobody.invalid/"))).isEqualTo("nadie lleva ese nombre en la red");
    }

    @Test
    void a_port_at_which_nobody_listens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertThat(LineTrouble.words(calling("http://127.0.0.1:" + port))).isEqualTo("nadie contesta en ese puerto");
    }

    @Test
    void somebody_who_listens_and_says_nothing() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThat(LineTrouble.words(calling("http://127.0.0.1:" + socket.getLocalPort())))
                    .isEqualTo("no contestó a tiempo");
        }
    }

    @Test
    void a_server_without_tls_and_one_that_hangs_up() throws IOException, InterruptedException {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread rude = Thread.ofVirtual().start(() -> answerNonsense(socket));
            assertThat(LineTrouble.words(calling("https://127.0.0.1:" + socket.getLocalPort(), Duration.ofMinutes(1))))
                    .isEqualTo("no habla TLS, o su certificado no es de confianza");
            rude.join();
        }
        assertThat(LineTrouble.words(new IOException("HTTP/1.1 header parser received no bytes")))
                .isEqualTo("la conexión se cortó");
    }

    private static void answerNonsense(ServerSocket socket) {
        try (var one = socket.accept()) {
            // All of the greeting: what is left unread turns the end into a reset.
            assertThat(one.getInputStream().read(new byte[16_384])).isPositive();
            one.getOutputStream()
                    .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Throwable calling(String address) {
        return calling(address, Duration.ofSeconds(3));
    }

    private static Throwable calling(String address, Duration patience) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return catchThrowable(() -> client.send(
                    HttpRequest.newBuilder(URI.create(address))
                            .timeout(patience)
                            .build(),
                    HttpResponse.BodyHandlers.discarding()));
        }
    }
}
