package mx.refahub.adapters.amazon;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import mx.refahub.adapters.amazon.Answer.Answered;
import mx.refahub.adapters.amazon.Answer.Issue;
import mx.refahub.adapters.amazon.Answer.Limited;
import mx.refahub.adapters.amazon.Answer.Refused;
import mx.refahub.adapters.amazon.Answer.Severity;
import mx.refahub.adapters.amazon.Answer.Unauthorised;
import mx.refahub.adapters.amazon.Answer.Unreachable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Calls to the Selling Partner API. Each waits its turn within the quota, carries the access token, renews it once when Amazon no longer takes it, and is sent
 * again after a broken answer if doing it twice is as doing it once. While Amazon is down, the breaker answers in its place.
 */
final class SpApi {
    /** Lets a test say how time passes. */
    interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    private static final int TRIES = 3;
    private static final DateTimeFormatter AMZ_DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AmazonAccount account;
    private final Wire wire;
    private final LoginWithAmazon login;
    private final Quota quota;
    private final Clock clock;
    private final Pause pause;
    private final IntervalFunction backoff =
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(400), 2.0, 0.5, Duration.ofSeconds(5));
    private final CircuitBreaker breaker = CircuitBreaker.of(
            "amazon",
            CircuitBreakerConfig.custom()
                    .slidingWindowSize(20)
                    .minimumNumberOfCalls(10)
                    .failureRateThreshold(60)
                    .waitDurationInOpenState(Duration.ofSeconds(30))
                    .permittedNumberOfCallsInHalfOpenState(2)
                    .build());

    SpApi(AmazonAccount account, Clock clock, LongSupplier nanos, Pause pause) {
        this.account = account;
        this.wire = new Wire(account.timeout());
        this.login = new LoginWithAmazon(account, wire, clock);
        this.quota = new Quota(nanos);
        this.clock = clock;
        this.pause = pause;
    }

    AmazonAccount account() {
        return account;
    }

    Wire wire() {
        return wire;
    }

    Clock clock() {
        return clock;
    }

    Answer<JsonNode> call(
            Operation operation, Map<String, String> path, Map<String, String> query, @Nullable JsonNode body) {
        return call(operation, path, query, body, null);
    }

    /** @param token a restricted token in place of the account's */
    Answer<JsonNode> call(
            Operation operation,
            Map<String, String> path,
            Map<String, String> query,
            @Nullable JsonNode body,
            @Nullable String token) {
        URI address = address(operation, path, query);
        boolean renewed = token != null;
        Duration waited = Duration.ZERO;
        for (int tries = 1; ; ) {
            Duration turn = quota.take(operation);
            if (!turn.isZero()) {
                waited = waited.plus(turn);
                if (waited.compareTo(account.patience()) > 0 || !sleep(turn)) return new Limited<>(turn);
                continue;
            }
            String bearer = token;
            if (bearer == null) {
                switch (login.token()) {
                    case Answered<String>(String access, String id) -> bearer = access;
                    case Answer<String> no -> {
                        return no.map(MissingNode.class::cast);
                    }
                }
            }
            if (!breaker.tryAcquirePermission())
                return new Unreachable<>("Amazon has not been answering; asked again in half a minute", false);
            long from = System.nanoTime();
            Wire.Exchange exchange = wire.send(request(operation, address, body, bearer));
            long took = System.nanoTime() - from;
            Answer<JsonNode> answer = switch (exchange) {
                case Wire.Lost(String why, boolean sent) -> new Unreachable<>("Amazon " + operation.id + ": " + why, sent);
                case Wire.Whole whole -> read(operation, whole);
            };
            if (answer instanceof Unreachable<JsonNode>)
                breaker.onError(took, TimeUnit.NANOSECONDS, new IllegalStateException("no whole answer"));
            else breaker.onSuccess(took, TimeUnit.NANOSECONDS);
            switch (answer) {
                case Unauthorised<JsonNode> no when !renewed -> {
                    renewed = true;
                    login.forget(bearer);
                }
                case Limited<JsonNode>(Duration wait) -> {
                    waited = waited.plus(wait);
                    if (waited.compareTo(account.patience()) > 0 || !sleep(wait)) return answer;
                }
                case Unreachable<JsonNode>(String why, boolean sent)
                when tries < TRIES && (operation.repeatable || !sent) -> {
                    if (!sleep(Duration.ofMillis(backoff.apply(tries++)))) return answer;
                }
                case Answer<JsonNode> last -> {
                    return last;
                }
            }
        }
    }

    private Answer<JsonNode> read(Operation operation, Wire.Whole whole) {
        rate(whole, "x-amzn-RateLimit-Limit").ifPresent(perSecond -> quota.told(operation, perSecond));
        JsonNode body = whole.json();
        int status = whole.status();
        if (status == 204) return new Answered<>(MissingNode.getInstance(), whole.requestId());
        if (status >= 200 && status < 300) {
            if (body == null || !body.isObject())
                return new Unreachable<>("Amazon " + operation.id + " answered " + status + " with half an answer", true);
            return new Answered<>(body, whole.requestId());
        }
        if (status == 429) {
            Duration asked = Duration.ofMillis(
                    (long) (rate(whole, "Retry-After").orElse(0) * 1000));
            return new Limited<>(quota.exhausted(operation, asked));
        }
        if (status == 401 || status == 403)
            return new Unauthorised<>(Answer.sentence(errors(status, body)), whole.requestId());
        if (status >= 500) return new Unreachable<>("Amazon " + operation.id + " answered " + status, true);
        return new Refused<>(errors(status, body), whole.requestId());
    }

    /** {@code ErrorList} of every model: code, message, and now and then details. */
    private static List<Issue> errors(int status, @Nullable JsonNode body) {
        List<Issue> issues = new ArrayList<>();
        if (body != null) {
            for (JsonNode error : body.path("errors")) {
                String details = error.path("details").asString("");
                String message = error.path("message").asString("");
                issues.add(Issue.error(
                        error.path("code").asString(""),
                        details.isEmpty() || details.equals(message) ? message : message + " (" + details + ")"));
            }
        }
        if (issues.isEmpty()) issues.add(Issue.error(Integer.toString(status), "Amazon answered " + status));
        return issues;
    }

    /** {@code issues[]} of listings and of processing reports. */
    static List<Issue> issues(JsonNode list) {
        List<Issue> issues = new ArrayList<>();
        for (JsonNode issue : list) issues.add(issue(issue));
        return issues;
    }

    static Issue issue(JsonNode issue) {
        List<String> attributes = new ArrayList<>();
        issue.path("attributeNames").forEach(name -> attributes.add(name.asString("")));
        String single = issue.path("attributeName").asString("");
        if (!single.isEmpty()) attributes.add(single);
        Severity severity = switch (issue.path("severity").asString("")) {
            case "WARNING" -> Severity.WARNING;
            case "INFO" -> Severity.INFO;
            default -> Severity.ERROR;
        };
        return new Issue(
                issue.path("code").asString(""), severity, issue.path("message").asString(""), attributes);
    }

    private HttpRequest request(Operation operation, URI address, @Nullable JsonNode body, String bearer) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Accept", "application/json")
                .header("User-Agent", "RefaHub/1.0 (Language=Java/25)")
                .header("x-amz-access-token", bearer)
                .header("x-amz-date", AMZ_DATE.format(clock.instant()));
        if (body == null) return request.method(operation.method, HttpRequest.BodyPublishers.noBody()).build();
        return request.header("Content-Type", "application/json")
                .method(operation.method, HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
    }

    private URI address(Operation operation, Map<String, String> path, Map<String, String> query) {
        String filled = operation.path;
        for (Map.Entry<String, String> part : path.entrySet())
            filled = filled.replace("{" + part.getKey() + "}", encoded(part.getValue()));
        if (filled.indexOf('{') >= 0) throw new IllegalArgumentException(operation + " lacks a part of " + filled);
        StringJoiner asked = new StringJoiner("&", "?", "").setEmptyValue("");
        query.forEach((name, value) -> asked.add(encoded(name) + "=" + encoded(value)));
        String base = account.api().toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + filled + asked);
    }

    /** A SKU may hold anything, also a slash or a blank. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static OptionalDouble rate(Wire.Whole whole, String header) {
        String told = whole.headers().firstValue(header).orElse("");
        try {
            return told.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(told));
        } catch (NumberFormatException notNumber) {
            return OptionalDouble.empty();
        }
    }

    private boolean sleep(Duration time) {
        try {
            pause.sleep(time);
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
