package mx.refahub.pos.console;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import mx.refahub.domain.alert.AlertKind;
import mx.refahub.domain.alert.AlertRule;
import mx.refahub.domain.alert.Alerts;
import mx.refahub.domain.notice.Audience;
import mx.refahub.domain.notice.Language;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was raised, what became of it, and the rules behind it. */
@RestController
final class AlertsController {
    private static final int MOST = 200;

    private final Alerts alerts;
    private final Clock clock;

    AlertsController(Alerts alerts, Clock clock) {
        this.alerts = alerts;
        this.clock = clock;
    }

    record AlertRows(List<Alerts.Alert> alerts) {}

    record Events(List<Alerts.Event> events) {}

    record Acknowledgement(@Nullable @Size(max = 1000) String note) {}

    record QuietView(List<Integer> days, String from, String until) {}

    record RuleView(
            UUID id,
            AlertKind kind,
            AlertKind.Unit unit,
            String name,
            boolean enabled,
            long threshold,
            int calmMinutes,
            @Nullable Integer remindHours,
            @Nullable UUID store,
            @Nullable String job,
            List<Role> roles,
            List<UUID> persons,
            List<String> addresses,
            boolean byMail,
            boolean tellEnd,
            String language,
            @Nullable Instant mutedUntil,
            @Nullable QuietView quiet) {
        static RuleView of(AlertRule rule) {
            AlertRule.Quiet quiet = rule.quiet();
            return new RuleView(
                    rule.id(),
                    rule.kind(),
                    rule.kind().unit(),
                    rule.name(),
                    rule.enabled(),
                    rule.threshold(),
                    rule.calmMinutes(),
                    rule.remindHours(),
                    rule.store(),
                    rule.job(),
                    rule.audience().roles().stream().sorted().toList(),
                    rule.audience().persons(),
                    rule.audience().addresses(),
                    rule.byMail(),
                    rule.tellEnd(),
                    rule.language().code(),
                    rule.mutedUntil(),
                    quiet == null
                            ? null
                            : new QuietView(
                                    quiet.days().stream()
                                            .map(DayOfWeek::getValue)
                                            .sorted()
                                            .toList(),
                                    quiet.from().toString(),
                                    quiet.until().toString()));
        }
    }

    record KindView(AlertKind kind, AlertKind.Unit unit, boolean ofJobs) {}

    record Rules(List<RuleView> rules, List<KindView> kinds) {}

    record TypedRule(
            @NotNull AlertKind kind,
            @Nullable @Size(max = 80) String name,
            boolean enabled,
            @Min(1) @Max(1_000_000_000) long threshold,
            @Min(0) @Max(1440) int calmMinutes,
            @Nullable @Min(1) @Max(720) Integer remindHours,
            @Nullable UUID store,
            @Nullable @Size(max = 100) String job,
            @Nullable @Size(max = 6) Set<Role> roles,
            @Nullable @Size(max = 50) List<UUID> persons,
            @Nullable @Size(max = 50) List<String> addresses,
            boolean byMail,
            boolean tellEnd,
            @Nullable String language,
            @Nullable QuietView quiet) {}

    /** @param hours from now; 0: speaks again */
    record Mute(@Min(0) @Max(8760) int hours) {}

    @GetMapping("/console/api/alerts")
    AlertRows list(
            @RequestParam(defaultValue = "LASTING") Alerts.View view,
            @RequestParam(required = false) @Nullable AlertKind kind,
            @RequestParam(required = false) @Nullable UUID store,
            @RequestParam(defaultValue = "false") boolean mine,
            @AuthenticationPrincipal Person who) {
        return new AlertRows(alerts.list(view, kind, store, mine, MOST, who));
    }

    @GetMapping("/console/api/alerts/{id}/events")
    Events events(@PathVariable UUID id) {
        return new Events(alerts.events(id));
    }

    @PostMapping("/console/api/alerts/{id}/acknowledge")
    Alerts.Alert acknowledge(
            @PathVariable UUID id, @RequestBody @Valid Acknowledgement typed, @AuthenticationPrincipal Person who) {
        return ActRefused.unlessDone(alerts.acknowledge(id, Objects.requireNonNullElse(typed.note(), ""), who));
    }

    @PostMapping("/console/api/alerts/look")
    Alerts.Looked look() {
        return alerts.look();
    }

    @GetMapping("/console/api/alert-rules")
    Rules rules() {
        return new Rules(
                alerts.rules().stream().map(RuleView::of).toList(),
                java.util.Arrays.stream(AlertKind.values())
                        .map(kind -> new KindView(kind, kind.unit(), kind.ofJobs()))
                        .toList());
    }

    @PutMapping("/console/api/alert-rules/{id}")
    RuleView keep(@PathVariable UUID id, @RequestBody @Valid TypedRule typed, @AuthenticationPrincipal Person who) {
        return RuleView.of(ActRefused.unlessDone(alerts.keep(rule(id, typed), who)));
    }

    /** What a field cannot be is said by its name; what is left are ranges that the form does not let through. */
    private AlertRule rule(UUID id, TypedRule typed) {
        if (Objects.requireNonNullElse(typed.name(), "").isBlank()) throw ActRefused.of("alert-rule-name");
        List<String> addresses = Objects.requireNonNullElse(typed.addresses(), List.<String>of()).stream()
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
        for (String address : addresses) if (!Audience.isAddress(address)) throw ActRefused.of("mail-address", address);
        String job = typed.job() == null || typed.job().isBlank() ? null : typed.job();
        Instant mutedUntil = alerts.rules().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .map(AlertRule::mutedUntil)
                .orElse(null);
        return new AlertRule(
                id,
                typed.kind(),
                Objects.requireNonNull(typed.name()),
                typed.enabled(),
                typed.threshold(),
                typed.calmMinutes(),
                typed.remindHours(),
                typed.kind().ofJobs() ? null : typed.store(),
                typed.kind().ofJobs() ? job : null,
                new Audience(
                        Objects.requireNonNullElse(typed.roles(), Set.<Role>of()),
                        Objects.requireNonNullElse(typed.persons(), List.<UUID>of()),
                        addresses),
                typed.byMail(),
                typed.tellEnd(),
                Language.of(Objects.requireNonNullElse(typed.language(), "es")),
                mutedUntil,
                typed.quiet() == null ? null : quiet(typed.quiet()));
    }

    private static AlertRule.Quiet quiet(QuietView typed) {
        try {
            return new AlertRule.Quiet(
                    typed.days().stream().map(DayOfWeek::of).collect(Collectors.toSet()),
                    LocalTime.parse(typed.from()),
                    LocalTime.parse(typed.until()));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw ActRefused.of("alert-rule-quiet");
        }
    }

    @PostMapping("/console/api/alert-rules/{id}/mute")
    RuleView mute(@PathVariable UUID id, @RequestBody @Valid Mute typed, @AuthenticationPrincipal Person who) {
        Instant until = typed.hours() == 0 ? null : clock.instant().plus(Duration.ofHours(typed.hours()));
        return RuleView.of(ActRefused.unlessDone(alerts.mute(id, until, who)));
    }

    record Removed(UUID id) {}

    @DeleteMapping("/console/api/alert-rules/{id}")
    Removed remove(@PathVariable UUID id, @AuthenticationPrincipal Person who) {
        return new Removed(ActRefused.unlessDone(alerts.remove(id, who)));
    }
}
