package mx.refahub.adapters.aplazo;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.lender.BnplProvider;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.outside.Connection;
import mx.refahub.domain.outside.Field;
import mx.refahub.domain.outside.OutsideKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Aplazo's calls for points of sale. What is known of them and what is not stands in docs/tenders.md. A loan's cart id is our order's id. */
public final class Aplazo implements BnplProvider {
    public static final String KIND = "aplazo";
    static final String MERCHANT = "merchant";
    static final String TOKEN = "apiToken";
    private static final OutsideKind SYSTEM = new OutsideKind(
            KIND, true, "https://api.aplazo.mx", List.of(Field.text(MERCHANT, true, ""), Field.secret(TOKEN, true)));
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final long LARGEST = 1024 * 1024;
    private static final int LONGEST_REASON = 120;
    private static final int TOO_MANY = 429;
    private static final int TROUBLE = 500;
    private static final int NOT_FOUND = 404;

    private final Duration patience;
    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /** @param patience for one answer */
    public Aplazo(Duration patience) {
        this.patience = patience;
    }

    @Override
    public OutsideKind kind() {
        return SYSTEM;
    }

    private sealed interface Came {
        record Said(JsonNode body) implements Came {}

        record Refused(int status, String reason) implements Came {}

        /** @param maybe it may have had its effect */
        record Lost(String why, boolean maybe) implements Came {}
    }

    @Override
    public Outcome<String> probe(Connection connection) {
        String host = connection.address().getHost();
        return switch (signIn(connection)) {
            case Came.Said(JsonNode body)
            when !token(body).isEmpty() -> Outcome.done("Aplazo " + connection.text(MERCHANT));
            case Came.Said unused -> Outcome.refused("outside-strange", host);
            case Came.Refused(int status, String reason) ->
                status == TOO_MANY ? Outcome.refused("outside-busy", "60") : Outcome.refused("outside-signature");
            case Came.Lost(String why, boolean unused) -> Outcome.refused("outside-unreachable", host, why);
        };
    }

    @Override
    public Answer create(Connection connection, UUID order, Money amount, String phone) {
        Map<String, Object> loan = new LinkedHashMap<>();
        loan.put("cartId", order.toString());
        loan.put("totalPrice", amount.amount());
        loan.put("currency", "MXN");
        loan.put("buyer", Map.of("phone", phone));
        return switch (signed(connection, "POST", "/api/loan", loan, null)) {
            case Came.Said(JsonNode body) -> standing(body);
            case Came.Refused(int status, String reason) -> new Answer.Refused(reason);
            case Came.Lost(String why, boolean maybe) -> maybe ? new Answer.Unknown(why) : new Answer.Refused(why);
        };
    }

    @Override
    public Answer inquire(Connection connection, UUID order) {
        return switch (signed(connection, "GET", "/api/pos/loan/" + order, null, null)) {
            case Came.Said(JsonNode loans) -> ofCart(loans);
            case Came.Refused(int status, String reason) ->
                status == NOT_FOUND ? new Answer.Never() : new Answer.Unknown(reason);
            case Came.Lost(String why, boolean unused) -> new Answer.Unknown(why);
        };
    }

    /** Of a cart's loans the one that was lent counts, else the last. */
    private static Answer ofCart(JsonNode loans) {
        if (!loans.isArray()) return new Answer.Unknown("answer-wrong");
        Answer last = new Answer.Never();
        for (JsonNode loan : loans) {
            last = standing(loan);
            if (last instanceof Answer.Known(State state, String reference, String reason) && state == State.APPROVED)
                return last;
        }
        return last;
    }

    @Override
    public Answer cancel(Connection connection, UUID order) {
        Answer now = inquire(connection, order);
        if (!(now instanceof Answer.Known(State state, String reference, String reason))
                || state != State.WAITING && state != State.APPROVED) return now;
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("cartId", order.toString());
        about.put("reason", "cancelado en caja");
        boolean lent = state == State.APPROVED;
        Came came = signed(
                connection,
                "POST",
                lent ? "/api/pos/loan/refund" : "/api/pos/loan/cancel",
                about,
                lent ? order.toString() : null);
        if (came instanceof Came.Lost(String why, boolean unused)) return new Answer.Unknown(why);
        // The customer may have said yes in between: only what it is now counts.
        return inquire(connection, order);
    }

