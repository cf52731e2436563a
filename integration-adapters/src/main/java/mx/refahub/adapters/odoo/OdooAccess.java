package mx.refahub.adapters.odoo;

import java.net.URI;
import java.time.Duration;

/**
 * Which database of which server, and as whom.
 *
 * @param server without a path: {@code https://odoo.example.com}
 * @param login of the user; JSON-2 does not need it, since a key belongs to one
 * @param key the user's API key (or password, which XML-RPC and JSON-RPC also take)
 * @param patience for one answer
 * @param pause before the first repetition of what may be repeated; each later one waits twice as long
 */
public record OdooAccess(
        URI server,
        String database,
        String login,
        String key,
        OdooProtocol protocol,
        Duration patience,
        Duration pause) {
    public OdooAccess {
        String scheme = server.getScheme();
        if (scheme == null || server.getHost() == null || !scheme.equals("http") && !scheme.equals("https"))
            throw new IllegalArgumentException("Odoo's address is not http or https");
        database = database.strip();
        login = login.strip();
        key = key.strip();
        if (database.isEmpty()) throw new IllegalArgumentException("Odoo's database is not named");
        if (key.isEmpty()) throw new IllegalArgumentException("Odoo's key is empty");
        if (key.chars().anyMatch(each -> each <= ' ' || each > '~'))
            throw new IllegalArgumentException("Odoo's key has characters that no key has");
        if (patience.isNegative() || patience.isZero()) throw new IllegalArgumentException("no patience");
    }

    /** Without the key. */
    @Override
    public String toString() {
        return server + " " + database + " " + protocol.setting();
    }
}
