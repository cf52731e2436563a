package mx.refahub.store.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Speaks to the desk of a connector that runs. */
final class DeskClient {
    /** A backup of a large store takes its time. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private DeskClient() {}

    /** Empty if nobody is at the desk. */
    static Optional<Answer> tell(Path data, Order order) throws IOException, InterruptedException {
        Path file = data.resolve(Desk.FILE);
        if (!Files.exists(file)) return Optional.empty();
        Desk.Address address;
        try {
            address = Desk.JSON.readValue(Files.readAllBytes(file), Desk.Address.class);
        } catch (JacksonException e) {
            return Optional.empty();
        }
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + address.port() + "/" + order.word()))
                .header("Authorization", "Bearer " + address.secret())
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build()) {
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            // Another program may have the port of a connector that was killed.
            if (answer.statusCode() != 200) return Optional.empty();
            return Optional.of(Desk.JSON.readValue(answer.body(), Answer.class));
        } catch (java.net.ConnectException | JacksonException e) {
            return Optional.empty();
        }
    }
}
