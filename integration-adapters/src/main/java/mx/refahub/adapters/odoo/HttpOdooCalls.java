package mx.refahub.adapters.odoo;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
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
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import mx.refahub.adapters.line.LineTrouble;
import mx.refahub.domain.Failure;
import mx.refahub.domain.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Over HTTP. What only reads is repeated after an answer that says nothing; what writes is repeated only where the server surely did not take it (it could not be
 * connected to, or answered 429). A server that keeps failing is left alone for a while. Redirects are not followed. Threads may share it.
 */
final class HttpOdooCalls implements OdooCalls, AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration LEFT_ALONE = Duration.ofSeconds(30);
    /** Longer than this a thread is not held up; the caller comes back. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private static final int TRIES = 3;
    private static final int WATCHED = 10;
    private static final int LARGEST_ANSWER = 32 * 1024 * 1024;
    private static final int MULTIPLE_CHOICES = 300;
    private static final int BAD_REQUEST = 400;
    private static final int TOO_MANY = 429;
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final OdooAccess access;
    private final HttpClient http;
    private final CircuitBreaker breaker;
    private final Retry retry;
    private volatile @Nullable Spoken spoken;

    /** What the server turned out to speak. @param user signed in as; 0 in JSON-2 */
    private record Spoken(OdooWire wire, int version, long user) {}

    /** Surely not taken. */
    static final class TurnedAway extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final Duration wait;

        TurnedAway(String message, Duration wait, @Nullable Throwable cause) {
            super(message, cause);
            this.wait = wait;
        }

        /** Somebody is there and asks to be left alone; else nobody is. */
        boolean isAsked() {
            return getCause() == null;
        }

        Duration pause() {
            return wait;
        }
    }

    /** Perhaps taken; only a reading one is repeated. */
    private static final class Unanswered extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unanswered(Failure cause) {
            super(cause.getMessage(), cause);
        }
    }

    HttpOdooCalls(OdooAccess access) {
        this.access = access;
        http = HttpClient.newBuilder()
                .connectTimeout(access.patience().compareTo(CONNECT) < 0 ? access.patience() : CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        breaker = CircuitBreaker.of(
                "odoo",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(WATCHED)
                        .minimumNumberOfCalls(WATCHED)
                        .waitDurationInOpenState(LEFT_ALONE)
                        .recordException(each -> !(each instanceof OdooRefused))
                        .build());
        IntervalFunction growing = IntervalFunction.ofExponentialRandomBackoff(access.pause(), 2, 0.5);
        retry = Retry.of(
                "odoo",
                RetryConfig.custom()
                        .maxAttempts(TRIES)
                        .intervalBiFunction((attempt, outcome) -> {
                            long millis = growing.apply(attempt);
                            return outcome.isLeft() && outcome.getLeft() instanceof TurnedAway away
                                    ? Math.max(millis, away.wait.toMillis())
                                    : millis;
                        })
                        .retryOnException(each -> each instanceof Unanswered
                                || each instanceof TurnedAway away && away.wait.compareTo(LONGEST_WAIT) <= 0)
                        .build());
    }

    @Override
    public @Nullable Object execute(OdooCall call) {
        Spoken now = spoken();
        return guarded(call.isReading(), () -> send(now.wire().request(call, now.user()), now.wire()::answer));
    }

    @Override
    public int version() {
        return spoken().version();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** Found out once; who signs in with a key that is no longer good learns it at each call. */
    private Spoken spoken() {
        Spoken known = spoken;
        if (known != null) return known;
        Spoken found = found();
        spoken = found;
        return found;
    }

    private Spoken found() {
        if (access.protocol() == OdooProtocol.JSON_2)
            return new Spoken(new Json2Wire(access), OdooModels.JSON_2_SINCE, 0);
        int version = asked();
        OdooWire wire = switch (access.protocol()) {
            case AUTO, JSON_2 -> version >= OdooModels.JSON_2_SINCE ? new Json2Wire(access) : new JsonRpcWire(access);
            case JSON_RPC -> new JsonRpcWire(access);
            case XML_RPC -> new XmlRpcWire(access);
        };
        OdooWire.Request login = wire.login();
        if (login == null) return new Spoken(wire, version, 0);
        if (guarded(true, () -> send(login, wire::answer)) instanceof Number user && user.longValue() > 0)
            return new Spoken(wire, version, user.longValue());
        throw new OdooRefused(OdooRefused.Kind.KEY, "");
    }

    /** What it says of itself over JSON-RPC; a server that has JSON-RPC no more is newer than 19, the last that is known to. */
    private int asked() {
        Object said;
        try {
            said = guarded(true, () -> send(JsonRpcWire.version(), JsonRpcWire::read));
        } catch (OdooRefused e) {
            if (e.kind() == OdooRefused.Kind.MISSING) return OdooModels.JSON_2_SINCE;
            throw e;
        }
        if (said instanceof Map<?, ?> parts) {
            Matcher major = NUMBER.matcher(String.valueOf(parts.get("server_version")));
            if (major.find()) return Integer.parseInt(major.group());
        }
        throw Failure.retryable("Odoo no dijo su versión", null);
    }

    private @Nullable Object guarded(boolean again, Supplier<@Nullable Object> call) {
        Supplier<@Nullable Object> once = () -> {
            try {
                return breaker.executeSupplier(call);
            } catch (Failure e) {
                if (again && e.kind() == FailureKind.RETRYABLE) throw new Unanswered(e);
                throw e;
            }
        };
        try {
            return retry.executeSupplier(once);
        } catch (Unanswered e) {
            throw Failure.retryable(String.valueOf(e.getMessage()), e.getCause());
        } catch (TurnedAway e) {
            throw Failure.retryable(String.valueOf(e.getMessage()), e);
        } catch (CallNotPermittedException e) {
            throw Failure.retryable(
                    "Odoo falló demasiadas veces seguidas; se le deja descansar " + LEFT_ALONE.toSeconds() + " s", e);
        }
    }

    private interface Reader {
        @Nullable
        Object read(int status, byte[] body);
    }

    private @Nullable Object send(OdooWire.Request request, Reader reader) {
        HttpRequest.Builder to = HttpRequest.newBuilder(URI.create(access.server() + request.path()))
                .timeout(access.patience())
                .header("Content-Type", request.contentType())
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach(to::header);
        HttpResponse<byte[]> answer = sent(to.build());
        int status = answer.statusCode();
        if (status == TOO_MANY)
            throw new TurnedAway(
                    "Odoo pide esperar: recibió demasiadas peticiones",
                    Duration.ofSeconds(answer.headers()
                            .firstValue("Retry-After")
                            .filter(each -> each.matches("\\d{1,5}"))
                            .map(Long::parseLong)
                            .orElse(0L)),
                    null);
        if (status >= MULTIPLE_CHOICES && status < BAD_REQUEST)
            throw new OdooRefused(
                    OdooRefused.Kind.MISSING, "La dirección lleva a otra: escribe la definitiva en la conexión.");
        return reader.read(status, answer.body());
    }

    /** The whole of it within the patience, body included, which the request's own timeout does not count. */
    private HttpResponse<byte[]> sent(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> sending =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        try {
            return sending.get(access.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException)
                throw new TurnedAway("No hay conexión con Odoo: " + LineTrouble.words(cause), Duration.ZERO, cause);
            if (cause instanceof SSLException)
                throw Failure.retryable("No hay conexión con Odoo: " + LineTrouble.words(cause), cause);
            if (cause instanceof IOException) throw Failure.retryable("La respuesta de Odoo se cortó", cause);
            throw new IllegalStateException("request to Odoo", cause);
        } catch (TimeoutException e) {
            sending.cancel(true);
            throw Failure.retryable("Odoo no respondió a tiempo", e);
        } catch (InterruptedException e) {
            sending.cancel(true);
            Thread.currentThread().interrupt();
            throw Failure.retryable("Se interrumpió la petición a Odoo", e);
        }
    }
}
