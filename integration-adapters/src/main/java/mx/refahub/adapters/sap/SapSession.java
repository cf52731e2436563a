package mx.refahub.adapters.sap;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mx.refahub.adapters.line.LineTrouble;
import mx.refahub.domain.outside.Connection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One sign-in at a Service Layer: its cookies, and anew when they are not taken any more. What asks is tried again while the Service Layer is busy; what
 * changes something is tried again only where it has certainly done nothing. A Service Layer that fails again and again is left alone for a while.
 */
final class SapSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SapSession.class);
    static final JsonMapper JSON = JsonMapper.builder().build();
    /** A wrong password tried again and again would lock the user. */
    static final Duration AFTER_SIGNATURE = Duration.ofHours(1);

    private static final int TRIES = 3;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final int LONGEST_REASON = 400;
    private static final int LARGEST_ANSWER = 32 * 1024 * 1024;

    private final Connection connection;
    private final URI root;
    private final HttpClient client;
    private final Duration patience;
    private final CircuitBreaker breaker;
    private final Retry retry;
    private final Map<String, String> cookies = new TreeMap<>();
    private volatile @Nullable RefusedSignIn refused;

    SapSession(Connection connection) {
        this.connection = connection;
        String address = connection.address().toString();
        this.root = URI.create(address.contains("/b1s/") ? address + "/" : address + "/b1s/v1/");
        this.patience = Duration.ofSeconds(Math.max(1, connection.number("patience")));
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5));
        if (!connection.text("fingerprint").isEmpty())
            builder.sslContext(PinnedCertificate.context(connection.text("fingerprint")));
        this.client = builder.build();
        this.breaker = CircuitBreaker.of(
                "sap",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(10)
                        .minimumNumberOfCalls(5)
                        .failureRateThreshold(60)
                        .waitDurationInOpenState(Duration.ofSeconds(30))
                        .recordException(e -> e instanceof SapTrouble trouble && trouble.isPassing())
                        .build());
        this.retry = Retry.of(
                "sap",
                RetryConfig.custom()
                        .maxAttempts(TRIES)
                        .intervalBiFunction((attempt, outcome) ->
                                wait(attempt, outcome.swap().getOrNull()))
                        .retryOnException(e -> e instanceof SapTrouble trouble && isWorthAnother(trouble))
                        .build());
    }

    private static long wait(int attempt, @Nullable Throwable thrown) {
        if (thrown instanceof SapTrouble trouble) {
            Duration after = trouble.after();
            if (after != null) return after.toMillis();
        }
        return IntervalFunction.ofExponentialRandomBackoff(200, 2, 0.5).apply(attempt);
    }

    /** What asks for a longer wait than a caller can give is told to the caller. */
    private static boolean isWorthAnother(SapTrouble trouble) {
        if (trouble.kind() != SapTrouble.Kind.BUSY) return false;
        Duration after = trouble.after();
        return after == null || after.compareTo(LONGEST_WAIT) <= 0;
    }

    Connection connection() {
        return connection;
    }

    /** Path of the root, for parts of a batch. */
    String rootPath() {
        return root.getRawPath();
    }

    record Answer(int status, String contentType, String body) {
        JsonNode json() throws SapTrouble {
            try {
                return JSON.readTree(body);
            } catch (JacksonException e) {
                throw new SapTrouble(SapTrouble.Kind.STRANGE, "HTTP " + status + ", " + contentType);
            }
        }
    }

    JsonNode get(String path) throws SapTrouble {
        return get(path, 0);
    }

    /** @param page rows wanted in one answer; 0: as the Service Layer likes */
    JsonNode get(String path, int page) throws SapTrouble {
        return guarded(() -> {
            HttpRequest.Builder request = to(path).GET();
            if (page > 0) request.header("Prefer", "odata.maxpagesize=" + page);
            return asked(request, true).json();
        });
    }

    /** A POST that changes nothing. */
    JsonNode ask(String path) throws SapTrouble {
        return guarded(() ->
                asked(to(path).POST(HttpRequest.BodyPublishers.noBody()), true).json());
    }

    Answer send(String method, String path, String contentType, byte[] body, String prefer) throws SapTrouble {
        return guarded(() -> {
            HttpRequest.Builder request = to(path).method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                    .header("Content-Type", contentType);
            if (!prefer.isEmpty()) request.header("Prefer", prefer);
            return asked(request, false);
        });
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(root.resolve(path)).timeout(patience).header("Accept", "application/json");
    }

    private <T> T guarded(Callable<T> call) throws SapTrouble {
        try {
            return Retry.decorateCallable(retry, CircuitBreaker.decorateCallable(breaker, call))
                    .call();
        } catch (SapTrouble e) {
            throw e;
        } catch (io.github.resilience4j.circuitbreaker.CallNotPermittedException e) {
            throw new SapTrouble(
                    SapTrouble.Kind.BUSY,
                    0,
                    "",
                    "falló varias veces seguidas; se le deja descansar",
                    Duration.ofSeconds(30));
        } catch (Exception e) {
            throw new IllegalStateException("speaking to SAP", e);
        }
    }

    private Answer asked(HttpRequest.Builder request, boolean asks) throws SapTrouble {
        if (cookies.isEmpty()) login();
        try {
            return answer(request, asks);
        } catch (SapTrouble e) {
            // A session that ended has done nothing; only once, for a Service Layer that forgets at once would be asked
            // for ever.
            if (e.status() != 401) throw e;
            login();
            return answer(request, asks);
        }
    }

    private Answer answer(HttpRequest.Builder request, boolean asks) throws SapTrouble {
        request.setHeader("Cookie", cookieHeader());
        return checked(exchange(request.build(), asks), asks);
    }

    private String cookieHeader() {
        StringBuilder all = new StringBuilder();
        cookies.forEach((name, value) ->
                all.append(all.isEmpty() ? "" : "; ").append(name).append('=').append(value));
        return all.toString();
    }

    private record RefusedSignIn(SapTrouble trouble, long at) {}

    /** Somebody mended it at SAP: the next call signs in again. */
    void forgetRefusal() {
        refused = null;
    }

    /** One that was refused is not tried again for a while with the same user and password. */
    void login() throws SapTrouble {
        RefusedSignIn before = refused;
        if (before != null && System.nanoTime() - before.at() < AFTER_SIGNATURE.toNanos()) throw before.trouble();
        refused = null;
        cookies.clear();
        String body = JSON.writeValueAsString(Map.of(
                "CompanyDB", connection.text("company"),
                "UserName", connection.text("user"),
                "Password", connection.secret("password")));
        HttpResponse<byte[]> response = exchange(
                to("Login")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .header("Content-Type", "application/json")
                        .build(),
                true);
        try {
            checked(response, true);
        } catch (SapTrouble e) {
            if (e.kind() == SapTrouble.Kind.REFUSED && (e.status() == 401 || e.status() == 400 || e.status() == 403))
                throw refused(new SapTrouble(SapTrouble.Kind.SIGNATURE, e.status(), e.code(), e.reason(), null));
            throw e;
        }
        for (String cookie : response.headers().allValues("Set-Cookie")) keep(cookie);
        if (!cookies.containsKey("B1SESSION"))
            throw new SapTrouble(SapTrouble.Kind.STRANGE, "no dio la sesión B1SESSION");
        LOG.info("signed in at SAP connection={}", connection.name());
    }

    private SapTrouble refused(SapTrouble trouble) {
        refused = new RefusedSignIn(trouble, System.nanoTime());
        LOG.warn("sign-in refused by SAP connection={} reason={}", connection.name(), trouble.reason());
        return trouble;
    }

    private void keep(String cookie) {
        String pair = cookie.split(";", 2)[0];
        int equals = pair.indexOf('=');
        String name = equals < 0 ? "" : pair.substring(0, equals).strip();
        // Nothing else that a server sets is of any use here.
        if (name.equals("B1SESSION") || name.equals("ROUTEID"))
            cookies.put(name, pair.substring(equals + 1).strip());
    }

    /** The whole of it within the patience, body included, which the request's own timeout does not count. */
    private HttpResponse<byte[]> exchange(HttpRequest request, boolean asks) throws SapTrouble {
        CompletableFuture<HttpResponse<byte[]>> coming = client.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        try {
            return coming.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            coming.cancel(true);
            throw late(asks);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case HttpConnectTimeoutException refused ->
                    new SapTrouble(SapTrouble.Kind.BUSY, LineTrouble.words(refused));
                case ConnectException refused -> new SapTrouble(SapTrouble.Kind.BUSY, LineTrouble.words(refused));
                case HttpTimeoutException late -> late(asks);
                case IOException broken -> new SapTrouble(lost(asks), LineTrouble.words(broken));
                case null, default -> throw new IllegalStateException("call to SAP", e);
            };
        } catch (InterruptedException e) {
            coming.cancel(true);
            Thread.currentThread().interrupt();
            throw new SapTrouble(SapTrouble.Kind.LOST, "se interrumpió");
        }
    }

    private SapTrouble late(boolean asks) {
        return new SapTrouble(lost(asks), "no contestó en " + patience.toSeconds() + " s");
    }

    /** A question may be asked again whatever became of it. */
    private static SapTrouble.Kind lost(boolean asks) {
        return asks ? SapTrouble.Kind.BUSY : SapTrouble.Kind.LOST;
    }

    private static Answer checked(HttpResponse<byte[]> response, boolean asks) throws SapTrouble {
        Answer answer = new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                new String(response.body(), StandardCharsets.UTF_8));
        int status = answer.status();
        if (status / 100 == 2) return answer;
        Duration after = after(response);
        if (status == 429 || status == 503 && after != null)
            throw new SapTrouble(SapTrouble.Kind.BUSY, status, "", "pide esperar (HTTP " + status + ")", after);
        // The proxy before the nodes says so too when a node broke off in the middle of its work.
        if (status == 502 || status == 503)
            throw new SapTrouble(lost(asks), status, "", "respondió HTTP " + status, after);
        // Whatever went wrong inside it may have gone wrong after the work.
        if (status / 100 == 5)
            throw new SapTrouble(SapTrouble.Kind.LOST, status, code(answer.body()), said(answer), null);
        if (status / 100 == 3) throw new SapTrouble(SapTrouble.Kind.STRANGE, "HTTP " + status);
        throw new SapTrouble(SapTrouble.Kind.REFUSED, status, code(answer.body()), said(answer), null);
    }

    private static @Nullable Duration after(HttpResponse<?> response) {
        String header = response.headers().firstValue("Retry-After").orElse("");
        return header.matches("\\d{1,5}") ? Duration.ofSeconds(Long.parseLong(header)) : null;
    }

    private static String said(Answer answer) {
        String reason = reason(answer.body());
        return reason.isEmpty() ? "HTTP " + answer.status() : reason;
    }

    /** {@code error.code}: a number, or a text since OData 4. */
    static String code(String body) {
        return error(body).path("code").asString("");
    }

    /** {@code error.message.value}, or {@code error.message} since OData 4. */
    static String reason(String body) {
        JsonNode message = error(body).path("message");
        String text = message.isObject() ? message.path("value").asString("") : message.asString("");
        String line = text.replaceAll("\\s+", " ").strip();
        return line.substring(0, Math.min(line.length(), LONGEST_REASON));
    }

    private static JsonNode error(String body) {
        try {
            return JSON.readTree(body).path("error");
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }

    /** Rows of an answer and the way to the next page; both versions of OData name it. */
    record Page(List<JsonNode> rows, String next) {}

    static Page page(JsonNode answer) {
        String next = answer.path("odata.nextLink")
                .asString(answer.path("@odata.nextLink").asString(""));
        return new Page(List.copyOf(answer.path("value").valueStream().toList()), next);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
