package mx.refahub.routes;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * With what the hub's embedded broker speaks TLS to stores. Supplied as a bean by the process.
 *
 * @param keyStore PKCS#12 with the hub's key; null: plain TCP
 */
public record BrokerTls(@Nullable Path keyStore, String password) {
    public static final BrokerTls PLAIN = new BrokerTls(null, "");

    /** Never the password. */
    @Override
    public String toString() {
        return "BrokerTls[" + keyStore + "]";
    }
}
