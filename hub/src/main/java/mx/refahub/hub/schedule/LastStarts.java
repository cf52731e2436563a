package mx.refahub.hub.schedule;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.job.Schedules.Last;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What became of each schedule the last time. Beside Quartz, which would write a schedule back as it was when it fired. */
final class LastStarts {
    private final JdbcClient jdbc;

    LastStarts(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    Optional<Last> of(UUID schedule) {
        return jdbc.sql("""
                select at, run_id, refusal
                from schedule_last
                where schedule_id = :schedule
                """)
                .param("schedule", schedule)
                .query((row, n) -> new Last(
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getObject("run_id", Long.class),
                        refusal(row.getString("refusal"))))
                .optional();
    }

    void started(UUID schedule, Instant at, long run) {
        note(schedule, at, run, null);
    }

    void refused(UUID schedule, Instant at, Refusal refusal) {
        List<String> lines = Stream.concat(Stream.of(refusal.code()), refusal.arguments().stream())
                .map(text -> text.replace('\n', ' '))
                .toList();
        note(schedule, at, null, String.join("\n", lines));
    }

    private void note(UUID schedule, Instant at, @Nullable Long run, @Nullable String refusal) {
        jdbc.sql("""
                insert into schedule_last (schedule_id, at, run_id, refusal)
                values (:schedule, :at, :run, :refusal)
                on conflict (schedule_id) do update
                set at = excluded.at, run_id = excluded.run_id, refusal = excluded.refusal
                """)
                .param("schedule", schedule)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("run", run)
                .param("refusal", refusal)
                .update();
    }

    void forget(UUID schedule) {
        jdbc.sql("delete from schedule_last where schedule_id = :schedule")
                .param("schedule", schedule)
                .update();
    }

    private static @Nullable Refusal refusal(@Nullable String told) {
        if (told == null) return null;
        List<String> texts = List.of(told.split("\n", -1));
        return new Refusal(texts.getFirst(), texts.subList(1, texts.size()));
    }
}
