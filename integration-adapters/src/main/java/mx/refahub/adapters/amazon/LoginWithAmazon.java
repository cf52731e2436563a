package mx.refahub.adapters.amazon;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import mx.refahub.adapters.amazon.Answer.Answered;
import mx.refahub.adapters.amazon.Answer.Unauthorised;
import mx.refahub.adapters.amazon.Answer.Unreachable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Access tokens of Login with Amazon by the refresh token (OAuth 2.0, RFC 6749 section 6). A token is kept until a minute before it expires, and dropped when
 * Amazon no longer takes it. One thread asks, the others wait for it.
 */
final class LoginWithAmazon {
    private static final Duration MARGIN = Duration.ofSeconds(60);

    private record Held(String token, Instant until) {}

    private final AmazonAccount account;
    private final Wire wire;
    private final Clock clock;
    private @Nullable Held held;

    LoginWithAmazon(AmazonAccount account, Wire wire, Clock clock) {
        this.account = account;
        this.wire = wire;
        this.clock = clock;
    }

    synchronized Answer<String> token() {
        Held now = held;
        if (now != null && clock.instant().isBefore(now.until)) return new Answered<>(now.token, "");
        held = null;
        HttpRequest request = HttpRequest.newBuilder(account.tokens())
                .header("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(form(Map.of(
                        "grant_type", "refresh_token",
                        "refresh_token", account.refreshToken(),
                        "client_id", account.clientId(),
                        "client_secret", account.clientSecret()))))
                .build();
        return switch (wire.send(request)) {
            case Wire.Lost(String why, boolean sent) -> new Unreachable<>("Login with Amazon: " + why, false);
            case Wire.Whole whole -> read(whole);
        };
    }

    /** Amazon does not take it any more; nothing happens if another has been fetched meanwhile. */
    synchronized void forget(String token) {
        if (held != null && held.token.equals(token)) held = null;
    }

    private Answer<String> read(Wire.Whole whole) {
        JsonNode body = whole.json();
        if (whole.status() == 200 && body != null && !body.path("access_token").asString("").isEmpty()) {
            Held fresh = new Held(
                    body.path("access_token").asString(),
                    clock.instant()
                            .plusSeconds(body.path("expires_in").asLong(3600))
                            .minus(MARGIN));
            held = fresh;
            return new Answered<>(fresh.token, whole.requestId());
        }
        if ((whole.status() == 400 || whole.status() == 401) && body != null) {
            String error = body.path("error").asString("");
            String told = body.path("error_description").asString("");
            return new Unauthorised<>(told.isEmpty() ? error : error + ": " + told, whole.requestId());
        }
        return new Unreachable<>("Login with Amazon answered " + whole.status(), false);
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
