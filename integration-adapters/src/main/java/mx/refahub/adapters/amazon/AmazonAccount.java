package mx.refahub.adapters.amazon;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import mx.refahub.domain.outside.Connection;
import org.jspecify.annotations.Nullable;

/**
 * One seller's account at Amazon, as the application registered there may use it.
 *
 * @param api the region's endpoint; Mexico belongs to North America
 * @param tokens where Login with Amazon gives access tokens
 * @param refreshToken given once when the seller authorises the application; it serves many times and does not expire by itself, the seller may take it back
 * @param marketplaceId the store that listings and orders are of
 * @param language language tag of the texts sent, as Amazon writes it ({@code es_MX}); reasons of refusal come in it too
 * @param productType Amazon's product type of a part whose own is not known
 * @param offerOnly offers parts that Amazon's catalogue has already, found by their barcode; else describes them itself
 * @param attributes that every listing has besides, by Amazon's names
 * @param restricted asks for the address with a restricted token where the order came without it
 * @param pictures address of the hub as Amazon reaches it; null: it gets no pictures
 * @param patience the longest that a call waits for its turn within Amazon's quota; beyond it the caller is told to come again
 */
record AmazonAccount(
        URI api,
        URI tokens,
        String clientId,
        String clientSecret,
        String refreshToken,
        String sellerId,
        String marketplaceId,
        String language,
        String productType,
        boolean offerOnly,
        Map<String, String> attributes,
        boolean restricted,
        Duration patience,
        @Nullable URI pictures) {
    private static final String LOGIN_WITH_AMAZON = "https://api.amazon.com/auth/o2/token";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    AmazonAccount {
        clientId = filled(clientId, "client id");
        clientSecret = filled(clientSecret, "client secret");
        refreshToken = filled(refreshToken, "refresh token");
        sellerId = filled(sellerId, "seller id");
        attributes = Map.copyOf(new TreeMap<>(attributes));
        if (patience.isNegative()) throw new IllegalArgumentException("patience below zero");
    }

    /** @throws IllegalArgumentException if the connection lacks what Amazon needs */
    static AmazonAccount of(Connection connection) {
        return new AmazonAccount(
                connection.address(),
                login(connection.address()),
                connection.text(Amazon.APPLICATION),
                connection.secret(Amazon.APPLICATION_SECRET),
                connection.secret(Amazon.REFRESH_TOKEN),
                connection.text(Amazon.SELLER),
                connection.text(Amazon.MARKETPLACE),
                connection.text(Amazon.LANGUAGE),
                connection.text(Amazon.PRODUCT_TYPE),
                connection.text(Amazon.LISTING).equals(Amazon.OFFER),
                pairs(connection.text(Amazon.ATTRIBUTES)),
                connection.flag(Amazon.RESTRICTED),
                PATIENCE,
                pictures(connection.text(Amazon.PICTURES)));
    }

    /** Without the hub's address. */
    AmazonAccount(
            URI api,
            URI tokens,
            String clientId,
            String clientSecret,
            String refreshToken,
            String sellerId,
            String marketplaceId,
            String language,
            String productType,
            boolean offerOnly,
            Map<String, String> attributes,
            boolean restricted,
            Duration patience) {
        this(
                api,
                tokens,
                clientId,
                clientSecret,
                refreshToken,
                sellerId,
                marketplaceId,
                language,
                productType,
                offerOnly,
                attributes,
                restricted,
                patience,
                null);
    }

    private static @Nullable URI pictures(String typed) {
        if (typed.isBlank()) return null;
        URI address = URI.create(typed.strip());
        boolean whole = address.getHost() != null
                && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()));
        if (!whole || address.getQuery() != null || address.getFragment() != null)
            throw new IllegalArgumentException("the address for pictures is none: " + typed);
        return address;
    }

    /** {@code name=value; name=value}. */
    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new TreeMap<>();
        for (String pair : text.split("[;\\n]")) {
            int at = pair.indexOf('=');
            if (at > 0)
                pairs.put(pair.substring(0, at).strip(), pair.substring(at + 1).strip());
        }
        return pairs;
    }

    /** Of the regions there is one login; whatever is not Amazon has its own, so that secrets go nowhere else than the connection's address. */
    private static URI login(URI api) {
        String host = String.valueOf(api.getHost());
        return host.endsWith(".amazon.com") ? URI.create(LOGIN_WITH_AMAZON) : URI.create(api + "/auth/o2/token");
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "AmazonAccount[" + sellerId + " at " + marketplaceId + ", " + api + "]";
    }

    private static String filled(String text, String what) {
        String kept = text.strip();
        if (kept.isEmpty()) throw new IllegalArgumentException("the Amazon connection has no " + what);
        return kept;
    }
}
