package mx.refahub.hub.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import mx.refahub.hub.TestHub;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A store's side of the conversation, by hand. */
final class Machine {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    static final JsonMapper JSON = JsonMapper.builder().build();

    private Machine() {}

    record Answer(int status, byte[] bytes, HttpResponse<byte[]> response) {
        JsonNode json() {
            return JSON.readTree(bytes);
        }

        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String code() {
            return json().path("code").asString("");
        }

        String unzipped() throws IOException {
            return new String(
                    new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static Answer post(String path, String token, Object body) {
        return send(request(path, token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        body instanceof String text
                                ? text.getBytes(StandardCharsets.UTF_8)
                                : JSON.writeValueAsBytes(body)))
                .build());
    }

    static Answer get(String path, String token, String... headers) {
        HttpRequest.Builder request = request(path, token);
        if (headers.length > 0) request.headers(headers);
        return send(request.build());
    }

    static String login(Map<String, ?> credentials) {
        return login(credentials, "/api/auth/login/");
    }

    static String login(Map<String, ?> credentials, String path) {
        Answer answer = post(path, "", credentials);
        if (answer.status() != 200) throw new AssertionError(answer.text());
        return answer.json().path("access").asString();
    }

    private static HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(TestHub.address() + path));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    static Answer send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
