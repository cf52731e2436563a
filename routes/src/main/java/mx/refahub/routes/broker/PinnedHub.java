package mx.refahub.routes.broker;

import java.security.KeyStore;
import java.security.Provider;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;
import mx.refahub.domain.wire.PinnedKey;
import mx.refahub.routes.StoreLink;
import org.apache.activemq.artemis.api.core.TrustManagerFactoryPlugin;
import org.jspecify.annotations.Nullable;

/** Makes a store's connections to the hub's broker trust the hub's key alone. Artemis makes an instance by name; a relay has one hub, so its key is kept here. */
public final class PinnedHub implements TrustManagerFactoryPlugin {
    private static final String TLS = "sslEnabled=true";
    private static volatile @Nullable String hubKey;

    /** The address with what the transport must know. A store that knows a key of an {@code sslEnabled} address goes by nothing else. */
    static String address(StoreLink link) {
        return address(link.hubUrl(), link.hubKey());
    }

    /** @param key PEM; null: it is not known */
    static String address(String url, @Nullable String key) {
        if (!url.contains(TLS)) return url;
        if (key == null) throw new IllegalStateException("the hub's broker speaks TLS, and its key is not known here");
        hubKey = key;
        return url.replace(TLS, TLS + "&verifyHost=false&trustManagerFactoryPlugin=" + PinnedHub.class.getName());
    }

    @Override
    public TrustManagerFactory getTrustManagerFactory() {
        String key = hubKey;
        if (key == null) throw new IllegalStateException("no key of the hub");
        return new Factory(PinnedKey.of(key));
    }

    private static final class Factory extends TrustManagerFactory {
        Factory(PinnedKey key) {
            super(new Spi(key), new NoProvider(), "Pinned");
        }
    }

    private static final class NoProvider extends Provider {
        private static final long serialVersionUID = 1;

        NoProvider() {
            super("refahub", "1", "one pinned key");
        }
    }

    private static final class Spi extends TrustManagerFactorySpi {
        private final PinnedKey key;

        Spi(PinnedKey key) {
            this.key = key;
        }

        @Override
        protected void engineInit(@Nullable KeyStore unused) {
            // There is nothing to choose from.
        }

        @Override
        protected void engineInit(@Nullable ManagerFactoryParameters unused) {
            // There is nothing to choose from.
        }

        @Override
        protected TrustManager[] engineGetTrustManagers() {
            return new TrustManager[] {key};
        }
    }
}
