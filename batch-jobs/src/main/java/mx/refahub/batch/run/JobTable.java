package mx.refahub.batch.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import mx.refahub.domain.job.Jobs.Step;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs read from Spring Batch's tables: a run is a job instance, shown as its newest execution; three statements, however many runs. */
final class JobTable {
    private final JdbcClient jdbc;
    private final Clock clock;
    /** Spring Batch writes local date-times of the JVM. */
    private final ZoneId zone;

    JobTable(JdbcClient jdbc, Clock clock, ZoneId zone) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.zone = zone;
    }

    private record Head(
            long run,
            String job,
            String status,
            @Nullable Instant created,
            @Nullable Instant ended,
            String exitMessage,
            String startedBy,
            String message,
            long rejected) {}

    Optional<Run> run(long id) {
        return read("and instance.job_instance_id = :id", id, null, 1).stream().findFirst();
    }

    List<Run> runs(@Nullable String job, int limit) {
        return read("and (cast(:job as text) is null or instance.job_name = :job)", 0, job, limit);
    }

    /** Execution that a restart or a stop is about. */
    Optional<Long> newestExecution(long run) {
        return jdbc.sql("select max(job_execution_id) from batch_job_execution where job_instance_id = :run")
                .param("run", run)
                .query((row, n) -> row.getObject(1, Long.class))
                .optional();
    }

    boolean isRunning(String job) {
        return jdbc.sql("""
                select count(*)
                from batch_job_execution execution
                join batch_job_instance instance on instance.job_instance_id = execution.job_instance_id
                where instance.job_name = :job
                and execution.status in ('STARTING', 'STARTED', 'STOPPING')
                """).param("job", job).query(Long.class).single() > 0;
    }

    Map<String, String> parameters(long run) {
        Map<String, String> parameters = new LinkedHashMap<>();
        jdbc.sql("""
                select parameter_name, parameter_value
                from batch_job_execution_params
                where job_execution_id = (select min(job_execution_id) from batch_job_execution where job_instance_id = :run)
                """)
                .param("run", run)
                .query((row, n) -> parameters.put(row.getString(1), row.getString(2)))
                .list();
        return parameters;
    }

    private List<Run> read(String filter, long id, @Nullable String job, int limit) {
        List<Head> heads = jdbc.sql("""
                select instance.job_instance_id, instance.job_name, execution.status, first.create_time, execution.end_time,
                       coalesce(execution.exit_message, '') as exit_message, coalesce(told.started_by, '') as started_by,
                       coalesce(told.message, '') as message,
                       (select count(*) from import_reject bad where bad.run = instance.job_instance_id) as rejected
                from batch_job_instance instance
                join lateral (
                    select job_execution_id, status, end_time, exit_message
                    from batch_job_execution
                    where job_instance_id = instance.job_instance_id
                    order by job_execution_id desc
                    limit 1
                ) execution on true
                join lateral (
                    select min(create_time) as create_time
                    from batch_job_execution
                    where job_instance_id = instance.job_instance_id
                ) first on true
                left join job_run told on told.run = instance.job_instance_id
                where true
                %s
                order by instance.job_instance_id desc
                limit :limit
                """.formatted(filter))
                .param("id", id)
                .param("job", job)
                .param("limit", limit)
                .query(this::head)
                .list();
        if (heads.isEmpty()) return List.of();
        Map<Long, List<Step>> steps = steps(heads.stream().map(Head::run).toList());
        return heads.stream()
                .map(head -> run(head, steps.getOrDefault(head.run(), List.of())))
                .toList();
    }

    private Run run(Head head, List<Step> steps) {
        Status status = status(head.status());
        String message = head.message();
        if (status == Status.FAILED && message.isEmpty()) message = FailureText.of(head.exitMessage());
        else if (status == Status.FAILED) message = message + " " + FailureText.of(head.exitMessage());
        Instant started = head.created() == null ? clock.instant() : head.created();
        return new Run(
                head.run(),
                head.job(),
                status,
                started,
                head.ended(),
                head.startedBy(),
                steps,
                head.rejected(),
                message.strip());
    }

    private Map<Long, List<Step>> steps(List<Long> runs) {
        Map<Long, List<Step>> steps = new LinkedHashMap<>();
        jdbc.sql("""
                select execution.job_instance_id, step.step_name, max(step.step_execution_id) as newest, sum(step.read_count) as read,
                       sum(step.write_count) as written,
                       (array_agg(step.status order by step.step_execution_id desc))[1] as status, min(step.start_time) as started,
                       max(total.total) as total,
                       (select count(*) from import_reject bad
                        where bad.run = execution.job_instance_id and 'stage-' || bad.file = step.step_name) as skipped
                from batch_step_execution step
                join batch_job_execution execution on execution.job_execution_id = step.job_execution_id
                left join job_run_total total on total.run = execution.job_instance_id and total.step = step.step_name
                where execution.job_instance_id in (:runs)
                group by execution.job_instance_id, step.step_name
                order by execution.job_instance_id, min(step.step_execution_id)
                """)
                .param("runs", runs)
                .query((row, n) -> steps.computeIfAbsent(row.getLong(1), run -> new ArrayList<>())
                        .add(step(row)))
                .list();
        return steps;
    }

    private Step step(ResultSet row) throws SQLException {
        Status status = status(row.getString("status"));
        long read = row.getLong("read");
        Long total = row.getObject("total", Long.class);
        Instant started = instant(row.getTimestamp("started"));
        Duration left = null;
        if (status == Status.RUNNING && total != null && read > 0 && started != null) {
            Duration spent = Duration.between(started, clock.instant());
            left = spent.multipliedBy(Math.max(0, total - read)).dividedBy(read);
        }
        return new Step(
                row.getString("step_name"),
                status,
                read,
                row.getLong("written"),
                row.getLong("skipped"),
                total == null ? -1 : total,
                left);
    }

    private Head head(ResultSet row, int number) throws SQLException {
        return new Head(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                instant(row.getTimestamp(4)),
                instant(row.getTimestamp(5)),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getLong(9));
    }

    private @Nullable Instant instant(@Nullable Timestamp local) {
        return local == null ? null : local.toLocalDateTime().atZone(zone).toInstant();
    }

    private static Status status(String batchStatus) {
        return switch (batchStatus) {
            case "COMPLETED" -> Status.DONE;
            case "STARTING", "STARTED" -> Status.RUNNING;
            case "STOPPING" -> Status.STOPPING;
            case "STOPPED" -> Status.STOPPED;
            default -> Status.FAILED;
        };
    }
}