    @Override
    public Answer refund(Connection connection, UUID order, UUID refund, Money amount) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("cartId", order.toString());
        about.put("totalAmount", amount.amount());
        about.put("reason", "devolución");
        return switch (signed(connection, "POST", "/api/pos/loan/refund", about, refund.toString())) {
            case Came.Said(JsonNode body) -> new Answer.Known(State.APPROVED, text(body, "refundId"), "");
            case Came.Refused(int status, String reason) -> new Answer.Refused(reason);
            case Came.Lost(String why, boolean maybe) -> maybe ? new Answer.Unknown(why) : new Answer.Refused(why);
        };
    }

    private static Answer standing(JsonNode loan) {
        String reference = text(loan, "loanId");
        String status = text(loan, "status").toUpperCase(Locale.ROOT);
        State state = switch (status) {
            case "", "REQUESTED", "PENDING", "PROCESSING" -> State.WAITING;
            case "OUTSTANDING" -> State.APPROVED;
            case "REJECTED", "DENIED" -> State.DENIED;
            case "EXPIRED" -> State.EXPIRED;
            case "CANCELLED", "CANCELED", "REFUNDED" -> State.CANCELLED;
            default -> null;
        };
        if (state == null || reference.isEmpty()) return new Answer.Unknown("answer-wrong");
        return new Answer.Known(state, reference, text(loan, "reason"));
    }

    private Came signIn(Connection connection) {
        return call(
                connection,
                "POST",
                "/api/auth",
                Map.of("apiToken", connection.secret(TOKEN), "merchantId", connection.text(MERCHANT)),
                null,
                null);
    }

    private static String token(JsonNode body) {
        String token = text(body, "Authorization");
        return token.startsWith("Bearer ") ? token.substring("Bearer ".length()) : token;
    }

    private Came signed(
            Connection connection, String method, String path, @Nullable Object body, @Nullable String key) {
        Came in = signIn(connection);
        if (in instanceof Came.Lost(String why, boolean unused)) return new Came.Lost(why, false);
        if (!(in instanceof Came.Said(JsonNode said))) return new Came.Lost("sign-in", false);
        String token = token(said);
        return token.isEmpty() ? new Came.Lost("sign-in", false) : call(connection, method, path, body, token, key);
    }

    private Came call(
            Connection connection,
            String method,
            String path,
            @Nullable Object body,
            @Nullable String token,
            @Nullable String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(connection.address() + path))
                .header("Accept", "application/json")
                .header("merchant_id", connection.text(MERCHANT))
                .header("api_token", connection.secret(TOKEN));
        if (token != null) request.header("Authorization", "Bearer " + token);
        if (key != null) request.header("X-Idempotency-Key", key);
        if (body == null) request.method(method, BodyPublishers.noBody());
        else
            request.header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
        // The request's own timeout ends with the headers: the whole answer is waited for here, to its last byte.
        CompletableFuture<HttpResponse<byte[]>> coming =
                http.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
        try {
            return read(coming.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            coming.cancel(true);
            return new Came.Lost("timeout", true);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException)
                return new Came.Lost("unreachable", false);
            if (cause instanceof IOException) return new Came.Lost("cut", true);
            throw new IllegalStateException("call to " + connection.address().getHost(), cause);
        } catch (InterruptedException e) {
            coming.cancel(true);
            Thread.currentThread().interrupt();
            return new Came.Lost("interrupted", true);
        }
    }

    private Came read(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status == TOO_MANY) return new Came.Lost("busy", false);
        if (status >= TROUBLE) return new Came.Lost("HTTP " + status, true);
        JsonNode said;
        try {
            said = json.readTree(response.body());
        } catch (JacksonException e) {
            said = json.missingNode();
        }
        boolean done = status / 100 == 2;
        if (done) return said.isMissingNode() ? new Came.Lost("answer-wrong", true) : new Came.Said(said);
        String reason = text(said, "message");
        return new Came.Refused(status, reason.isEmpty() ? "HTTP " + status : reason);
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        String text = value.isValueNode() && !value.isNull() ? value.asString("") : "";
        return text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) : text;
    }
}
