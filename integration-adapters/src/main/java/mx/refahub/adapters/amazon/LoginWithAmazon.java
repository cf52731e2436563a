package mx.refahub.adapters.amazon;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;
import mx.refahub.domain.market.Answer;
import mx.refahub.domain.market.Answer.Locked;
import mx.refahub.domain.market.Answer.Unreachable;
import mx.refahub.domain.market.Grant.Tokens;
import tools.jackson.databind.JsonNode;

/**
 * Access tokens of Login with Amazon for the seller's refresh token (OAuth 2.0, RFC 6749 section 6). The refresh token stays good: an answer that is lost costs
 * nothing, so none is reported as possibly sent.
 */
final class LoginWithAmazon {
    private final AmazonAccount account;
    private final Wire wire;
    private final Clock clock;

    LoginWithAmazon(AmazonAccount account, Wire wire, Clock clock) {
        this.account = account;
        this.wire = wire;
        this.clock = clock;
    }

    /** @param kept not used: the connection's own is the newest a person has entered */
    Answer<Tokens> renew(String kept) {
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
            case Wire.Lost(String why, boolean sent) -> new Unreachable<>("entrada a Amazon: " + why, false);
            case Wire.Whole whole -> read(whole);
        };
    }

    private Answer<Tokens> read(Wire.Whole whole) {
        JsonNode body = whole.json();
        int status = whole.status();
        if (status == 200 && body != null) {
            String access = body.path("access_token").asString("");
            if (!access.isEmpty())
                return Answer.done(new Tokens(
                        access,
                        null,
                        clock.instant().plusSeconds(body.path("expires_in").asLong(3600)),
                        account.sellerId()));
        }
        if ((status == 400 || status == 401) && body != null) {
            String error = body.path("error").asString(Integer.toString(status));
            String told = body.path("error_description").asString("");
            return new Locked<>("Amazon no acepta el permiso de la conexión: "
                    + (told.isEmpty() ? error : told + " (" + error + ")"));
        }
        return new Unreachable<>("la entrada a Amazon respondió " + status, false);
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
