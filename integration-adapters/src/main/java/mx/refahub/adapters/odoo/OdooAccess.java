package mx.refahub.adapters.odoo;

import java.net.URI;
import java.time.Duration;

/**
 * Which database of which server, and as whom.
 *
 * @param server without a slash at its end: {@code https://odoo.example.com}
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
            throw new IllegalArgumentException("La dirección de Odoo no es http ni https");
        database = database.strip();
        login = login.strip();
        key = key.strip();
        if (database.isEmpty()) throw new IllegalArgumentException("Falta el nombre de la base de datos de Odoo");
        if (key.isEmpty()) throw new IllegalArgumentException("Falta la llave de Odoo");
        if (key.chars().anyMatch(each -> each <= ' ' || each > '~'))
            throw new IllegalArgumentException("La llave de Odoo tiene caracteres que no van en una llave");
        if (patience.isNegative() || patience.isZero()) throw new IllegalArgumentException("no patience");
    }

    /** Without the key. */
    @Override
    public String toString() {
        return server + " " + database + " " + protocol.setting();
    }
}
