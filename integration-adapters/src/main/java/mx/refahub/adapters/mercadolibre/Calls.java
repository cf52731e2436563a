package mx.refahub.adapters.mercadolibre;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import mx.refahub.adapters.line.LineTrouble;
import mx.refahub.domain.market.Answer;
import mx.refahub.domain.market.Answer.Reason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One call over HTTP, and what its answer means. What may be repeated is tried twice; for anything longer the caller waits. */
final class Calls {
    private static final int OK = 200;
    private static final int REDIRECT = 300;
    private static final int UNAUTHORISED = 401;
    private static final int TOO_MANY = 429;
    private static final int TROUBLE = 500;
    private static final Duration USUAL_WAIT = Duration.ofSeconds(10);
    private static final long LONGEST_WAIT = 3_600;
    /** A page of fifty orders or a product's list of vehicles stays well below. */
    private static final long LARGEST = 32L * 1024 * 1024;

    private final HttpClient http;
    private final JsonMapper json;
    private final URI base;
    private final Duration patience;

    Calls(HttpClient http, JsonMapper json, URI base, Duration patience) {
        this.http = http;
        this.json = json;
        this.base = base;
        this.patience = patience;
    }

    /** @param repeatable the same again has no further effect */
    record Call(
            String method, String path, byte[] body, String type, boolean repeatable, Map<String, String> headers) {}

    /** @param unauthorised it was refused for its token, and had no effect */
    record Came(Answer<JsonNode> answer, boolean unauthorised) {}

    static String form(Map<String, String> values) {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                        .collect(Collectors.joining("&"));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    byte[] bytes(Object body) {
        return json.writeValueAsBytes(body);
    }

    /** A refresh token serves once, so this is never repeated here. */
    Answer<JsonNode> token(String form) {
        return make(
                        new Call(
                                "POST",
                                "/oauth/token",
                                form.getBytes(StandardCharsets.UTF_8),
                                "application/x-www-form-urlencoded",
                                false,
                                Map.of()),
                        null)
                .answer();
    }

    Came make(Call call, @Nullable String token) {
        Came came = once(call, token);
        return call.repeatable() && came.answer() instanceof Answer.Unreachable<JsonNode> ? once(call, token) : came;
    }

    private Came once(Call call, @Nullable String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base.toString() + call.path()))
                .header("Accept", "application/json");
        if (token != null) request.header("Authorization", "Bearer " + token);
        call.headers().forEach(request::header);
        BodyPublisher body =
                call.body().length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(call.body());
        if (call.body().length > 0) request.header("Content-Type", call.type());
        request.method(call.method(), body);
        // The request's own timeout ends with the headers: the whole answer is waited for here, to its last byte.
        CompletableFuture<HttpResponse<byte[]>> coming =
                http.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
        boolean effect = !call.method().equals("GET");
        try {
            return read(call, coming.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            coming.cancel(true);
            return lost("no terminó de contestar en " + patience.toSeconds() + " s", effect);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException)
                return lost(LineTrouble.words(cause), false);
            if (cause instanceof IOException) return lost(LineTrouble.words(cause), effect);
            throw new IllegalStateException("call to " + base.getHost(), cause);
        } catch (InterruptedException e) {
            coming.cancel(true);
            Thread.currentThread().interrupt();
            return lost("interrumpido", true);
        }
    }

    private static Came lost(String what, boolean maybe) {
        return new Came(new Answer.Unreachable<>(what, maybe), false);
    }

    private Came read(Call call, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        boolean effect = !call.method().equals("GET");
        if (status == TOO_MANY) return new Came(new Answer.Limited<>(wait(response)), false);
        if (status >= TROUBLE) return new Came(new Answer.Unreachable<>("respondió " + status, effect), false);
        JsonNode said;
        try {
            said = json.readTree(response.body());
        } catch (JacksonException e) {
            return new Came(new Answer.Unreachable<>("respondió " + status + " a medias", effect), false);
        }
        if (status >= OK && status < REDIRECT) return new Came(Answer.done(said), false);
        return new Came(new Answer.Refused<>(reasons(status, said)), status == UNAUTHORISED);
    }

    private static Duration wait(HttpResponse<byte[]> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Math.min(Long.parseLong(text), LONGEST_WAIT)))
                .orElse(USUAL_WAIT);
    }

    /** Its causes of type error; warnings are of no consequence. Without causes, what it says itself. */
    static List<Reason> reasons(int status, JsonNode said) {
        List<Reason> reasons = new ArrayList<>();
        for (JsonNode cause : said.path("cause")) {
            String code = Shapes.text(cause, "code");
            String message = Shapes.text(cause, "message");
            if (Shapes.text(cause, "type").equalsIgnoreCase("warning") || code.isEmpty() && message.isEmpty()) continue;
            List<String> about = new ArrayList<>();
            cause.path("references").forEach(each -> about.add(each.asString()));
            reasons.add(new Reason(code, message, String.join(", ", about)));
        }
        if (!reasons.isEmpty()) return reasons;
        String code = Shapes.text(said, "error");
        String message = Shapes.text(said, "message");
        return List.of(Reason.of(code.isEmpty() ? Integer.toString(status) : code, message));
    }
}
