package mx.refahub.hub.command;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.wire.PinnedKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The hub's HTTP face, as far as running a job needs it. */
final class HubClient {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final HttpClient http;
    private final URI hub;
    private final String email;
    private final String password;
    private final String code;
    private String token = "";

    /**
     * @param code of the authenticator; empty for none
     * @param hubKey the hub's public key, PEM, where it speaks TLS with a certificate of its own; null: as this machine trusts
     */
    HubClient(URI hub, String email, String password, String code, @Nullable String hubKey) {
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10));
        this.http = (hubKey == null
                        ? client
                        : client.sslContext(PinnedKey.of(hubKey).context()))
                .build();
        this.hub = hub;
        this.email = email;
        this.password = password;
        this.code = code;
    }

    record Job(String name, List<Parameter> parameters) {}

    record Parameter(String name, String kind, boolean required) {
        boolean isFile() {
            return kind.equalsIgnoreCase("file");
        }
    }

    record Run(long id, String status, List<Step> steps, long rejected, String message) {
        boolean isFinal() {
            return isDone()
                    || isWaiting()
                    || status.equalsIgnoreCase("failed")
                    || status.equalsIgnoreCase("stopped")
                    || status.equalsIgnoreCase("discarded");
        }

        /** For a person at the console; the run itself has done what it can. */
        boolean isWaiting() {
            return status.equalsIgnoreCase("waiting_for_approval");
        }

        boolean isDone() {
            return status.equalsIgnoreCase("done");
        }
    }

    record Step(
            String name,
            String status,
            long read,
            long skipped,
            @Nullable Long total,
            @Nullable Integer percent,
            @Nullable Long secondsLeft) {}

    void signIn() throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = send(request("/api/auth/login/")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(
                        JSON.writeValueAsBytes(Map.of("email", email, "password", password, "code", code)))));
        token = read(answer, JsonNode.class).path("access").asString("");
    }

    List<Job> jobs() throws IOException, InterruptedException {
        JsonNode answer = read(send(authorized("/console/api/jobs")), JsonNode.class);
        List<Job> jobs = new ArrayList<>();
        for (JsonNode job : answer.path("jobs")) jobs.add(JSON.treeToValue(job, Job.class));
        return jobs;
    }

    Run start(String job, Map<String, String> texts, Map<String, Path> files) throws IOException, InterruptedException {
        String boundary = "refahub-" + UUID.randomUUID();
        // No time limit: a large catalogue over a slow line takes its time.
        HttpRequest.Builder request = HttpRequest.newBuilder(hub.resolve("/console/api/jobs/" + encoded(job) + "/runs"))
                .header("Authorization", "Bearer " + token)
                .header("Accept-Language", "en")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(multipart(boundary, texts, files));
        return read(send(request), Run.class);
    }

    Run run(long id) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = send(authorized("/console/api/runs/" + id));
        if (answer.statusCode() == 401) {
            // A long run outlives a token.
            signIn();
            answer = send(authorized("/console/api/runs/" + id));
        }
        return read(answer, Run.class);
    }

    byte[] rejects(long id) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = send(authorized("/console/api/runs/" + id + "/rejects"));
        if (answer.statusCode() != 200) throw problem(answer);
        return answer.body();
    }

    record MadeFile(String name, long bytes) {}

    record MadeFiles(List<MadeFile> files) {}

    /** What a run has written for download; none at a hub that does not know of it. */
    List<MadeFile> files(long id) throws InterruptedException, IOException {
        HttpResponse<byte[]> answer = send(authorized("/console/api/runs/" + id + "/files"));
        return answer.statusCode() == 200 ? read(answer, MadeFiles.class).files() : List.of();
    }

    void download(long id, String name, Path to) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        hub.resolve("/console/api/runs/" + id + "/file?name=" + encoded(name)))
                .header("Authorization", "Bearer " + token)
                .header("Accept-Language", "en")
                .build();
        HttpResponse<Path> answer = http.send(request, BodyHandlers.ofFile(to));
        if (answer.statusCode() != 200) {
            Files.deleteIfExists(to);
            throw ClientTrouble.failed("The hub does not hand over " + name + ": status " + answer.statusCode() + ".");
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(hub.resolve(path)).timeout(PATIENCE).header("Accept-Language", "en");
    }

    private HttpRequest.Builder authorized(String path) {
        return request(path).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws InterruptedException {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw ClientTrouble.failed("The hub at " + hub + " does not answer ("
                    + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
                    + "). Is it running? Another address is given with --hub or REFAHUB_HUB.");
        }
    }

    private <T> T read(HttpResponse<byte[]> answer, Class<T> type) {
        if (answer.statusCode() / 100 != 2) throw problem(answer);
        try {
            return JSON.readValue(answer.body(), type);
        } catch (JacksonException e) {
            throw ClientTrouble.failed("What answers at " + hub + " is not a hub of this version.");
        }
    }

    /** The sentence of a problem detail (RFC 9457), if there is one. */
    private ClientTrouble problem(HttpResponse<byte[]> answer) {
        String sentence = "";
        try {
            sentence = JSON.readTree(answer.body()).path("detail").asString("");
        } catch (JacksonException e) {
            // Some proxy's page: the status has to do.
        }
        return ClientTrouble.failed(
                sentence.isBlank()
                        ? "The hub at " + hub + " answers with status " + answer.statusCode() + "."
                        : sentence);
    }

    private static BodyPublisher multipart(String boundary, Map<String, String> texts, Map<String, Path> files)
            throws FileNotFoundException {
        List<BodyPublisher> parts = new ArrayList<>();
        texts.forEach((name, value) -> parts.add(bytes("--" + boundary + "\r\nContent-Disposition: form-data; name=\""
                + quoted(name) + "\"\r\n" + "Content-Type: text/plain; charset=UTF-8\r\n\r\n" + value + "\r\n")));
        for (Map.Entry<String, Path> file : files.entrySet()) {
            parts.add(bytes("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + quoted(file.getKey())
                    + "\"; filename=\"" + quoted(String.valueOf(file.getValue().getFileName()))
                    + "\"\r\nContent-Type: text/csv\r\n\r\n"));
            parts.add(BodyPublishers.ofFile(file.getValue()));
            parts.add(bytes("\r\n"));
        }
        parts.add(bytes("--" + boundary + "--\r\n"));
        return BodyPublishers.concat(parts.toArray(BodyPublisher[]::new));
    }

    private static BodyPublisher bytes(String text) {
        return BodyPublishers.ofString(text, StandardCharsets.UTF_8);
    }

    /** As browsers write it (WHATWG, multipart/form-data encoding algorithm). */
    private static String quoted(String text) {
        return text.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
