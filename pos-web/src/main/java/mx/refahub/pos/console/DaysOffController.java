package mx.refahub.pos.console;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import mx.refahub.domain.job.DaysOff;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The calendar of days off. */
@RestController
final class DaysOffController {
    private static final Logger log = LoggerFactory.getLogger(DaysOffController.class);
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2199;

    private final DaysOff days;

    DaysOffController(DaysOff days) {
        this.days = days;
    }

    record Day(
            LocalDate day,
            @Nullable String official,
            String name,
            boolean worked,
            @Nullable String decidedBy) {}

    /** @param week days of every week without work, 1 for Monday */
    record Year(int year, List<Day> days, List<Integer> week) {}

    record SentDay(@Nullable String name, @Nullable Boolean worked) {}

    record SentWeek(@Nullable List<Integer> days) {}

    @GetMapping("/console/api/days-off")
    Year year(@RequestParam int year) {
        if (year < FIRST_YEAR || year > LAST_YEAR) throw ActRefused.of("day-wrong", Integer.toString(year));
        return new Year(
                year,
                days.of(year).stream()
                        .map(day -> new Day(day.day(), day.official(), day.name(), day.worked(), day.decidedBy()))
                        .toList(),
                days.workDays().week().stream()
                        .map(DayOfWeek::getValue)
                        .sorted()
                        .toList());
    }

    @PutMapping("/console/api/days-off/{day}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void put(@PathVariable String day, @RequestBody SentDay sent, @AuthenticationPrincipal Person person) {
        boolean worked = Boolean.TRUE.equals(sent.worked());
        ActRefused.unlessDone(days.put(date(day), sent.name() == null ? "" : sent.name(), worked, person));
        log.info("day off put day={} worked={} by={}", day, worked, person.id());
    }

    @DeleteMapping("/console/api/days-off/{day}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void forget(@PathVariable String day, @AuthenticationPrincipal Person person) {
        ActRefused.unlessDone(days.forget(date(day), person));
        log.info("day off forgotten day={} by={}", day, person.id());
    }

    @PutMapping("/console/api/days-off/week")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void week(@RequestBody SentWeek sent, @AuthenticationPrincipal Person person) {
        Set<DayOfWeek> off = EnumSet.noneOf(DayOfWeek.class);
        if (sent.days() != null)
            for (Integer day : sent.days()) {
                if (day < 1 || day > DayOfWeek.values().length) throw ActRefused.of("day-wrong", day.toString());
                off.add(DayOfWeek.of(day));
            }
        ActRefused.unlessDone(days.week(off, person));
        log.info("days of the week off put days={} by={}", off, person.id());
    }

    private static LocalDate date(String text) {
        try {
            LocalDate date = LocalDate.parse(text);
            if (date.getYear() >= FIRST_YEAR && date.getYear() <= LAST_YEAR) return date;
        } catch (DateTimeException e) {
            throw ActRefused.of("day-wrong", text);
        }
        throw ActRefused.of("day-wrong", text);
    }
}
