package mx.refahub.store.identity;

import java.time.Instant;
import mx.refahub.domain.store.StoreId;

/**
 * What registration gave this connector.
 *
 * @param hubAddress {@code http(s)://host[:port]} without a slash at the end
 * @param hubPublicKey PEM; the hub's RSA key
 * @param secret signs in at the hub's HTTP
 * @param key signs this store's documents
 * @param base sequence after which the documents of this epoch begin
 */
public record Identity(
        StoreId store,
        String slug,
        int epoch,
        String hubAddress,
        String hubPublicKey,
        String secret,
        Broker broker,
        DocumentKey key,
        int tunnelPort,
        String tunnelToken,
        Instant registeredAt,
        long base) {

    /** The same life with other secrets. */
    public Identity with(String freshSecret, String brokerPassword, String freshTunnelToken) {
        return new Identity(
                store,
                slug,
                epoch,
                hubAddress,
                hubPublicKey,
                freshSecret,
                new Broker(broker.address(), broker.user(), brokerPassword),
                key,
                tunnelPort,
                freshTunnelToken,
                registeredAt,
                base);
    }

    /** The account at the hub's broker. */
    public record Broker(String address, String user, String password) {
        /** Never shows the password. */
        @Override
        public String toString() {
            return "Broker[" + address + ", " + user + "]";
        }
    }

    /** Never shows a secret. */
    @Override
    public String toString() {
        return "Identity[" + store + ", " + slug + ", " + hubAddress + "]";
    }
}
