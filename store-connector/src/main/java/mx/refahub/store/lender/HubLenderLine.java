package mx.refahub.store.lender;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.wire.LenderAsk;
import mx.refahub.store.hublink.HubHttp;
import mx.refahub.store.hublink.HubRefusal;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;

/** Over the store's HTTPS line to its hub. */
final class HubLenderLine implements LenderLine {
    private final Identities identities;
    private final HubHttp hub;

    HubLenderLine(Identities identities, HubHttp hub) {
        this.identities = identities;
        this.hub = hub;
    }

    @Override
    public Optional<Boolean> there() {
        Identity identity = identities.current().orElse(null);
        if (identity == null) return Optional.empty();
        try {
            return Optional.of(
                    hub.ask(identity, "/api/hubs/lender/standing", java.util.Map.of(), LenderAsk.Standing.class)
                            .there());
        } catch (HubRefusal e) {
            // A hub of an older version knows no lenders.
            return e.status() / 100 == 4 ? Optional.of(false) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public Said ask(LenderAsk ask) {
        return say("orders", ask);
    }

    @Override
    public Said inquire(UUID order) {
        return say("inquiries", new LenderAsk.About(order));
    }

    @Override
    public Said cancel(UUID order) {
        return say("cancellations", new LenderAsk.About(order));
    }

    private Said say(String what, Object body) {
        Identity identity = identities.current().orElse(null);
        if (identity == null) return new Said.Silence("store-not-ready", true);
        try {
            return new Said.Row(hub.ask(identity, "/api/hubs/lender/" + what, body, LenderAsk.Row.class));
        } catch (HubRefusal e) {
            return new Said.Silence(e.code(), e.status() / 100 == 4);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new Said.Silence("unreachable", true);
        } catch (IOException e) {
            return new Said.Silence("silence", false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Said.Silence("interrupted", false);
        }
    }
}
