package mx.refahub.pos.console;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.alert.AlertKind;
import mx.refahub.domain.alert.AlertRule;
import mx.refahub.domain.alert.Alerts;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/** Rules in memory; one alert. */
final class FakeAlerts implements Alerts {
    static final Alert SILENT = new Alert(
            new UUID(77, 1),
            new UUID(77, 2),
            "Sucursal sin reportarse",
            AlertKind.STORE_SILENT,
            "x",
            "Sucursal Centro",
            null,
            14,
            10,
            "",
            Instant.parse("2026-03-02T11:00:00Z"),
            Instant.parse("2026-03-02T11:59:00Z"),
            null,
            null,
            null,
            "",
            null,
            false,
            true);
    private final Map<UUID, AlertRule> rules = new ConcurrentHashMap<>();

    @Override
    public List<Alert> list(
            View view, @Nullable AlertKind kind, @Nullable UUID store, boolean mine, int limit, Person who) {
        return List.of(SILENT);
    }

    @Override
    public List<Event> events(UUID alert) {
        return List.of(new Event(SILENT.raisedAt(), What.RAISED, "", ""));
    }

    @Override
    public Outcome<Alert> acknowledge(UUID alert, String note, Person by) {
        return alert.equals(SILENT.id()) ? Outcome.done(SILENT) : Outcome.refused("alert-unknown");
    }

    @Override
    public Bell bell(Person who) {
        return new Bell(1, SILENT.raisedAt());
    }

    @Override
    public List<AlertRule> rules() {
        return List.copyOf(rules.values());
    }

    @Override
    public Outcome<AlertRule> keep(AlertRule rule, Person by) {
        rules.put(rule.id(), rule);
        return Outcome.done(rule);
    }

    @Override
    public Outcome<AlertRule> mute(UUID rule, @Nullable Instant until, Person by) {
        return Optional.ofNullable(rules.get(rule))
                .map(Outcome::done)
                .orElseGet(() -> Outcome.refused("alert-rule-unknown"));
    }

    @Override
    public Outcome<UUID> remove(UUID rule, Person by) {
        return rules.remove(rule) == null ? Outcome.refused("alert-rule-unknown") : Outcome.done(rule);
    }

    @Override
    public Looked look() {
        return new Looked(0, 0, 0);
    }
}
