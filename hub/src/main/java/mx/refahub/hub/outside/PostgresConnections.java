package mx.refahub.hub.outside;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import mx.refahub.domain.Failure;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.outside.Connection;
import mx.refahub.domain.outside.ConnectionDesk;
import mx.refahub.domain.outside.Connections;
import mx.refahub.domain.outside.Field;
import mx.refahub.domain.outside.OutsideKind;
import mx.refahub.domain.outside.OutsideSystem;
import mx.refahub.domain.store.Person;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.access.SecretBox;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Secrets are encrypted as one small object for each connection, bound to its id. */
final class PostgresConnections implements Connections, ConnectionDesk {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresConnections.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final SecretBox box;
    private final AuditTrail audit;
    private final AddressPolicy addresses;
    private final Supplier<List<OutsideSystem>> systems;
    private final IdSource ids;
    private final Clock clock;

    /** @param systems asked late: an adapter needs connections to be made */
    PostgresConnections(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            SecretBox box,
            AuditTrail audit,
            AddressPolicy addresses,
            Supplier<List<OutsideSystem>> systems,
            IdSource ids,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.box = box;
        this.audit = audit;
        this.addresses = addresses;
        this.systems = systems;
        this.ids = ids;
        this.clock = clock;
    }

    private record Kept(
            UUID id,
            String kind,
            String name,
            String address,
            boolean local,
            boolean enabled,
            Map<String, String> settings,
            byte[] secrets,
            Instant changedAt,
            String changedBy,
            @Nullable Tried tried) {}

    private static final String COLUMNS = """
        select id, kind, name, address, local_network, enabled, settings::text, secrets, changed_at, changed_by, tried_at, tried_says, tried_code,
            tried_arguments
        from outside_connection
        """;

