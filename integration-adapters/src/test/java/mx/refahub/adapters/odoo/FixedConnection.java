package mx.refahub.adapters.odoo;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.outside.Connection;
import mx.refahub.domain.outside.Connections;
import mx.refahub.domain.outside.OutsideKind;

/** A connection that nobody can change. */
record FixedConnection(Connection connection) implements Connections {
    static Connection to(URI address, OutsideKind kind, OdooProtocol protocol, String key, int seconds) {
        return new Connection(
                UUID.nameUUIDFromBytes(new byte[] {1}),
                kind,
                "Odoo",
                address,
                Map.of(
                        "database",
                        OdooSimulator.DATABASE,
                        "login",
                        OdooSimulator.LOGIN,
                        "protocol",
                        protocol.setting(),
                        "journal",
                        "MISC",
                        "salesJournal",
                        "INV",
                        "seconds",
                        Integer.toString(seconds)),
                Map.of("key", key));
    }

    @Override
    public List<Connection> of(String kind) {
        return kind.equals(connection.kind().name()) ? List.of(connection) : List.of();
    }

    @Override
    public Optional<Connection> find(UUID id) {
        return Optional.of(connection);
    }
}
