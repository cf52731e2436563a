package mx.refahub.adapters.amazon;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import mx.refahub.domain.market.Answer;
import mx.refahub.domain.market.Grant;
import mx.refahub.domain.market.Grant.Tokens;
import mx.refahub.domain.market.Hint;
import mx.refahub.domain.market.Marketplace;
import mx.refahub.domain.market.MarketplaceKind;
import mx.refahub.domain.outside.Connection;
import mx.refahub.domain.outside.Field;
import mx.refahub.domain.outside.OutsideKind;

/**
 * Connections of kind {@code amazon}. What a connection has used up of Amazon's quota lives here, from one opening to the next.
 *
 * <p>The seller authorises the application in Seller Central, which shows the refresh token once: it is a secret of the connection, and there is no page of ours
 * to come back to.
 */
public final class Amazon implements MarketplaceKind {
    public static final String KIND = "amazon";
    static final String APPLICATION = "application";
    static final String APPLICATION_SECRET = "applicationSecret";
    static final String REFRESH_TOKEN = "refreshToken";
    static final String SELLER = "seller";
    static final String MARKETPLACE = "marketplace";
    static final String LANGUAGE = "language";
    static final String PRODUCT_TYPE = "productType";
    static final String LISTING = "listing";
    static final String OFFER = "offer";
    static final String ATTRIBUTES = "attributes";
    static final String RESTRICTED = "restricted";
    static final String PICTURES = "pictures";
    static final String NOTIFICATION_KEY = "notificationKey";

    /** Mexico belongs to North America. */
    private static final OutsideKind SYSTEM = new OutsideKind(
            KIND,
            false,
            "https://sellingpartnerapi-na.amazon.com",
            List.of(
                    Field.text(APPLICATION, true, ""),
                    Field.secret(APPLICATION_SECRET, true),
                    Field.secret(REFRESH_TOKEN, true),
                    Field.text(SELLER, true, ""),
                    Field.text(MARKETPLACE, true, "A1AM78C64UM0Y8"),
                    Field.text(LANGUAGE, true, "es_MX"),
                    Field.text(PRODUCT_TYPE, true, "AUTO_PART"),
                    Field.choice(LISTING, "full", OFFER),
                    Field.text(ATTRIBUTES, false, ""),
                    Field.flag(RESTRICTED, false),
                    Field.secret(NOTIFICATION_KEY, false),
                    Field.text(PICTURES, false, "")));

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration BACKOFF = Duration.ofMillis(400);

    private final Clock clock;
    private final Duration timeout;
    private final Duration backoff;
    private final Map<UUID, Lane> lanes = new ConcurrentHashMap<>();
    private final Map<UUID, Set<String>> feeds = new ConcurrentHashMap<>();

    public Amazon(Clock clock) {
        this(clock, TIMEOUT, BACKOFF);
    }

    /** @param timeout of one call, its whole answer included; @param backoff before the first of two further tries */
    public Amazon(Clock clock, Duration timeout, Duration backoff) {
        this.clock = clock;
        this.timeout = timeout;
        this.backoff = backoff;
    }

    @Override
    public OutsideKind kind() {
        return SYSTEM;
    }

    @Override
    public Marketplace open(Connection connection, Grant grant) {
        Lane lane = lanes.computeIfAbsent(
                connection.id(), c -> Lane.open(timeout, backoff, System::nanoTime, Thread::sleep));
        SpApi api = new SpApi(AmazonAccount.of(connection), grant, lane, clock);
        return new AmazonMarketplace(api, feeds.computeIfAbsent(connection.id(), c -> Feeds.none()));
    }

    @Override
    public Optional<URI> authorise(Connection connection, URI back, String state) {
        return Optional.empty();
    }

    @Override
    public Answer<Tokens> authorised(Connection connection, URI back, String code) {
        return Answer.refused("unable", "el permiso de Amazon (refresh token) se escribe en la conexión");
    }

    /**
     * Amazon signs nothing either: what comes by EventBridge carries in {@code x-api-key} the key that its API destination was given. Where the connection has that
     * key it must match; the seller must in any case.
     */
    @Override
    public Optional<Hint> hint(Connection connection, String seller, Map<String, String> headers, byte[] body) {
        String key = connection.secret(NOTIFICATION_KEY);
        if (!key.isEmpty() && !same(key, headers.getOrDefault("x-api-key", ""))) return Optional.empty();
        return Notifications.read(body)
                .filter(hint -> hint.seller().equals(connection.text(SELLER).strip()));
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
