package mx.refahub.store.setup;

import java.io.IOException;
import mx.refahub.domain.wire.StoreTaken;
import mx.refahub.store.hublink.HubHttp;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.sqlite.SqliteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches fresh secrets when the hub says that they wait. They are on the disk before they are used, and count at the hub from the first use: wherever this breaks off, either the old ones are
 * good still, or the new ones are.
 */
public final class SecretRenewal {
    private static final Logger LOG = LoggerFactory.getLogger(SecretRenewal.class);

    private final SqliteFile sales;
    private final Identities identities;
    private final HubHttp hub;
    private final Runnable renewed;

    /** @param renewed a backup from before would bring back secrets that are good for nothing */
    public SecretRenewal(SqliteFile sales, Identities identities, HubHttp hub, Runnable renewed) {
        this.sales = sales;
        this.identities = identities;
        this.hub = hub;
        this.renewed = renewed;
    }

    public synchronized void run() {
        Identity before = identities.current().orElse(null);
        if (before == null) return;
        try {
            StoreTaken.FreshSecrets fresh =
                    hub.ask(before, "/api/hubs/secrets", java.util.Map.of(), StoreTaken.FreshSecrets.class);
            Identity next = before.with(fresh.secret(), fresh.brokerPassword(), fresh.tunnelToken());
            sales.change(session -> identities.replace(session, next));
            identities.renewed(next);
            hub.signIn(next);
            renewed.run();
            LOG.info("secrets renewed store={} epoch={}", next.store(), next.epoch());
        } catch (IOException e) {
            LOG.warn("secrets not renewed, tried again at the next heartbeat reason={}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