    private static Kept kept(ResultSet row, int number) throws SQLException {
        OffsetDateTime tried = row.getObject(11, OffsetDateTime.class);
        String code = row.getString(13);
        return new Kept(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getBoolean(5),
                row.getBoolean(6),
                JSON.readValue(row.getString(7), TEXTS),
                row.getBytes(8),
                row.getObject(9, OffsetDateTime.class).toInstant(),
                row.getString(10),
                tried == null
                        ? null
                        : new Tried(
                                tried.toInstant(),
                                row.getString(12),
                                code == null ? null : new Refusal(code, texts(row.getArray(14)))));
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    private Optional<Kept> one(UUID id) {
        return jdbc.sql(COLUMNS + "where id = :id")
                .param("id", id)
                .query(PostgresConnections::kept)
                .optional();
    }

    private Optional<OutsideSystem> system(String kind) {
        return systems.get().stream()
                .filter(each -> each.kind().name().equals(kind))
                .findFirst();
    }

    // For adapters

    @Override
    public List<Connection> of(String kind) {
        return jdbc.sql(COLUMNS + """
                    where kind = :kind
                    and enabled
                    order by id
                    """).param("kind", kind).query(PostgresConnections::kept).list().stream()
                .flatMap(row -> system(row.kind()).flatMap(system -> allowed(row, system.kind())).stream())
                .toList();
    }

    /** One that leads astray takes no other with it. */
    private Optional<Connection> allowed(Kept row, OutsideKind kind) {
        return addresses
                .check(row.address(), row.local())
                .fold(address -> Optional.of(opened(row, kind, address)), refusal -> {
                    LOG.warn("connection left out kind={} name={} reason={}", row.kind(), row.name(), refusal.code());
                    return Optional.empty();
                });
    }

    @Override
    public Optional<Connection> find(UUID id) {
        return one(id).flatMap(row -> system(row.kind()).map(system -> opened(row, system.kind())));
    }

    /** A name may lead elsewhere since it was typed. */
    private Connection opened(Kept row, OutsideKind kind) {
        URI address = addresses.check(row.address(), row.local()).fold(checked -> checked, refusal -> {
            throw Failure.rejected("connection " + row.name() + ": " + refusal.code());
        });
        return opened(row, kind, address);
    }

    private Connection opened(Kept row, OutsideKind kind, URI address) {
        return new Connection(row.id(), kind, row.name(), address, withPresets(kind, row.settings()), secrets(row));
    }

    private static Map<String, String> withPresets(OutsideKind kind, Map<String, String> given) {
        Map<String, String> all = new TreeMap<>();
        for (Field field : kind.fields()) {
            if (field.isSecret()) continue;
            String value = given.getOrDefault(field.name(), field.preset());
            if (!value.isEmpty()) all.put(field.name(), value);
        }
        return all;
    }

    private Map<String, String> secrets(Kept row) {
        return JSON.readValue(new String(box.open(row.secrets(), owner(row.id())), StandardCharsets.UTF_8), TEXTS);
    }

    private byte[] closed(UUID id, Map<String, String> secrets) {
        return box.close(JSON.writeValueAsBytes(new TreeMap<>(secrets)), owner(id));
    }

    private static byte[] owner(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    // For the screen

    @Override
    public List<OutsideKind> kinds() {
        return systems.get().stream().map(OutsideSystem::kind).toList();
    }

    @Override
    public List<Shown> all() {
        return jdbc.sql(COLUMNS + "order by kind, name").query(PostgresConnections::kept).list().stream()
                .map(this::shown)
                .toList();
    }

    private Shown shown(Kept row) {
        return new Shown(
                row.id(),
                row.kind(),
                row.name(),
                row.address(),
                row.local(),
                row.enabled(),
                row.settings(),
                secrets(row).keySet(),
                row.changedAt(),
                row.changedBy(),
                tried(row));
    }

    /** Where its address leads by now stands before how the last trial went. */
    private @Nullable Tried tried(Kept row) {
        Optional<Tried> astray = addresses
                .check(row.address(), row.local())
                .fold(address -> Optional.empty(), refusal -> Optional.of(new Tried(clock.instant(), "", refusal)));
        return astray.orElse(row.tried());
    }

    @Override
    public Outcome<Shown> add(Draft draft, Person by) {
        UUID id = ids.next();
        return put(id, draft, Optional.empty(), by);
    }

    @Override
    public Outcome<Shown> change(UUID id, Draft draft, Person by) {
        Optional<Kept> before = one(id);
        if (before.isEmpty()) return Outcome.refused("connection-unknown");
        return put(id, draft, before, by);
    }

    private Outcome<Shown> put(UUID id, Draft draft, Optional<Kept> before, Person by) {
        String kindName = before.map(Kept::kind).orElse(draft.kind());
        Optional<OutsideKind> kind = system(kindName).map(OutsideSystem::kind);
        if (kind.isEmpty()) return Outcome.refused("connection-kind-unknown");
        String name = draft.name().strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl))
            return Outcome.refused("connection-name-invalid", Integer.toString(LONGEST_NAME));
        Outcome<URI> address = addresses.check(draft.address(), draft.local());
        if (address instanceof Outcome.Refused<URI>(Refusal refusal)) return new Outcome.Refused<>(refusal);
        String checked = address.fold(URI::toString, refusal -> "");
        Map<String, String> secrets = new TreeMap<>();
        if (before.isPresent()) {
            if (sameMachine(before.get().address(), checked)) secrets.putAll(secrets(before.get()));
            else if (!draft.secrets().keySet().containsAll(secrets(before.get()).keySet()))
                return Outcome.refused("connection-secrets-anew");
        }
        Map<String, String> settings = new TreeMap<>();
        for (Field field : kind.get().fields()) {
            String value = (field.isSecret() ? draft.secrets() : draft.settings())
                    .getOrDefault(field.name(), "")
                    .strip();
            if (!value.isEmpty() && !field.takes(value)) return Outcome.refused("connection-field-wrong", field.name());
            if (!value.isEmpty()) (field.isSecret() ? secrets : settings).put(field.name(), value);
            boolean given = field.isSecret()
                    ? secrets.containsKey(field.name())
                    : settings.containsKey(field.name()) || !field.preset().isEmpty();
            if (field.required() && !given) return Outcome.refused("connection-field-missing", field.name());
        }
        Refusal taken = transaction.execute(status -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtext('outside-connection'))")
                    .query(rs -> {});
            Refusal not = taken(id, kind.get(), name);
            if (not == null) write(id, kindName, name, checked, draft, settings, secrets, before.isEmpty(), by);
            return not;
        });
        return taken == null ? Outcome.done(shown(one(id).orElseThrow())) : new Outcome.Refused<>(taken);
    }

    private static boolean sameMachine(String one, String other) {
        URI a = URI.create(one);
        URI b = URI.create(other);
        return a.getScheme().equalsIgnoreCase(b.getScheme())
                && a.getHost().equalsIgnoreCase(b.getHost())
                && a.getPort() == b.getPort();
    }

    private @Nullable Refusal taken(UUID id, OutsideKind kind, String name) {
        if (jdbc.sql("""
            select exists (select from outside_connection where name = :name and id <> :id)
            """)
                .param("name", name)
                .param("id", id)
                .query(Boolean.class)
                .single()) return Refusal.of("connection-name-taken", name);
        if (kind.single()
                && jdbc.sql("""
                    select exists (select from outside_connection where kind = :kind and id <> :id)
                    """)
                        .param("kind", kind.name())
                        .param("id", id)
                        .query(Boolean.class)
                        .single()) return Refusal.of("connection-kind-taken");
        return null;
    }

    private void write(
            UUID id,
            String kind,
            String name,
            String address,
            Draft draft,
            Map<String, String> settings,
            Map<String, String> secrets,
            boolean added,
            Person by) {
        // What was tried was tried with what it says no more.
        jdbc.sql("""
            insert into outside_connection (
                id, kind, name, address, local_network, enabled, settings, secrets, changed_at, changed_by)
            values (:id, :kind, :name, :address, :local, :enabled, cast(:settings as jsonb), :secrets, :now, :who)
            on conflict (id) do update
            set name = excluded.name,
                address = excluded.address,
                local_network = excluded.local_network,
                enabled = excluded.enabled,
                settings = excluded.settings,
                secrets = excluded.secrets,
                changed_at = excluded.changed_at,
                changed_by = excluded.changed_by,
                tried_at = null
            """)
                .param("id", id)
                .param("kind", kind)
                .param("name", name)
                .param("address", address)
                .param("local", draft.local())
                .param("enabled", draft.enabled())
                .param("settings", JSON.writeValueAsString(settings))
                .param("secrets", closed(id, secrets))
                .param("now", now())
                .param("who", by.name())
                .update();
        audit.record(by.name(), added ? "connection-added" : "connection-changed", kind + " " + name + " " + address);
    }

    @Override
    public Outcome<Boolean> remove(UUID id, Person by) {
        Optional<Kept> row = one(id);
        if (row.isEmpty()) return Outcome.refused("connection-unknown");
        try {
            transaction.executeWithoutResult(status -> {
                jdbc.sql("delete from outside_connection where id = :id")
                        .param("id", id)
                        .update();
                audit.record(
                        by.name(),
                        "connection-removed",
                        row.get().kind() + " " + row.get().name());
            });
        } catch (DataIntegrityViolationException e) {
            return Outcome.refused("connection-in-use", row.get().name());
        }
        return Outcome.done(true);
    }

    @Override
    public Outcome<Shown> probe(UUID id, Person by) {
        Optional<Kept> row = one(id);
        if (row.isEmpty()) return Outcome.refused("connection-unknown");
        Optional<OutsideSystem> system = system(row.get().kind());
        if (system.isEmpty()) return Outcome.refused("connection-kind-unknown");
        Outcome<String> found = probed(row.get(), system.get());
        Optional<Refusal> trouble = found.fold(says -> Optional.empty(), Optional::of);
        transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                update outside_connection
                set tried_at = :now, tried_says = :says, tried_code = :code, tried_arguments = :arguments
                where id = :id
                and changed_at = :seen
                """)
                    .param("now", now())
                    .param("says", found.fold(says -> says, refusal -> ""))
                    .param("code", trouble.map(Refusal::code).orElse(null))
                    .param(
                            "arguments",
                            trouble.map(Refusal::arguments).orElse(List.of()).toArray(String[]::new))
                    .param("id", id)
                    .param("seen", row.get().changedAt().atOffset(ZoneOffset.UTC))
                    .update();
            audit.record(
                    by.name(),
                    "connection-tried",
                    row.get().kind() + " " + row.get().name());
        });
        LOG.info(
                "connection tried kind={} name={} outcome={}",
                row.get().kind(),
                row.get().name(),
                trouble.map(Refusal::code).orElse("works"));
        return one(id).map(now -> Outcome.done(shown(now))).orElseGet(() -> Outcome.refused("connection-unknown"));
    }

    private Outcome<String> probed(Kept row, OutsideSystem system) {
        Outcome<URI> address = addresses.check(row.address(), row.local());
        if (address instanceof Outcome.Refused<URI>(Refusal refusal)) return new Outcome.Refused<>(refusal);
        return system.probe(opened(row, system.kind()));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
