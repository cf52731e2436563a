package mx.refahub.hub.alert;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.alert.AlertKind;
import mx.refahub.domain.alert.AlertRule;
import mx.refahub.domain.alert.Alerts;
import mx.refahub.domain.notice.Audience;
import mx.refahub.domain.notice.Language;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.alert.AlertTable.AlertRow;
import mx.refahub.hub.alert.AlertTable.RuleRow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

final class PostgresAlerts implements Alerts {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresAlerts.class);
    private static final int MOST = 500;
    private static final int LONGEST_NOTE = 500;

    private final AlertTable table;
    private final WatchTable watching;
    private final Watch watch;
    private final AuditTrail audit;
    private final Clock clock;
    private final TransactionTemplate transaction;

    PostgresAlerts(
            AlertTable table,
            WatchTable watching,
            Watch watch,
            AuditTrail audit,
            Clock clock,
            TransactionTemplate transaction) {
        this.table = table;
        this.watching = watching;
        this.watch = watch;
        this.audit = audit;
        this.clock = clock;
        this.transaction = transaction;
    }

    @Override
    public List<Alert> list(
            View view, @Nullable AlertKind kind, @Nullable UUID store, boolean mine, int limit, Person who) {
        return table
                .list(
                        view.name(),
                        kind == null ? null : kind.name(),
                        store,
                        mine,
                        Math.clamp(limit, 1, MOST),
                        who.role().name(),
                        who.id().value(),
                        clock.instant(),
                        watching.zone())
                .stream()
                .map(PostgresAlerts::alert)
                .toList();
    }

    private Optional<Alert> one(UUID id, Person who) {
        return table.one(id, who.role().name(), who.id().value(), clock.instant(), watching.zone())
                .map(PostgresAlerts::alert);
    }

    private static Alert alert(AlertRow row) {
        return new Alert(
                row.id(),
                row.ruleId(),
                row.ruleName(),
                AlertKind.valueOf(row.kind()),
                row.subject(),
                row.name(),
                row.storeId(),
                row.value(),
                row.threshold(),
                row.detail(),
                row.raisedAt(),
                row.seenAt(),
                row.toldAt(),
                row.acknowledgedAt(),
                row.acknowledgedBy(),
                row.note(),
                row.resolvedAt(),
                row.muted(),
                row.mine());
    }

    @Override
    public List<Event> events(UUID alert) {
        return table.events(alert).stream()
                .map(row -> new Event(row.at(), What.valueOf(row.what()), row.who(), row.note()))
                .toList();
    }

    @Override
    public Outcome<Alert> acknowledge(UUID alert, String note, Person by) {
        String said = note.strip();
        if (said.length() > LONGEST_NOTE) return Outcome.refused("alert-note", Integer.toString(LONGEST_NOTE));
        Optional<Alert> known = one(alert, by);
        if (known.isEmpty()) return Outcome.refused("alert-unknown");
        if (known.get().acknowledgedAt() != null) return Outcome.done(known.get());
        return Objects.requireNonNull(transaction.execute(status -> {
            Instant now = clock.instant();
            if (table.acknowledge(alert, by.name(), said, now) > 0) {
                watching.note(new UUID[] {alert}, What.ACKNOWLEDGED.name(), by.name(), said, now);
                audit.record(by.id().toString(), "alert-acknowledged", alert.toString());
            }
            Alert after = one(alert, by).orElseThrow();
            return after.acknowledgedAt() == null ? Outcome.refused("alert-over") : Outcome.done(after);
        }));
    }

    @Override
    public Bell bell(Person who) {
        AlertTable.BellRow row = table.bell(who.role().name(), who.id().value(), clock.instant(), watching.zone());
        return new Bell(row.count(), row.newest());
    }

    @Override
    public List<AlertRule> rules() {
        return table.rules().stream().map(PostgresAlerts::rule).toList();
    }

    private static AlertRule rule(RuleRow row) {
        return new AlertRule(
                row.id(),
                AlertKind.valueOf(row.kind()),
                row.name(),
                row.enabled(),
                row.threshold(),
                row.calmMinutes(),
                row.remindHours(),
                row.storeId(),
                row.job(),
                new Audience(
                        Arrays.stream(row.roles()).map(Role::valueOf).collect(Collectors.toSet()),
                        List.of(row.persons()),
                        List.of(row.addresses())),
                row.byMail(),
                row.tellEnd(),
                Language.of(row.language()),
                row.mutedUntil(),
                row.quietFrom() == null || row.quietUntil() == null
                        ? null
                        : new AlertRule.Quiet(
                                Arrays.stream(row.quietDays())
                                        .map(DayOfWeek::of)
                                        .collect(Collectors.toSet()),
                                row.quietFrom(),
                                row.quietUntil()));
    }

    private static RuleRow row(AlertRule rule) {
        Audience audience = rule.audience();
        AlertRule.Quiet quiet = rule.quiet();
        return new RuleRow(
                rule.id(),
                rule.kind().name(),
                rule.name(),
                rule.enabled(),
                rule.threshold(),
                rule.calmMinutes(),
                rule.remindHours(),
                rule.store(),
                rule.job(),
                audience.roles().stream().map(Enum::name).sorted().toArray(String[]::new),
                audience.persons().toArray(UUID[]::new),
                audience.addresses().toArray(String[]::new),
                rule.byMail(),
                rule.tellEnd(),
                rule.language().code(),
                rule.mutedUntil(),
                quiet == null
                        ? new Integer[0]
                        : quiet.days().stream()
                                .map(DayOfWeek::getValue)
                                .sorted()
                                .toArray(Integer[]::new),
                quiet == null ? null : quiet.from(),
                quiet == null ? null : quiet.until());
    }

    @Override
    public Outcome<AlertRule> keep(AlertRule rule, Person by) {
        if (rule.byMail() && rule.audience().isEmpty()) return Outcome.refused("alert-rule-audience");
        if (rule.store() != null && !table.hasStore(rule.store())) return Outcome.refused("store-unknown");
        if (!table.areOfTheConsole(rule.audience().persons().toArray(UUID[]::new)))
            return Outcome.refused("user-unknown", "");
        return Objects.requireNonNull(transaction.execute(status -> {
            if (table.keep(row(rule), clock.instant(), by.name()) == 0) return Outcome.refused("alert-rule-kind");
            audit.record(by.id().toString(), "alert-rule-kept", rule.id().toString());
            LOG.info("alert rule kept rule={} kind={} by={}", rule.id(), rule.kind(), by.id());
            return Outcome.done(rule(table.rule(rule.id()).orElseThrow()));
        }));
    }

    @Override
    public Outcome<AlertRule> mute(UUID rule, @Nullable Instant until, Person by) {
        return Objects.requireNonNull(transaction.execute(status -> {
            if (table.mute(rule, until, clock.instant(), by.name()) == 0) return Outcome.refused("alert-rule-unknown");
            audit.record(by.id().toString(), until == null ? "alert-rule-speaks" : "alert-rule-muted", rule.toString());
            return Outcome.done(rule(table.rule(rule).orElseThrow()));
        }));
    }

    @Override
    public Outcome<UUID> remove(UUID rule, Person by) {
        return Objects.requireNonNull(transaction.execute(status -> {
            if (table.remove(rule, clock.instant(), by.name()) == 0) return Outcome.refused("alert-rule-unknown");
            audit.record(by.id().toString(), "alert-rule-removed", rule.toString());
            return Outcome.done(rule);
        }));
    }

    @Override
    public Looked look() {
        return watch.look();
    }
}
