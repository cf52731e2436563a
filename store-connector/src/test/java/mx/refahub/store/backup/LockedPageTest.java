package mx.refahub.store.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockedPageTest {
    @Test
    void it_says_what_happened_and_the_command_and_leaves_once_the_file_is_another(@TempDir Path data)
            throws Exception {
        Files.writeString(data.resolve("sales.db"), "x");
        DamagedDatabase damaged = new DamagedDatabase(data, "página <3> rota", Optional.empty());
        try (LockedPage page = LockedPage.open(
                damaged, "java -jar r.jar", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            HttpResponse<String> till = get(page.port(), "/");
            assertThat(till.statusCode()).isEqualTo(503);
            assertThat(till.body())
                    .contains("está dañada", "página &lt;3&gt; rota", "java -jar r.jar salvage --from")
                    .doesNotContain("<3>");
            assertThat(till.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .startsWith("default-src 'none'; style-src 'sha256-")
                            .doesNotContain("unsafe"));
            assertThat(till.body()).doesNotContain("/*style*/", "{command}", "{backup}");
            assertThat(get(page.port(), "/actuator/health").body()).contains("\"DOWN\"");
            CompletableFuture<Void> mended = CompletableFuture.runAsync(() -> {
                try {
                    page.awaitMended();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(mended).isNotDone();

            Files.writeString(data.resolve("sales.db"), "another");

            await().atMost(Duration.ofSeconds(60)).until(mended::isDone);
        }
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
