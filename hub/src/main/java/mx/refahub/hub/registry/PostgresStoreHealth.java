package mx.refahub.hub.registry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.delivery.Command;
import mx.refahub.domain.hub.StoreHealth;
import mx.refahub.domain.store.Capability;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.wire.CommandAnswer;
import mx.refahub.domain.wire.Heartbeat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

public final class PostgresStoreHealth implements StoreHealth {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresStoreHealth.class);
    private static final Duration BETWEEN = Duration.ofMinutes(10);
    private static final Duration REMEMBERED = Duration.ofDays(30);
    private static final Duration ATTACHED = Duration.ofDays(7);
    private static final int LONGEST_LINE = 500;
    private static final int LONGEST_TROUBLES = 500;
    private static final int LARGEST_ATTACHMENT = 8 * 1024 * 1024;
    private static final int MOST = 500;

    private final HealthTable table;
    private final StoreSecrets secrets;
    private final Clock clock;
    private final JsonMapper json;
    private final TransactionTemplate transaction;

    PostgresStoreHealth(
            HealthTable table, StoreSecrets secrets, Clock clock, JsonMapper json, TransactionTemplate transaction) {
        this.table = table;
        this.secrets = secrets;
        this.clock = clock;
        // A newer store may tell of capabilities that this hub has no word for.
        this.json = json.rebuild()
                .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
                .build();
        this.transaction = transaction;
    }

    /** After the heartbeat's own row. */
    void heard(StoreId store, Heartbeat heartbeat, long landed) {
        Heartbeat.Health health = heartbeat.health();
        UUID id = store.value();
        Instant now = clock.instant();
        String level = health == null ? "" : cut(health.level(), 20);
        transaction.executeWithoutResult(status -> {
            table.heard(id, health == null ? null : level, health == null ? null : json.writeValueAsString(health));
            int fresh = table.remember(
                    id,
                    now,
                    now.minus(BETWEEN),
                    level,
                    cut(heartbeat.version(), 60),
                    cut(Objects.requireNonNullElse(heartbeat.machine(), ""), 64),
                    Math.max(0, heartbeat.outboxLast() - landed),
                    heartbeat.diskFreeBytes(),
                    health == null ? 0 : health.clockOffsetMillis(),
                    health == null ? "" : troubles(health.capabilities()));
            if (fresh > 0) table.forget(id, now.minus(REMEMBERED));
        });
    }

    private static String troubles(List<Capability> board) {
        return cut(
                board.stream()
                        .filter(one -> one.kind() != null && one.level() != Capability.Level.READY)
                        .map(one -> one.kind().name().toLowerCase(Locale.ROOT) + ":" + one.reason())
                        .collect(Collectors.joining(" ")),
                LONGEST_TROUBLES);
    }

    long newer(StoreId store) {
        return table.newer(store.value());
    }

    @Override
    public Optional<View> of(StoreId store) {
        return table.view(store.value()).map(row -> {
            Heartbeat.Health health = health(row.health());
            return new View(
                    row.at(),
                    health == null ? null : level(health.level()),
                    health == null
                            ? List.of()
                            : health.capabilities().stream()
                                    .filter(one -> one.kind() != null && one.level() != null)
                                    .toList(),
                    row.version(),
                    row.waiting(),
                    row.diskFreeBytes(),
                    health == null ? 0 : health.clockOffsetMillis(),
                    health == null ? null : health.backupAt(),
                    table.newer(store.value()),
                    row.secretsSetAt(),
                    asked(row));
        });
    }

    @Override
    public List<Heartbeat.RouteFigures> routes(StoreId store) {
        Heartbeat.Health health =
                table.view(store.value()).map(row -> health(row.health())).orElse(null);
        if (health == null || health.routes() == null) return List.of();
        return health.routes().stream().limit(Heartbeat.MOST_ROUTES).toList();
    }

    private static @Nullable Instant asked(HealthTable.ViewRow row) {
        Instant asked = row.secretsAskedAt();
        Instant set = row.secretsSetAt();
        return asked != null && (set == null || asked.isAfter(set)) ? asked : null;
    }

    private static Capability.@Nullable Level level(String name) {
        for (Capability.Level level : Capability.Level.values())
            if (level.name().equals(name)) return level;
        return null;
    }

    private Heartbeat.@Nullable Health health(@Nullable String text) {
        if (text == null) return null;
        try {
            return json.readValue(text, Heartbeat.Health.class);
        } catch (JacksonException e) {
            LOG.warn("a store's health cannot be read reason={}", e.getClass().getSimpleName());
            return null;
        }
    }

    @Override
    public List<Beat> past(StoreId store, int most) {
        return table.past(store.value(), Math.clamp(most, 1, MOST)).stream()
                .map(row -> new Beat(
                        row.at(),
                        row.level(),
                        row.version(),
                        row.waiting(),
                        row.diskFreeBytes(),
                        row.clockOffsetMillis(),
                        row.troubles()))
                .toList();
    }

    @Override
    public Outcome<Instant> renewSecrets(StoreId store, Person by) {
        return secrets.ask(store, by);
    }

    /** Before the order goes out. */
    public void ordered(StoreId store, Command command, Person by) {
        boolean unused = ordered(store, command, by.name());
    }

    /** @return whether it was not known; the same again is the same order */
    public boolean ordered(StoreId store, Command command, String who) {
        return table.ordered(command.id(), store.value(), command.kind().name(), clock.instant(), who) > 0;
    }

    public void answered(StoreId store, CommandAnswer answer) {
        byte[] attachment = attachment(answer.attachment());
        Instant now = clock.instant();
        int known = table.answered(
                store.value(),
                answer.command(),
                now,
                answer.exit(),
                answer.lines().stream().map(line -> cut(line, LONGEST_LINE)).collect(Collectors.joining("\n")),
                attachment);
        if (known == 0) LOG.warn("an answer to no order store={} command={}", store, answer.command());
        table.dropAttachments(store.value(), now.minus(ATTACHED));
    }

    private static byte @Nullable [] attachment(@Nullable String base64) {
        if (base64 == null || base64.length() > LARGEST_ATTACHMENT / 3 * 4) return null;
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public List<Ordered> orders(StoreId store, int most) {
        return table.orders(store.value(), Math.clamp(most, 1, MOST)).stream()
                .map(row -> new Ordered(
                        row.commandId(),
                        row.kind().toLowerCase(Locale.ROOT),
                        row.orderedAt(),
                        row.orderedBy(),
                        row.answeredAt(),
                        row.exitStatus(),
                        row.lines().isEmpty() ? List.of() : row.lines().lines().toList(),
                        row.attached()))
                .toList();
    }

    @Override
    public Optional<byte[]> attachment(StoreId store, UUID command) {
        return table.attachment(store.value(), command).map(HealthTable.FileRow::attachment);
    }

    private static String cut(String text, int most) {
        String clean = text.replaceAll("\\p{Cntrl}", " ");
        return clean.length() > most ? clean.substring(0, most) : clean;
    }
}
