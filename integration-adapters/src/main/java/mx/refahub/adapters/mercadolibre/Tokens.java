package mx.refahub.adapters.mercadolibre;

import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import mx.refahub.domain.market.Answer;
import mx.refahub.domain.market.Grant;
import mx.refahub.domain.outside.Connection;
import tools.jackson.databind.JsonNode;

/** OAuth: a code or a refresh token, each good once, becomes an access token of six hours and the next refresh token. */
final class Tokens {
    private static final long USUAL_SECONDS = 21_600;

    private final Calls calls;
    private final Clock clock;

    Tokens(Calls calls, Clock clock) {
        this.calls = calls;
        this.clock = clock;
    }

    Answer<Grant.Tokens> of(Connection account, URI back, String code) {
        Map<String, String> form = form(account, "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", back.toString());
        return ask(form);
    }

    Answer<Grant.Tokens> renew(Connection account, String refresh) {
        if (refresh.isEmpty()) return Answer.refused("invalid_grant", "no hay autorización");
        Map<String, String> form = form(account, "refresh_token");
        form.put("refresh_token", refresh);
        return ask(form);
    }

    private static Map<String, String> form(Connection account, String type) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", type);
        form.put("client_id", account.text(MercadoLibre.APPLICATION));
        form.put("client_secret", account.secret(MercadoLibre.APPLICATION_SECRET));
        return form;
    }

    private Answer<Grant.Tokens> ask(Map<String, String> form) {
        return calls.token(Calls.form(form)).then(this::read);
    }

    private Answer<Grant.Tokens> read(JsonNode said) {
        String access = Shapes.text(said, "access_token");
        if (access.isEmpty()) return new Answer.Unreachable<>("la respuesta no trae token", true);
        String refresh = Shapes.text(said, "refresh_token");
        long seconds = said.path("expires_in").asLong(USUAL_SECONDS);
        return Answer.done(new Grant.Tokens(
                access,
                refresh.isEmpty() ? null : refresh,
                clock.instant().plusSeconds(seconds),
                Shapes.text(said, "user_id")));
    }
}
