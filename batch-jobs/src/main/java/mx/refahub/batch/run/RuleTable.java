package mx.refahub.batch.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import mx.refahub.domain.job.JobRules.After;
import mx.refahub.domain.job.JobRules.Followed;
import mx.refahub.domain.job.JobRules.Rule;
import mx.refahub.domain.job.JobRules.Terms;
import mx.refahub.domain.job.JobRules.ViewAge;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables of what was decided of jobs, and of what has come of their ends. */
final class RuleTable {
    private final JdbcClient jdbc;
    private final Clock clock;

    RuleTable(DataSource dataSource, Clock clock) {
        jdbc = JdbcClient.create(dataSource);
        this.clock = clock;
    }

    Optional<Rule> find(String job) {
        return jdbc.sql("""
                select job, in_charge, timeout_seconds, retries, retry_after_seconds, told, changed_by, changed_at
                from job_terms
                where job = :job
                """).param("job", job).query(RuleTable::rule).optional();
    }

    private static Rule rule(ResultSet row, int number) throws SQLException {
        Integer timeout = row.getObject(3, Integer.class);
        return new Rule(
                row.getString(1),
                new Terms(
                        row.getString(2),
                        timeout == null ? null : Duration.ofSeconds(timeout),
                        row.getInt(4),
                        Duration.ofSeconds(row.getInt(5)),
                        List.of((String[]) row.getArray(6).getArray())),
                row.getString(7),
                row.getObject(8, OffsetDateTime.class).toInstant());
    }

    void put(String job, Terms terms, String who) {
        Duration timeout = terms.timeout();
        jdbc.sql("""
                insert into job_terms (job, in_charge, timeout_seconds, retries, retry_after_seconds, told, changed_by, changed_at)
                values (:job, :inCharge, :timeout, :retries, :retryAfter, :told, :who, :now)
                on conflict (job) do update
                set in_charge = excluded.in_charge, timeout_seconds = excluded.timeout_seconds, retries = excluded.retries,
                    retry_after_seconds = excluded.retry_after_seconds, told = excluded.told, changed_by = excluded.changed_by,
                    changed_at = excluded.changed_at
                """)
                .param("job", job)
                .param("inCharge", terms.inCharge())
                .param("timeout", timeout == null ? null : (int) timeout.toSeconds())
                .param("retries", terms.retries())
                .param("retryAfter", (int) terms.retryAfter().toSeconds())
                .param("told", terms.told().toArray(String[]::new))
                .param("who", who)
                .param("now", now())
                .update();
    }

    void forget(String job) {
        jdbc.sql("delete from job_terms where job = :job").param("job", job).update();
    }

    List<After> afters() {
        Map<UUID, Map<String, String>> parameters = new LinkedHashMap<>();
        jdbc.sql("""
                select after_id, name, value
                from job_after_parameter
                """)
                .query((row, n) -> parameters
                        .computeIfAbsent(row.getObject(1, UUID.class), id -> new LinkedHashMap<>())
                        .put(row.getString(2), row.getString(3)))
                .list();
        return jdbc.sql("""
                select a.id, a.job, a.after_job, a.only_changed, a.made_by, f.run_id, f.started, f.refusal, f.at
                from job_after a
                left join lateral (
                    select run_id, started, refusal, at
                    from job_followed
                    where after_id = a.id
                    order by run_id desc
                    limit 1) f on true
                order by a.after_job, a.job
                """)
                .query((row, n) -> {
                    UUID id = row.getObject(1, UUID.class);
                    return new After(
                            id,
                            row.getString(2),
                            row.getString(3),
                            row.getBoolean(4),
                            parameters.getOrDefault(id, Map.of()),
                            row.getString(5),
                            followed(row));
                })
                .list();
    }

    private static @Nullable Followed followed(ResultSet row) throws SQLException {
        Long run = row.getObject(6, Long.class);
        if (run == null) return null;
        return new Followed(
                run,
                row.getObject(7, Long.class),
                row.getString(8),
                row.getObject(9, OffsetDateTime.class).toInstant());
    }

    /** Nobody adds or takes away what follows what until the transaction ends, so that two cannot close a cycle between them. */
    void lock() {
        jdbc.sql("lock table job_after in share row exclusive mode").update();
    }

    void follow(After after) {
        jdbc.sql("""
                insert into job_after (id, job, after_job, only_changed, made_by, made_at)
                values (:id, :job, :after, :onlyChanged, :who, :now)
                """)
                .param("id", after.id())
                .param("job", after.job())
                .param("after", after.after())
                .param("onlyChanged", after.onlyChanged())
                .param("who", after.madeBy())
                .param("now", now())
                .update();
        after.parameters().forEach((name, value) -> jdbc.sql("""
                insert into job_after_parameter (after_id, name, value)
                values (:id, :name, :value)
                """)
                .param("id", after.id())
                .param("name", name)
                .param("value", value)
                .update());
    }

    void unfollow(UUID id) {
        jdbc.sql("delete from job_after where id = :id").param("id", id).update();
    }

    /** The end of a run that nothing has come of yet. */
    record Waiting(UUID after, String job, long run) {}

    /** Of each that follows the newest end first. */
    List<Waiting> waiting() {
        return jdbc.sql("""
                select a.id, a.job, r.id
                from job_after a
                join job_run r on r.job = a.after_job
                where r.status = 'DONE'
                and r.ended_at >= a.made_at
                and (r.changed or not a.only_changed)
                and not exists (
                    select
                    from job_followed f
                    where f.after_id = a.id
                    and f.run_id = r.id)
                order by a.id, r.id desc
                """)
                .query((row, n) -> new Waiting(row.getObject(1, UUID.class), row.getString(2), row.getLong(3)))
                .list();
    }

    Map<String, String> parameters(UUID after) {
        Map<String, String> parameters = new LinkedHashMap<>();
        jdbc.sql("""
                select name, value
                from job_after_parameter
                where after_id = :after
                """)
                .param("after", after)
                .query((row, n) -> parameters.put(row.getString(1), row.getString(2)))
                .list();
        return parameters;
    }

    /** @param started null if it was refused */
    void followed(UUID after, List<Long> runs, @Nullable Long started, @Nullable String refusal) {
        jdbc.sql("""
                insert into job_followed (after_id, run_id, started, refusal, at)
                select a.id, r.id, cast(:started as bigint), cast(:refusal as text), :now
                from job_after a, job_run r
                where a.id = :after
                and r.id in (:runs)
                on conflict do nothing
                """)
                .param("after", after)
                .param("runs", runs)
                .param("started", started)
                .param("refusal", refusal)
                .param("now", now())
                .update();
    }

    List<ViewAge> views() {
        return jdbc.sql("""
                select view, refreshed_at, took_millis, rows
                from view_refreshed
                order by refreshed_at nulls first, view
                """)
                .query((row, n) -> {
                    OffsetDateTime at = row.getObject(2, OffsetDateTime.class);
                    Long took = row.getObject(3, Long.class);
                    return new ViewAge(
                            row.getString(1),
                            at == null ? null : at.toInstant(),
                            took == null ? null : Duration.ofMillis(took),
                            row.getLong(4));
                })
                .list();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
