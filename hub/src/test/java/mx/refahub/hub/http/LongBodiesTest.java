package mx.refahub.hub.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import mx.refahub.hub.access.Tokens;
import org.junit.jupiter.api.Test;

class LongBodiesTest {
    private final TestShop shop = TestShop.open();
    private final String token = TestHub.bean(Tokens.class).forStore(shop.id, 1).value();

    /** The length alone is sent, and nothing after it: whoever read first would wait for the rest. */
    @Test
    void a_length_that_is_too_much_is_refused_before_a_byte_of_it_is_read() throws IOException {
        for (String path : new String[] {"/api/hubs/counter", "/api/hubs/commands/answers", "/api/hubs/heartbeat"}) {
            String answer = head(path, "Authorization: Bearer " + token + "\r\nContent-Length: 200000000\r\n");
            assertThat(answer).startsWith("HTTP/1.1 413").contains("request-too-long");
        }
    }

    @Test
    void a_stranger_is_asked_who_he_is_before_anything_else() throws IOException {
        assertThat(head("/api/hubs/counter", "Content-Length: 200000000\r\n")).startsWith("HTTP/1.1 401");
    }

    @Test
    void what_names_no_length_is_read_as_far_as_it_may_go() {
        Machine.Answer tooLong = chunked(5 * 1024 * 1024);
        Machine.Answer fits = chunked(1024 * 1024);

        assertThat(tooLong.status()).isEqualTo(413);
        assertThat(tooLong.code()).isEqualTo("request-too-long");
        assertThat(tooLong.text()).contains("4096 KiB");
        assertThat(fits.status()).isEqualTo(200);
    }

    private Machine.Answer chunked(int bytes) {
        return Machine.send(HttpRequest.newBuilder(URI.create(TestHub.address() + "/api/hubs/counter"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(new byte[bytes])))
                .build());
    }

    private static String head(String path, String headers) throws IOException {
        URI hub = URI.create(TestHub.address());
        try (Socket socket = new Socket(hub.getHost(), hub.getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + path + " HTTP/1.1\r\nHost: hub\r\nContent-Type: application/octet-stream\r\n" + headers
                            + "Connection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            byte[] some = new byte[4096];
            // The server may leave the connection open for the rest of what was announced.
            for (int n; !answer.toString().contains("\"code\"") && (n = in.read(some)) > 0; )
                answer.append(new String(some, 0, n, StandardCharsets.UTF_8));
            return answer.toString();
        }
    }
}
