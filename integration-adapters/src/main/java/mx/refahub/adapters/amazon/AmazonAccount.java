package mx.refahub.adapters.amazon;

import java.net.URI;
import java.time.Duration;

/**
 * One seller's account at Amazon, as the application registered there may use it.
 *
 * @param api the region's endpoint; Mexico belongs to North America
 * @param tokens where Login with Amazon gives access tokens
 * @param refreshToken given once when the seller authorises the application; does not expire by itself, the seller may take it back
 * @param marketplaceId the store that listings and orders are of
 * @param language language tag of the texts sent, as Amazon writes it ({@code es_MX}); reasons of refusal come in it too
 * @param productType Amazon's product type of a part whose own is not known
 * @param timeout of one call, its whole answer included
 * @param patience the longest that a call waits for its turn within Amazon's quota; beyond it the caller is told to come again
 */
public record AmazonAccount(
        URI api,
        URI tokens,
        String clientId,
        String clientSecret,
        String refreshToken,
        String sellerId,
        String marketplaceId,
        String language,
        String productType,
        Duration timeout,
        Duration patience) {
    public static final URI NORTH_AMERICA = URI.create("https://sellingpartnerapi-na.amazon.com");
    public static final URI LOGIN_WITH_AMAZON = URI.create("https://api.amazon.com/auth/o2/token");
    public static final String MEXICO = "A1AM78C64UM0Y8";

    public AmazonAccount {
        clientId = filled(clientId, "client id");
        clientSecret = filled(clientSecret, "client secret");
        refreshToken = filled(refreshToken, "refresh token");
        sellerId = filled(sellerId, "seller id");
        marketplaceId = filled(marketplaceId, "marketplace id");
        language = filled(language, "language");
        productType = filled(productType, "product type");
        if (timeout.isNegative() || timeout.isZero()) throw new IllegalArgumentException("timeout of nothing");
        if (patience.isNegative()) throw new IllegalArgumentException("patience below zero");
    }

    /** Mexico, in Spanish, with the times that suit a program nobody waits in front of. */
    public static AmazonAccount mexico(
            URI api, URI tokens, String clientId, String clientSecret, String refreshToken, String sellerId) {
        return new AmazonAccount(
                api,
                tokens,
                clientId,
                clientSecret,
                refreshToken,
                sellerId,
                MEXICO,
                "es_MX",
                "AUTO_PART",
                Duration.ofSeconds(30),
                Duration.ofSeconds(5));
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "AmazonAccount[" + sellerId + " at " + marketplaceId + ", " + api + "]";
    }

    private static String filled(String text, String what) {
        String kept = text.strip();
        if (kept.isEmpty()) throw new IllegalArgumentException("the Amazon account has no " + what);
        return kept;
    }
}
