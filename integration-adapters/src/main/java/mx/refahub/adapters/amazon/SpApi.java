package mx.refahub.adapters.amazon;

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
import mx.refahub.domain.market.Answer;
import mx.refahub.domain.market.Answer.Done;
import mx.refahub.domain.market.Answer.Limited;
import mx.refahub.domain.market.Answer.Locked;
import mx.refahub.domain.market.Answer.Reason;
import mx.refahub.domain.market.Answer.Unreachable;
import mx.refahub.domain.market.Grant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Calls to the Selling Partner API. Each waits its turn within the quota, carries the access token, renews it once when Amazon no longer takes it, and is sent
 * again after a broken answer if doing it twice is as doing it once. While Amazon is down, the breaker answers in its place.
 */
final class SpApi {
    /** @param requestId Amazon's number of the call */
    record Reply(JsonNode body, String requestId) {}

    private static final int TRIES = 3;
    private static final DateTimeFormatter AMZ_DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AmazonAccount account;
    private final Grant grant;
    private final LoginWithAmazon login;
    private final Lane lane;
    private final Clock clock;

    SpApi(AmazonAccount account, Grant grant, Lane lane, Clock clock) {
        this.account = account;
        this.grant = grant;
        this.login = new LoginWithAmazon(account, lane.wire(), clock);
        this.lane = lane;
        this.clock = clock;
    }

    AmazonAccount account() {
        return account;
    }

    Wire wire() {
        return lane.wire();
    }

    Clock clock() {
        return clock;
    }

    /** Zero, or how long the quota keeps this operation waiting beyond what a call would wait. */
    Duration closed(Operation operation) {
        Duration ahead = lane.quota().ahead(operation);
        return ahead.compareTo(account.patience()) > 0 ? ahead : Duration.ZERO;
    }

    Answer<Reply> call(
            Operation operation, Map<String, String> path, Map<String, String> query, @Nullable JsonNode body) {
        return call(operation, path, query, body, null);
    }

    /** @param restricted a token for this call alone, in place of the account's */
    Answer<Reply> call(
            Operation operation,
            Map<String, String> path,
            Map<String, String> query,
            @Nullable JsonNode body,
            @Nullable String restricted) {
        URI address = address(operation, path, query);
        Duration waited = Duration.ZERO;
        String stale = null;
        boolean renewed = false;
        for (int tries = 1; ; ) {
            Duration turn = lane.quota().take(operation);
            if (!turn.isZero()) {
                waited = waited.plus(turn);
                if (waited.compareTo(account.patience()) > 0 || !sleep(turn)) return new Limited<>(turn);
                continue;
            }
            String bearer;
            if (restricted == null) {
                Answer<Grant.Tokens> tokens = grant.tokens(stale, login::renew);
                if (!(tokens instanceof Done<Grant.Tokens>(Grant.Tokens open)))
                    return tokens.then(none -> Answer.refused("", "no token"));
                bearer = open.access();
            } else {
                bearer = restricted;
            }
            if (!lane.breaker().tryAcquirePermission())
                return new Unreachable<>("Amazon no ha contestado; se le pregunta otra vez en medio minuto", false);
            long from = System.nanoTime();
            Wire.Exchange exchange = lane.wire().send(request(operation, address, body, bearer));
            long took = System.nanoTime() - from;
            Answer<Reply> answer = switch (exchange) {
                case Wire.Lost(String why, boolean sent) ->
                    new Unreachable<>("Amazon " + why + " (" + operation.id + ")", sent);
                case Wire.Whole whole -> read(operation, whole);
            };
            if (answer instanceof Unreachable<Reply>)
                lane.breaker().onError(took, TimeUnit.NANOSECONDS, new IllegalStateException("no whole answer"));
            else lane.breaker().onSuccess(took, TimeUnit.NANOSECONDS);
            boolean mayRenew = !renewed && restricted == null;
            boolean mayRepeat = tries < TRIES;
            switch (answer) {
                case Locked<Reply> no
                when mayRenew -> {
                    renewed = true;
                    stale = bearer;
                }
                case Limited<Reply>(Duration wait) -> {
                    waited = waited.plus(wait);
                    if (waited.compareTo(account.patience()) > 0 || !sleep(wait)) return answer;
                }
                case Unreachable<Reply>(String why, boolean sent)
                when mayRepeat && (operation.repeatable || !sent) -> {
                    if (!sleep(Duration.ofMillis(lane.backoff().apply(tries++)))) return answer;
                }
                // The login gave a fresh token and Amazon still says no: the application lacks the role, or this
                // resource is another's.
                case Locked<Reply>(String why) -> {
                    return Answer.refused("Unauthorized", why);
                }
                case Answer<Reply> last -> {
                    return last;
                }
            }
        }
    }

