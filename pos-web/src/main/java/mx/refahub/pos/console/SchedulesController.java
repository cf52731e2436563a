package mx.refahub.pos.console;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.job.Cron;
import mx.refahub.domain.job.Schedules;
import mx.refahub.domain.job.Schedules.Missed;
import mx.refahub.domain.job.Schedules.OnDayOff;
import mx.refahub.domain.job.Schedules.Plan;
import mx.refahub.domain.job.Schedules.Schedule;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Messages;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Jobs at set times. */
@RestController
final class SchedulesController {
    private static final Logger log = LoggerFactory.getLogger(SchedulesController.class);
    private static final int NEXT = 5;

    private final Schedules schedules;
    private final Messages messages;

    SchedulesController(Schedules schedules, Messages messages) {
        this.schedules = schedules;
        this.messages = messages;
    }

    /** @param text why no run was started; empty if one was */
    record Last(Instant at, @Nullable Long run, String text) {}

    /** @param missed {@code skip} or {@code run_once} @param onDayOff {@code run}, {@code skip} or {@code next_working_day} */
    record Row(
            UUID id,
            String job,
            Map<String, String> parameters,
            String cron,
            String sentence,
            String zone,
            String missed,
            String onDayOff,
            boolean paused,
            String madeBy,
            List<Instant> next,
            @Nullable Last last) {}

    record Rows(List<Row> schedules) {}

    record SentTimes(
            @Nullable String cron,
            @Nullable String zone,
            @Nullable String onDayOff) {}

    record Times(String cron, String sentence, String zone, List<Instant> next) {}

    record SentPlan(
            @Nullable String job,
            @Nullable Map<String, String> parameters,
            @Nullable String cron,
            @Nullable String zone,
            @Nullable String missed,
            @Nullable String onDayOff) {}

    @GetMapping("/console/api/schedules")
    Rows all(Locale locale) {
        return new Rows(schedules.all().stream().map(each -> row(each, locale)).toList());
    }

    /** What a line of cron means, before anything is kept. */
    @PostMapping("/console/api/schedules/times")
    Times times(@RequestBody SentTimes sent, Locale locale) {
        Cron cron = cron(sent.cron());
        ZoneId zone = zone(sent.zone());
        List<Instant> next = schedules.next(cron, zone, onDayOff(sent.onDayOff()), NEXT);
        if (next.isEmpty()) throw ActRefused.of("cron-never", cron.text());
        return new Times(cron.text(), new CronWords(messages, locale).of(cron), zone.getId(), next);
    }

    @PutMapping("/console/api/schedules/{id}")
    Row put(@PathVariable UUID id, @RequestBody SentPlan sent, @AuthenticationPrincipal Person person, Locale locale) {
        Map<String, String> parameters = new HashMap<>();
        if (sent.parameters() != null)
            sent.parameters().forEach((name, value) -> {
                if (!value.isBlank()) parameters.put(name, value.strip());
            });
        Plan plan = new Plan(
                sent.job() == null ? "" : sent.job(),
                parameters,
                cron(sent.cron()),
                zone(sent.zone()),
                missed(sent.missed()),
                onDayOff(sent.onDayOff()));
        Schedule kept = ActRefused.unlessDone(schedules.put(id, plan, person));
        log.info(
                "schedule put schedule={} job={} cron=\"{}\" by={}",
                id,
                plan.job(),
                plan.cron().text(),
                person.id());
        return row(kept, locale);
    }

    @PostMapping("/console/api/schedules/{id}/pause")
    Row pause(@PathVariable UUID id, @AuthenticationPrincipal Person person, Locale locale) {
        log.info("schedule paused schedule={} by={}", id, person.id());
        return row(ActRefused.unlessDone(schedules.pause(id, person)), locale);
    }

    @PostMapping("/console/api/schedules/{id}/resume")
    Row resume(@PathVariable UUID id, @AuthenticationPrincipal Person person, Locale locale) {
        log.info("schedule resumed schedule={} by={}", id, person.id());
        return row(ActRefused.unlessDone(schedules.resume(id, person)), locale);
    }

    @DeleteMapping("/console/api/schedules/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id, @AuthenticationPrincipal Person person) {
        log.info("schedule deleted schedule={} by={}", id, person.id());
        ActRefused.unlessDone(schedules.delete(id, person));
    }

    private static Cron cron(@Nullable String text) {
        try {
            return new Cron(text == null ? "" : text);
        } catch (IllegalArgumentException e) {
            throw ActRefused.of("cron-invalid", text == null ? "" : text);
        }
    }

    private static ZoneId zone(@Nullable String name) {
        try {
            return ZoneId.of(name == null ? "" : name);
        } catch (DateTimeException e) {
            throw ActRefused.of("zone-invalid", name == null ? "" : name);
        }
    }

    private static Missed missed(@Nullable String name) {
        return "run_once".equals(name) ? Missed.RUN_ONCE : Missed.SKIP;
    }

    private static OnDayOff onDayOff(@Nullable String name) {
        if ("skip".equals(name)) return OnDayOff.SKIP;
        return "next_working_day".equals(name) ? OnDayOff.NEXT_WORKING_DAY : OnDayOff.RUN;
    }

    private Row row(Schedule one, Locale locale) {
        Plan plan = one.plan();
        Schedules.Last last = one.last();
        return new Row(
                one.id(),
                plan.job(),
                plan.parameters(),
                plan.cron().text(),
                new CronWords(messages, locale).of(plan.cron()),
                plan.zone().getId(),
                plan.missed().name().toLowerCase(Locale.ROOT),
                plan.onDayOff().name().toLowerCase(Locale.ROOT),
                one.paused(),
                one.madeBy(),
                one.next(),
                last == null
                        ? null
                        : new Last(
                                last.at(),
                                last.run(),
                                last.refusal() == null
                                        ? ""
                                        : messages.text(
                                                locale,
                                                "refusal." + last.refusal().code(),
                                                last.refusal().arguments())));
    }
}
