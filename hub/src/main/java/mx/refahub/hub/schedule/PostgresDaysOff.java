package mx.refahub.hub.schedule;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.job.DaysOff;
import mx.refahub.domain.job.OfficialDays;
import mx.refahub.domain.job.WorkDays;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The calendar in the hub's database. Not one of Quartz's own, which it would keep as serialised Java. */
final class PostgresDaysOff implements DaysOff {
    private static final int LONGEST_NAME = 80;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final TransactionTemplate together;

    PostgresDaysOff(DataSource dataSource, PlatformTransactionManager transactions, Clock clock) {
        jdbc = JdbcClient.create(dataSource);
        together = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    private record Own(LocalDate day, String name, boolean worked, String madeBy) {}

    private List<Own> own() {
        return jdbc.sql("""
                select day, name, worked, made_by
                from day_off
                order by day
                """)
                .query((row, n) ->
                        new Own(row.getObject(1, LocalDate.class), row.getString(2), row.getBoolean(3), row.getString(4)))
                .list();
    }

    @Override
    public WorkDays workDays() {
        Set<LocalDate> off = new HashSet<>();
        Set<LocalDate> worked = new HashSet<>();
        for (Own one : own()) (one.worked() ? worked : off).add(one.day());
        List<DayOfWeek> week = jdbc.sql("""
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
    public Outcome<LocalDate> put(LocalDate day, String name, boolean worked, String who) {
        boolean official = OfficialDays.of(day.getYear()).containsKey(day);
        if (worked && !official) return Outcome.refused("day-not-official", day.toString());
        if (!worked && official) return Outcome.refused("day-off-official", day.toString());
        String why = name.strip();
        if (why.length() > LONGEST_NAME || !official && why.isEmpty())
            return Outcome.refused("day-off-name", Integer.toString(LONGEST_NAME));
        jdbc.sql("""
                insert into day_off (day, name, worked, made_by, made_at)
                values (:day, :name, :worked, :who, :now)
                on conflict (day) do update
                set name = excluded.name, worked = excluded.worked, made_by = excluded.made_by, made_at = excluded.made_at
                """)
                .param("day", day)
                .param("name", why)
                .param("worked", worked)
                .param("who", who)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return Outcome.done(day);
    }

    @Override
    public Outcome<LocalDate> forget(LocalDate day) {
        int gone = jdbc.sql("delete from day_off where day = :day")
                .param("day", day)
                .update();
        return gone == 0 ? Outcome.refused("day-off-unknown", day.toString()) : Outcome.done(day);
    }

    @Override
    public Outcome<Set<DayOfWeek>> week(Set<DayOfWeek> off) {
        if (off.size() == DayOfWeek.values().length) return Outcome.refused("week-without-work");
        together.executeWithoutResult(status -> {
            jdbc.sql("delete from week_day_off").update();
            for (DayOfWeek day : off)
                jdbc.sql("insert into week_day_off (day) values (:day)")
                        .param("day", day.getValue())
                        .update();
        });
        return Outcome.done(off.isEmpty() ? Set.of() : EnumSet.copyOf(off));
    }
}