    private Answer<Reply> read(Operation operation, Wire.Whole whole) {
        number(whole, "x-amzn-RateLimit-Limit")
                .ifPresent(perSecond -> lane.quota().told(operation, perSecond));
        JsonNode body = whole.json();
        int status = whole.status();
        if (status == 204) return Answer.done(new Reply(MissingNode.getInstance(), whole.requestId()));
        if (status >= 200 && status < 300) {
            if (body == null || !body.isObject())
                return new Unreachable<>("Amazon contestó a medias (" + operation.id + ", " + status + ")", true);
            return Answer.done(new Reply(body, whole.requestId()));
        }
        if (status == 429) {
            Duration asked =
                    Duration.ofMillis((long) (number(whole, "Retry-After").orElse(0) * 1000));
            return new Limited<>(lane.quota().exhausted(operation, asked));
        }
        if (status == 401 || status == 403)
            return new Locked<>(String.join(
                            "; ",
                            errors(status, body).stream().map(Reason::text).toList()) + " (x-amzn-RequestId "
                    + whole.requestId() + ")");
        if (status >= 500) return new Unreachable<>("Amazon respondió " + status + " (" + operation.id + ")", true);
        if (status == 404) {
            List<Reason> reasons = new ArrayList<>();
            reasons.add(Reason.of("not-found", ""));
            reasons.addAll(errors(status, body));
            return Issue.refused(reasons, whole.requestId());
        }
        return Issue.refused(errors(status, body), whole.requestId());
    }

    /** {@code ErrorList} of every model: code, message, and now and then details. */
    private static List<Reason> errors(int status, @Nullable JsonNode body) {
        List<Reason> reasons = new ArrayList<>();
        if (body != null) {
            for (JsonNode error : body.path("errors")) {
                String code = error.path("code").asString("");
                String message = error.path("message").asString("");
                String details = error.path("details").asString("");
                String sentence = details.isBlank() || details.equals(message) ? message : message + " " + details;
                if (!code.isBlank() || !sentence.isBlank()) reasons.add(Reason.of(code, sentence));
            }
        }
        if (reasons.isEmpty()) reasons.add(Reason.of(Integer.toString(status), "Amazon respondió " + status));
        return reasons;
    }

    private HttpRequest request(Operation operation, URI address, @Nullable JsonNode body, String bearer) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Accept", "application/json")
                .header("User-Agent", "RefaHub/1.0 (Language=Java/25)")
                .header("x-amz-access-token", bearer)
                .header("x-amz-date", AMZ_DATE.format(clock.instant()));
        if (body == null)
            return request.method(operation.method, HttpRequest.BodyPublishers.noBody())
                    .build();
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

    private static OptionalDouble number(Wire.Whole whole, String header) {
        String told = whole.headers().firstValue(header).orElse("");
        try {
            return told.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(told));
        } catch (NumberFormatException notNumber) {
            return OptionalDouble.empty();
        }
    }

    private boolean sleep(Duration time) {
        try {
            lane.pause().sleep(time);
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
