package mx.refahub.hub.schedule;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.job.DaysOff;
import mx.refahub.domain.job.OfficialDays;
import mx.refahub.domain.job.RuleTrail;
import mx.refahub.domain.job.RuleTrail.Difference;
import mx.refahub.domain.job.WorkDays;
import mx.refahub.domain.store.Person;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The calendar in the hub's database. Not one of Quartz's own, which it would keep as serialised Java. */
final class PostgresDaysOff implements DaysOff {
    private static final int LONGEST_NAME = 80;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final TransactionTemplate together;
    private final RuleTrail trail;

    PostgresDaysOff(DataSource dataSource, PlatformTransactionManager transactions, Clock clock, RuleTrail trail) {
        jdbc = JdbcClient.create(dataSource);
        together = new TransactionTemplate(transactions);
        this.clock = clock;
        this.trail = trail;
    }

    private record Own(LocalDate day, String name, boolean worked, String madeBy) {}

    private List<Own> own() {
        return jdbc.sql("""
                select day, name, worked, made_by
                from day_off
                order by day
                """)
                .query((row, n) -> new Own(
                        row.getObject(1, LocalDate.class), row.getString(2), row.getBoolean(3), row.getString(4)))
                .list();
    }

    @Override
    public WorkDays workDays() {
        Set<LocalDate> off = new HashSet<>();
        Set<LocalDate> worked = new HashSet<>();
        for (Own one : own()) (one.worked() ? worked : off).add(one.day());
        List<DayOfWeek> week =
                jdbc.sql("""
                select day
                from week_day_off
                """).query((row, n) -> DayOfWeek.of(row.getInt(1))).list();
        return new WorkDays(Set.copyOf(week), off, worked);
    }

    @Override
    public List<DayOff> of(int year) {
        List<DayOff> days = new ArrayList<>();
        Map<LocalDate, String> official = OfficialDays.of(year);
        List<Own> own = own();
        official.forEach((day, name) -> days.add(own.stream()
                .filter(one -> one.day().equals(day))
                .findFirst()
                .map(one -> new DayOff(day, name, "", one.worked(), one.madeBy()))
                .orElseGet(() -> new DayOff(day, name, "", false, null))));
        for (Own one : own)
            if (one.day().getYear() == year && !official.containsKey(one.day()))
                days.add(new DayOff(one.day(), null, one.name(), one.worked(), one.madeBy()));
        days.sort(Comparator.comparing(DayOff::day));
        return days;
    }

    @Override
    public Outcome<LocalDate> put(LocalDate day, String name, boolean worked, Person by) {
        boolean official = OfficialDays.of(day.getYear()).containsKey(day);
        if (worked && !official) return Outcome.refused("day-not-official", day.toString());
        if (!worked && official) return Outcome.refused("day-off-official", day.toString());
        String why = name.strip();
        if (why.length() > LONGEST_NAME || !official && why.isEmpty())
            return Outcome.refused("day-off-name", Integer.toString(LONGEST_NAME));
        Map<String, String> after = words(new Own(day, why, worked, by.name()));
        together.executeWithoutResult(status -> {
            List<Difference> differences = Difference.between(known(day), after);
            write(day, why, worked, by);
            if (!differences.isEmpty()) trail.changed(by, RuleTrail.Act.DAY_OFF_PUT, day.toString(), differences);
        });
        return Outcome.done(day);
    }

    private Map<String, String> known(LocalDate day) {
        return own().stream()
                .filter(one -> one.day().equals(day))
                .findFirst()
                .map(PostgresDaysOff::words)
                .orElse(Map.of());
    }

    private static Map<String, String> words(Own own) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("name", own.name());
        words.put("worked", String.valueOf(own.worked()));
        return words;
    }

    private void write(LocalDate day, String why, boolean worked, Person by) {
        jdbc.sql("""
                insert into day_off (day, name, worked, made_by, made_at)
                values (:day, :name, :worked, :who, :now)
                on conflict (day) do update
                set name = excluded.name, worked = excluded.worked, made_by = excluded.made_by, made_at = excluded.made_at
                """)
                .param("day", day)
                .param("name", why)
                .param("worked", worked)
                .param("who", by.name())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public Outcome<LocalDate> forget(LocalDate day, Person by) {
        Integer gone = together.execute(status -> {
            Map<String, String> before = known(day);
            int deleted = jdbc.sql("delete from day_off where day = :day")
                    .param("day", day)
                    .update();
            if (deleted > 0)
                trail.changed(
                        by, RuleTrail.Act.DAY_OFF_FORGOTTEN, day.toString(), Difference.between(before, Map.of()));
            return deleted;
        });
        return gone == null || gone == 0 ? Outcome.refused("day-off-unknown", day.toString()) : Outcome.done(day);
    }

    private static String days(Set<DayOfWeek> days) {
        return days.stream().sorted().map(day -> String.valueOf(day.getValue())).collect(Collectors.joining(","));
    }

    @Override
    public Outcome<Set<DayOfWeek>> week(Set<DayOfWeek> off, Person by) {
        if (off.size() == DayOfWeek.values().length) return Outcome.refused("week-without-work");
        together.executeWithoutResult(status -> {
            String before = days(workDays().week());
            jdbc.sql("delete from week_day_off").update();
            for (DayOfWeek day : off)
                jdbc.sql("insert into week_day_off (day) values (:day)")
                        .param("day", day.getValue())
                        .update();
            if (!before.equals(days(off)))
                trail.changed(by, RuleTrail.Act.WEEK_PUT, "", List.of(new Difference("week", before, days(off))));
        });
        return Outcome.done(off.isEmpty() ? Set.of() : EnumSet.copyOf(off));
    }
}
