package mx.refahub.adapters.mercadolibre;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import mx.refahub.adapters.mercadolibre.Calls.Call;
import mx.refahub.adapters.mercadolibre.Calls.Came;
import mx.refahub.domain.market.Answer;
import mx.refahub.domain.market.Answer.Reason;
import mx.refahub.domain.market.Grant;
import tools.jackson.databind.JsonNode;

/** Calls in the seller's name. A token that is refused is renewed once. */
final class Signed {
    private static final String JSON = "application/json";
    private static final byte[] NOTHING = {};

    private final Calls calls;
    private final Grant grant;
    private final Function<String, Answer<Grant.Tokens>> renew;

    Signed(Calls calls, Grant grant, Function<String, Answer<Grant.Tokens>> renew) {
        this.calls = calls;
        this.grant = grant;
        this.renew = renew;
    }

    /** The seller's id. */
    Answer<String> seller() {
        return grant.tokens(null, renew).map(Grant.Tokens::seller);
    }

    Answer<JsonNode> get(String path) {
        return make(new Call("GET", path, NOTHING, JSON, true, Map.of("x-format-new", "true")));
    }

    Answer<JsonNode> put(String path, Object body) {
        return make(new Call("PUT", path, calls.bytes(body), JSON, true, Map.of()));
    }

    Answer<JsonNode> post(String path, Object body) {
        return make(new Call("POST", path, calls.bytes(body), JSON, false, Map.of()));
    }

    /** Asks by POST, at no effect. */
    Answer<JsonNode> ask(String path, Object body) {
        return make(new Call("POST", path, calls.bytes(body), JSON, true, Map.of()));
    }

    Answer<JsonNode> upload(String path, byte[] body, String type) {
        return make(new Call("POST", path, body, type, false, Map.of()));
    }

    private Answer<JsonNode> make(Call call) {
        return grant.tokens(null, renew).then(tokens -> {
            Came first = calls.make(call, tokens.access());
            if (!first.unauthorised()) return first.answer();
            return grant.tokens(tokens.access(), renew).then(renewed -> {
                Came second = calls.make(call, renewed.access());
                return second.unauthorised() && second.answer() instanceof Answer.Refused<JsonNode>(List<Reason> why)
                        ? new Answer.Locked<>(why.getFirst().text())
                        : second.answer();
            });
        });
    }
}
