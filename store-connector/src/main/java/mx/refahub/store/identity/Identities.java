package mx.refahub.store.identity;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.store.StoreId;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.jspecify.annotations.Nullable;

/** The connector's identity: at most one, kept in sales.db with its secrets sealed. */
public final class Identities {
    private static final String BROKER_PASSWORD = "broker password";
    private static final String STORE_SECRET = "store secret";
    private static final String PRIVATE_KEY = "private key";
    private static final String TUNNEL_TOKEN = "tunnel token";

    private final SqliteFile sales;
    private final KeyFile keys;
    private final List<Consumer<Identity>> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Identity current;

    public Identities(SqliteFile sales, KeyFile keys) {
        this.sales = sales;
        this.keys = keys;
        this.current = sales.read(session -> session.first("""
                select store_id, slug, epoch, hub_address, hub_public_key, broker_address, broker_user, sealed_broker_password,
                       sealed_store_secret, sealed_private_key, tunnel_port, sealed_tunnel_token, registered_at,
                       coalesce((select base from epoch where epoch.epoch = identity.epoch), 0) as base
                from identity
                where only_row = 1
                """, this::identity)).orElse(null);
    }

    public Optional<Identity> current() {
        return Optional.ofNullable(current);
    }

    /** A till of this branch, as the hub granted it. */
    public record Register(RegisterId id, String name, String prefix) {}

    /** Keeps a new identity with its tills, in one transaction, and tells those who wait for it. */
    public void adopt(Identity identity, List<Register> registers) {
        sales.change(session -> {
            insert(session, identity);
            session.updateOne("""
                    insert into epoch (epoch, base, cause, folio_jump, resealed, brought_back, at, told_at)
                    values (?, 0, 'REGISTERED', 0, 0, 0, ?, ?)
                    """, identity.epoch(), identity.registeredAt(), identity.registeredAt());
            keepRegisters(session, registers);
        });
        current = identity;
        listeners.forEach(listener -> listener.accept(identity));
    }

    /** The hub's newest life of this store, written inside the transaction that makes this file fit for it. */
    public void replace(Session session, Identity identity) throws SQLException {
        session.update("delete from identity");
        insert(session, identity);
    }

    /** After that transaction: whoever works with the identity is told. */
    public void renewed(Identity identity) {
        current = identity;
        listeners.forEach(listener -> listener.accept(identity));
    }

    /** Tills that the hub added or renamed since. A till is never taken away here: its tickets name it. */
    public void registersChanged(List<Register> registers) {
        sales.change(session -> keepRegisters(session, registers));
    }

    /** Called at once if there is an identity already, else when there is one. */
    public void whenRegistered(Consumer<Identity> listener) {
        listeners.add(listener);
        Identity identity = current;
        if (identity != null) listener.accept(identity);
    }

    private void insert(Session session, Identity identity) throws SQLException {
        session.updateOne(
                """
                    insert into identity (only_row, store_id, slug, epoch, hub_address, hub_public_key, broker_address, broker_user,
                                          sealed_broker_password, sealed_store_secret, sealed_private_key, tunnel_port,
                                          sealed_tunnel_token, registered_at)
                    values (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                identity.store().value(),
                identity.slug(),
                identity.epoch(),
                identity.hubAddress(),
                identity.hubPublicKey(),
                identity.broker().address(),
                identity.broker().user(),
                sealed(BROKER_PASSWORD, identity.broker().password()),
                sealed(STORE_SECRET, identity.secret()),
                keys.seal(PRIVATE_KEY, identity.key().pkcs8()),
                identity.tunnelPort(),
                sealed(TUNNEL_TOKEN, identity.tunnelToken()),
                identity.registeredAt());
    }

    private static void keepRegisters(Session session, List<Register> registers) throws SQLException {
        for (Register register : registers)
            session.updateOne("""
                    insert into register (id, name, prefix)
                    values (?, ?, ?)
                    on conflict (id) do update set name = excluded.name
                    """, register.id().value(), register.name(), register.prefix());
    }

    private byte[] sealed(String purpose, String secret) {
        return keys.seal(purpose, secret.getBytes(StandardCharsets.UTF_8));
    }

    private String opened(String purpose, byte[] sealed) {
        return new String(keys.open(purpose, sealed), StandardCharsets.UTF_8);
    }

    private Identity identity(Row row) throws SQLException {
        return new Identity(
                new StoreId(row.id("store_id")),
                row.text("slug"),
                row.small("epoch"),
                row.text("hub_address"),
                row.text("hub_public_key"),
                opened(STORE_SECRET, row.bytes("sealed_store_secret")),
                new Identity.Broker(
                        row.text("broker_address"),
                        row.text("broker_user"),
                        opened(BROKER_PASSWORD, row.bytes("sealed_broker_password"))),
                DocumentKey.parse(keys.open(PRIVATE_KEY, row.bytes("sealed_private_key"))),
                row.small("tunnel_port"),
                opened(TUNNEL_TOKEN, row.bytes("sealed_tunnel_token")),
                row.instant("registered_at"),
                row.number("base"));
    }
}
