package mx.refahub.batch.run;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of runs. One run of a job at a time is kept by its unique index, whatever the number of processes. */
public final class RunTable {
    private final JdbcClient jdbc;
    private final Clock clock;

    public RunTable(DataSource dataSource, Clock clock) {
        jdbc = JdbcClient.create(dataSource);
        this.clock = clock;
    }

    enum State {
        RUNNING,
        WAITING,
        STOPPED,
        FAILED,
        DISCARDED,
        DONE
    }

    record RunRow(
            long id,
            String job,
            UUID cause,
            String startedBy,
            Instant startedAt,
            @Nullable Instant endedAt,
            State state,
            List<String> notes,
            String failure) {
        String message() {
            String said = String.join(" ", notes);
            return failure.isEmpty() ? said : said.isEmpty() ? failure : failure + " " + said;
        }
    }

    /** @return the run's id; empty while another run of the job goes on */
    OptionalLong open(String job, UUID cause, Lease lease, String startedBy) {
        return jdbc.sql("""
                insert into job_run (job, cause, owner, started_by, started_at, status, lease_until, timeout_at)
                values (:job, :cause, :owner, :startedBy, :now, 'RUNNING', clock_timestamp() + :lease * interval '1 millisecond',
                    clock_timestamp() + cast(:timeout as bigint) * interval '1 millisecond')
                on conflict (job) where ended_at is null do nothing
                returning id
                """)
                .param("job", job)
                .param("cause", cause)
                .param("owner", lease.owner())
                .param("lease", lease.length().toMillis())
                .param("timeout", lease.timeoutMillis())
                .param("startedBy", startedBy)
                .param("now", now())
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    OptionalLong begunBy(UUID cause) {
        return jdbc.sql("""
                select id
                from job_run
                where cause = :cause
                """)
                .param("cause", cause)
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /** @param retries how often it was taken up by itself @return false while another run of the job goes on, or if it is not to be taken up any more */
    boolean reopen(long run, Lease lease, int retries) {
        try {
            return jdbc.sql("""
                    update job_run
                    set status = 'RUNNING', ended_at = null, failure = '', owner = :owner,
                        lease_until = clock_timestamp() + :lease * interval '1 millisecond',
                        timeout_at = clock_timestamp() + cast(:timeout as bigint) * interval '1 millisecond',
                        timed_out = false, retry_at = null, retries = :retries
                    where id = :run
                    and status in ('FAILED', 'STOPPED')
                    and (:retries = 0 or retry_at is not null)
                    """)
                            .param("run", run)
                            .param("retries", retries)
                            .param("timeout", lease.timeoutMillis())
                            .param("owner", lease.owner())
                            .param("lease", lease.length().toMillis())
                            .update()
                    == 1;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    /** @param retryAfter when it is taken up by itself; null for never @return false if the run is not this owner's any more: what has become of it is told by another */
    boolean close(long run, String owner, State state, String failure, @Nullable Duration retryAfter) {
        return jdbc.sql("""
                update job_run
                set status = :state, ended_at = :now, failure = :failure, lease_until = null, timeout_at = null,
                    retry_at = clock_timestamp() + cast(:retryAfter as bigint) * interval '1 millisecond'
                where id = :run
                and status = 'RUNNING'
                and owner = :owner
                """)
                        .param("run", run)
                        .param("owner", owner)
                        .param("state", state.name())
                        .param("failure", failure)
                        .param("retryAfter", retryAfter == null ? null : retryAfter.toMillis())
                        .param("now", now())
                        .update()
                == 1;
    }

    /**
     * A run has changed something if it has published, or written in a step that publishes; of a job whose steps only read and write once any written row counts.
     *
     * @return as {@link #close}
     */
    boolean done(long run, String owner) {
        return jdbc.sql("""
                update job_run
                set status = 'DONE', ended_at = :now, failure = '', lease_until = null, timeout_at = null, retry_at = null,
                    changed = exists (
                        select
                        from job_run_publication
                        where run_id = :run)
                    or exists (
                        select
                        from batch_job_execution_params p
                        join batch_step_execution s on s.job_execution_id = p.job_execution_id
                        where p.parameter_name = 'run'
                        and p.parameter_value = cast(:run as text)
                        and s.write_count > 0
                        and (s.step_name like 'publish%'
                            or not exists (
                                select
                                from batch_step_execution other
                                where other.job_execution_id = s.job_execution_id
                                and other.step_name like 'publish%')))
                where id = :run
                and status = 'RUNNING'
                and owner = :owner
                """)
                        .param("run", run)
                        .param("owner", owner)
                        .param("now", now())
                        .update()
                == 1;
    }

    int retries(long run) {
        return jdbc.sql("""
                select retries
                from job_run
                where id = :run
                """).param("run", run).query(Integer.class).single();
    }

    boolean isTimedOut(long run) {
        return jdbc.sql("""
                select timed_out
                from job_run
                where id = :run
                """).param("run", run).query(Boolean.class).single();
    }

    /** @param isTold whether it was found late before */
    record Late(long run, boolean isTold) {}

    /** This owner's runs that have taken too long; from now on that is written down. */
    List<Late> late(String owner) {
        return jdbc.sql("""
                with late as (
                    select id, timed_out
                    from job_run
                    where owner = :owner
                    and status = 'RUNNING'
                    and timeout_at < clock_timestamp()
                    for update)
                update job_run r
                set timed_out = true
                from late
                where r.id = late.id
                returning r.id, late.timed_out
                """)
                .param("owner", owner)
                .query((row, n) -> new Late(row.getLong(1), row.getBoolean(2)))
                .list();
    }

    /** Ends what this run waits for in the database; its transaction rolls back. @return how many statements were ended */
    int cancelStatements(long run) {
        return jdbc.sql("""
                select pg_cancel_backend(pid)
                from pg_stat_activity
                where datname = current_database()
                and application_name = :name
                and state = 'active'
                and pid <> pg_backend_pid()
                """)
                .param("name", RunTransactions.name(run))
                .query(Boolean.class)
                .list()
                .size();
    }

    /** Failed runs whose time to be taken up again has come. */
    List<Long> toRetry() {
        return jdbc.sql("""
                select id
                from job_run
                where retry_at < clock_timestamp()
                and status = 'FAILED'
                order by id
                """).query((row, n) -> row.getLong(1)).list();
    }

    void giveUpRetry(long run) {
        jdbc.sql("""
                update job_run
                set retry_at = null
                where id = :run
                and status = 'FAILED'
                """).param("run", run).update();
    }

    /** Says that this owner lives. @return its runs; one that it thinks it has and that is not among them has been taken for dead */
    List<Long> renew(Lease lease) {
        return jdbc.sql("""
                update job_run
                set lease_until = clock_timestamp() + :lease * interval '1 millisecond'
                where owner = :owner
                and status = 'RUNNING'
                returning id
                """)
                .param("owner", lease.owner())
                .param("lease", lease.length().toMillis())
                .query((row, n) -> row.getLong(1))
                .list();
    }

    /** Takes over what others have left: their lease has passed. Of several processes one gets each. */
    List<RunRow> takeLapsed(Lease lease) {
        return jdbc.sql("""
                update job_run
                set owner = :owner, lease_until = clock_timestamp() + :lease * interval '1 millisecond'
                where id in (
                    select id
                    from job_run
                    where status = 'RUNNING'
                    and owner <> :owner
                    and lease_until < clock_timestamp()
                    for update skip locked)
                and status = 'RUNNING'
                and lease_until < clock_timestamp()
                returning id, job, cause, started_by, started_at, ended_at, status, notes, failure
                """)
                .param("owner", lease.owner())
                .param("lease", lease.length().toMillis())
                .query(RunTable::row)
                .list();
    }

    /** What the run was started with; kept, since a run may die before Batch has written it down. */
    void keepParameters(long run, Map<String, String> parameters) {
        parameters.forEach((name, value) -> jdbc.sql("""
                insert into job_run_parameter (run_id, name, value)
                values (:run, :name, :value)
                """)
                .param("run", run)
                .param("name", name)
                .param("value", value)
                .update());
    }

    public Map<String, String> parameters(long run) {
        Map<String, String> parameters = new LinkedHashMap<>();
        jdbc.sql("""
                select name, value
                from job_run_parameter
                where run_id = :run
                order by name
                """)
                .param("run", run)
                .query((row, n) -> parameters.put(row.getString(1), row.getString(2)))
                .list();
        return parameters;
    }

    /** Writes down that a person must say yes; in the caller's transaction. */
    void askApproval(long run) {
        jdbc.sql("""
                update job_run
                set approval_asked_at = :now
                where id = :run
                and approval_asked_at is null
                """).param("run", run).param("now", now()).update();
    }

    /** By its preview. */
    boolean wouldChange(long run) {
        return jdbc.sql("""
                select exists (
                    select
                    from job_run_preview
                    where run_id = :run
                    and rows > 0)
                """).param("run", run).query(Boolean.class).single();
    }

    boolean isApproved(long run) {
        return jdbc.sql("""
                select approved_at is not null
                from job_run
                where id = :run
                """).param("run", run).query(Boolean.class).single();
    }

    /** Asked, and not answered. */
    boolean awaitsApproval(long run) {
        return jdbc.sql("""
                select approval_asked_at is not null and approved_at is null
                from job_run
                where id = :run
                """).param("run", run).query(Boolean.class).single();
    }

    /** From running to waiting; ended it is not, so that its job starts no other run. */
    void await(long run) {
        int waits = jdbc.sql("""
                update job_run
                set status = 'WAITING', lease_until = null, timeout_at = null
                where id = :run
                and status = 'RUNNING'
                """).param("run", run).update();
        if (waits != 1) throw new IllegalStateException("run " + run + " was not running");
    }

    /** @return false if it does not wait; of two who say yes at once, one does */
    boolean approve(long run, String who, Lease lease) {
        return jdbc.sql("""
                update job_run
                set status = 'RUNNING', approved_at = :now, approved_by = :who, owner = :owner,
                    lease_until = clock_timestamp() + :lease * interval '1 millisecond',
                    timeout_at = clock_timestamp() + cast(:timeout as bigint) * interval '1 millisecond'
                where id = :run
                and status = 'WAITING'
                """)
                        .param("run", run)
                        .param("who", who)
                        .param("owner", lease.owner())
                        .param("lease", lease.length().toMillis())
                        .param("timeout", lease.timeoutMillis())
                        .param("now", now())
                        .update()
                == 1;
    }

    /** @return false if it does not wait */
    boolean discard(long run) {
        return jdbc.sql("""
                update job_run
                set status = 'DISCARDED', ended_at = :now
                where id = :run
                and status = 'WAITING'
                """).param("run", run).param("now", now()).update() == 1;
    }

    /** @return false if it has not ended, or ended well */
    boolean abandon(long run) {
        return jdbc.sql("""
                update job_run
                set status = 'DISCARDED', retry_at = null
                where id = :run
                and status in ('FAILED', 'STOPPED')
                """).param("run", run).update() == 1;
    }

    /** What people have decided of a run. */
    record Decisions(
            @Nullable Instant askedAt,
            @Nullable Instant approvedAt,
            @Nullable String approvedBy,
            @Nullable Long undoneBy) {}

    Optional<Decisions> decisions(long run) {
        return jdbc.sql("""
                select approval_asked_at, approved_at, approved_by, undone_by
                from job_run
                where id = :run
                """)
                .param("run", run)
                .query((row, n) -> new Decisions(
                        instant(row.getObject(1, OffsetDateTime.class)),
                        instant(row.getObject(2, OffsetDateTime.class)),
                        row.getString(3),
                        row.getObject(4, Long.class)))
                .optional();
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }

    /** @param step Batch's id of the step's execution */
    record LogRow(
            long step,
            String name,
            String status,
            @Nullable LocalDateTime startedAt,
            @Nullable LocalDateTime endedAt,
            long read,
            long written,
            long skipped) {}

    /** Every step each time that it was begun. */
    List<LogRow> log(long run) {
        return jdbc.sql("""
                select s.step_execution_id, s.step_name, s.status, s.start_time, s.end_time, s.read_count, s.write_count,
                    s.read_skip_count + s.process_skip_count + s.write_skip_count
                from batch_job_execution_params p
                join batch_step_execution s on s.job_execution_id = p.job_execution_id
                where p.parameter_name = 'run'
                and p.parameter_value = :run
                order by s.step_execution_id
                """)
                .param("run", Long.toString(run))
                .query((row, n) -> new LogRow(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getObject(4, LocalDateTime.class),
                        row.getObject(5, LocalDateTime.class),
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(8)))
                .list();
    }

    /** Whether the run of this job that has not ended waits for a person. */
    boolean hasWaiting(String job) {
        return jdbc.sql("""
                select exists (
                    select
                    from job_run
                    where job = :job
                    and status = 'WAITING')
                """).param("job", job).query(Boolean.class).single();
    }

    /** Adds a sentence to what the run says of itself; once, however often a restarted step says it. In the caller's transaction. */
    public void note(long run, String sentence) {
        jdbc.sql("""
                update job_run
                set notes = array_append(notes, :sentence)
                where id = :run
                and :sentence <> all (notes)
                """).param("run", run).param("sentence", sentence).update();
    }

    /** Takes back a sentence that was true for a while; the same again changes nothing. In the caller's transaction. */
    public void unsay(long run, String sentence) {
        jdbc.sql("""
                update job_run
                set notes = array_remove(notes, :sentence)
                where id = :run
                and :sentence = any (notes)
                """).param("run", run).param("sentence", sentence).update();
    }

    /** What this run's movements name as their cause. */
    public UUID cause(long run) {
        return jdbc.sql("""
                select cause
                from job_run
                where id = :run
                """).param("run", run).query(UUID.class).single();
    }

    /** When the run was first started. */
    public Instant startedAt(long run) {
        return find(run).orElseThrow().startedAt();
    }

    Optional<RunRow> find(long run) {
        return jdbc.sql("""
                select id, job, cause, started_by, started_at, ended_at, status, notes, failure
                from job_run
                where id = :run
                """).param("run", run).query(RunTable::row).optional();
    }

    List<RunRow> newest(@Nullable String job, int limit) {
        return jdbc.sql("""
                select id, job, cause, started_by, started_at, ended_at, status, notes, failure
                from job_run
                where (cast(:job as text) is null or job = :job)
                order by id desc
                limit :limit
                """)
                .param("job", job)
                .param("limit", limit)
                .query(RunTable::row)
                .list();
    }

    List<RunRow> leftRunning(String owner) {
        return jdbc.sql("""
                select id, job, cause, started_by, started_at, ended_at, status, notes, failure
                from job_run
                where owner = :owner
                and status = 'RUNNING'
                order by id
                """).param("owner", owner).query(RunTable::row).list();
    }

    boolean hasNewer(RunRow run) {
        return jdbc.sql("""
                select exists (
                    select
                    from job_run
                    where job = :job
                    and id > :run)
                """)
                .param("job", run.job())
                .param("run", run.id())
                .query(Boolean.class)
                .single();
    }

    /** @param execution Batch's id of the execution, so that a living one can be told apart */
    record StepRow(
            long run,
            long execution,
            String name,
            String status,
            @Nullable LocalDateTime startedAt,
            long read,
            long written,
            long skipped,
            String context) {}

    /** The steps of all these runs, oldest execution first. */
    List<StepRow> steps(List<Long> runs) {
        if (runs.isEmpty()) return List.of();
        return jdbc.sql("""
                select p.parameter_value::bigint, e.job_execution_id, s.step_name, s.status, s.start_time, s.read_count, s.write_count,
                    s.read_skip_count + s.process_skip_count + s.write_skip_count, c.short_context
                from batch_job_execution_params p
                join batch_job_execution e on e.job_execution_id = p.job_execution_id
                join batch_step_execution s on s.job_execution_id = e.job_execution_id
                left join batch_step_execution_context c on c.step_execution_id = s.step_execution_id
                where p.parameter_name = 'run'
                and p.parameter_value in (:runs)
                order by s.step_execution_id
                """)
                .param("runs", runs.stream().map(String::valueOf).toList())
                .query((row, n) -> new StepRow(
                        row.getLong(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getString(4),
                        row.getObject(5, LocalDateTime.class),
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(8),
                        row.getString(9) == null ? "" : row.getString(9)))
                .list();
    }

    private static RunRow row(ResultSet row, int number) throws SQLException {
        OffsetDateTime ended = row.getObject(6, OffsetDateTime.class);
        Array notes = row.getArray(8);
        return new RunRow(
                row.getLong(1),
                row.getString(2),
                row.getObject(3, UUID.class),
                row.getString(4),
                row.getObject(5, OffsetDateTime.class).toInstant(),
                ended == null ? null : ended.toInstant(),
                State.valueOf(row.getString(7)),
                List.of((String[]) notes.getArray()),
                row.getString(9));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
