package mx.refahub.adapters.mercadolibre;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mx.refahub.domain.market.Answer;
import mx.refahub.domain.market.Grant;
import mx.refahub.domain.market.Hint;
import mx.refahub.domain.market.Hint.Subject;
import mx.refahub.domain.market.Marketplace;
import mx.refahub.domain.market.MarketplaceKind;
import mx.refahub.domain.outside.Connection;
import mx.refahub.domain.outside.Field;
import mx.refahub.domain.outside.OutsideKind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks to {@code api.mercadolibre.com}. What is from a document and what from memory stands in docs/marketplace-mercadolibre.md.
 */
public final class MercadoLibre implements MarketplaceKind {
    public static final String KIND = "mercado-libre";
    static final String APPLICATION = "application";
    static final String APPLICATION_SECRET = "applicationSecret";
    static final String SIGN_IN = "signIn";
    static final String LISTING_TYPE = "listingType";
    private static final OutsideKind SYSTEM = new OutsideKind(
            KIND,
            false,
            "https://api.mercadolibre.com",
            List.of(
                    Field.text(APPLICATION, true, ""),
                    Field.secret(APPLICATION_SECRET, true),
                    Field.text(SIGN_IN, true, "https://auth.mercadolibre.com.mx/authorization"),
                    Field.choice(LISTING_TYPE, "gold_special", "gold_pro", "free")));
    static final String SITE = "MLM";
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final JsonMapper json;
    private final Clock clock;
    private final Duration patience;
    private final HttpClient http;

    /** @param patience for one answer */
    public MercadoLibre(Clock clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
        json = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
    }

    @Override
    public OutsideKind kind() {
        return SYSTEM;
    }

    @Override
    public Marketplace open(Connection account, Grant grant) {
        Calls calls = new Calls(http, json, account.address(), patience);
        return new MercadoLibreAccount(
                account, new Signed(calls, grant, refresh -> new Tokens(calls, clock).renew(account, refresh)), clock);
    }

    @Override
    public Optional<URI> authorise(Connection account, URI back, String state) {
        String at = account.text(SIGN_IN);
        return Optional.of(URI.create(at + "?"
                + Calls.form(Map.of(
                        "response_type",
                        "code",
                        "client_id",
                        account.text(APPLICATION),
                        "redirect_uri",
                        back.toString(),
                        "state",
                        state))));
    }

    @Override
    public Answer<Grant.Tokens> authorised(Connection account, URI back, String code) {
        return new Tokens(new Calls(http, json, account.address(), patience), clock).of(account, back, code);
    }

    /** Mercado Libre signs nothing: what it says must name our application and the seller, and is only a hint. */
    @Override
    public Optional<Hint> hint(Connection account, String seller, Map<String, String> headers, byte[] body) {
        JsonNode said;
        try {
            said = json.readTree(body);
        } catch (JacksonException e) {
            return Optional.empty();
        }
        String resource = Shapes.text(said, "resource");
        String topic = Shapes.text(said, "topic").toLowerCase(Locale.ROOT);
        if (resource.isEmpty()
                || topic.isEmpty()
                || !Shapes.text(said, "application_id").equals(account.text(APPLICATION))
                || !Shapes.text(said, "user_id").equals(seller)) return Optional.empty();
        String id = resource.substring(resource.lastIndexOf('/') + 1);
        String own = Shapes.text(said, "_id");
        // Without an id of its own the moment that it happened at tells two apart; the number of the attempt does not.
        String key = own.isEmpty() ? topic + " " + resource + " " + Shapes.text(said, "sent") : own;
        return Optional.of(new Hint(key, subject(topic), seller, id, sentAt(said)));
    }

    private Instant sentAt(JsonNode said) {
        try {
            return Shapes.instant(said, "sent");
        } catch (DateTimeParseException e) {
            return clock.instant();
        }
    }

    private static Subject subject(String topic) {
        return switch (topic) {
            case "orders", "orders_v2", "payments" -> topic.equals("payments") ? Subject.OTHER : Subject.ORDER;
            case "shipments" -> Subject.SHIPMENT;
            case "questions" -> Subject.QUESTION;
            case "items" -> Subject.LISTING;
            default -> Subject.OTHER;
        };
    }
}
