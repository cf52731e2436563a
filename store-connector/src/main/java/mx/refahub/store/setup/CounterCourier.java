package mx.refahub.store.setup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import mx.refahub.domain.document.Sha256;
import mx.refahub.store.hublink.HubHttp;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.sqlite.SqliteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Takes what lies on the counter to the hub when it has changed since the last time. Called after each heartbeat that was answered; a failure is tried again with the next. */
public final class CounterCourier {
    private static final Logger LOG = LoggerFactory.getLogger(CounterCourier.class);
    /** The hub takes no more. Hundreds of parked tickets are far below. */
    static final int LONGEST = 4 * 1024 * 1024;

    private final SqliteFile sales;
    private final Identities identities;
    private final HubHttp hub;
    private final CounterState state;
    private Sha256 sent = Sha256.NONE;

    public CounterCourier(SqliteFile sales, Identities identities, HubHttp hub, JsonMapper json) {
        this.sales = sales;
        this.identities = identities;
        this.hub = hub;
        this.state = new CounterState(json);
    }

    public synchronized void run() {
        Identity identity = identities.current().orElse(null);
        if (identity == null) return;
        byte[] content = state.read(sales).getBytes(StandardCharsets.UTF_8);
        Sha256 hash = Sha256.digest(content);
        if (hash.equals(sent)) return;
        if (content.length > LONGEST) {
            LOG.warn("what lies on the counter is too much for the hub bytes={}", content.length);
            sent = hash;
            return;
        }
        try {
            hub.send(identity, "/api/hubs/counter", content, Object.class);
            sent = hash;
        } catch (IOException e) {
            LOG.debug("the counter was not taken to the hub, tried again at the next heartbeat", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
