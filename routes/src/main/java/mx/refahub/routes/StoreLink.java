package mx.refahub.routes;

import java.nio.file.Path;
import mx.refahub.domain.store.StoreId;
import org.jspecify.annotations.Nullable;

/**
 * What the child process must know to relay: supplied as a bean by the process, which got it from its parent.
 *
 * @param epoch the store's present epoch
 * @param slug names the store's addresses
 * @param hubUrl of the hub's broker, as registration told it
 * @param user the store's own broker user at the hub
 * @param hubKey the hub's public key, PEM: the only one that its broker may show where it speaks TLS
 * @param dataDir for the local journal ({@code journal/}) and for damaged ones ({@code quarantine/}); the child's alone
 */
public record StoreLink(
        StoreId store,
        int epoch,
        String slug,
        String hubUrl,
        String user,
        String password,
        Path dataDir,
        @Nullable String hubKey) {
    /** To a hub without TLS. */
    public StoreLink(StoreId store, int epoch, String slug, String hubUrl, String user, String password, Path dataDir) {
        this(store, epoch, slug, hubUrl, user, password, dataDir, null);
    }

    public StoreLink {
        if (epoch < 1) throw new IllegalArgumentException("store epoch " + epoch);
        Channels.up(slug);
        if (hubUrl.isBlank() || user.isBlank() || password.isBlank())
            throw new IllegalArgumentException("hub broker without address, user or password");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "StoreLink[store=" + store + ", epoch=" + epoch + ", slug=" + slug + ", hubUrl=" + hubUrl + ", user="
                + user + ", dataDir=" + dataDir + "]";
    }
}
