package mx.refahub.batch.partition;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.job.WorkDoor;
import mx.refahub.domain.job.Workers;
import mx.refahub.domain.job.Workplace;
import org.springframework.batch.core.BatchStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables of processes that share work, and of the door by which they come. */
public final class WorkerTable implements Workers, WorkDoor {
    private static final SecureRandom RANDOM = new SecureRandom();
    /** After so many leases without a word a process is forgotten. */
    private static final int FORGOTTEN = 40;

    private final JdbcClient jdbc;
    private final Duration lease;

    public WorkerTable(DataSource dataSource, WorkSettings settings) {
        jdbc = JdbcClient.create(dataSource);
        lease = settings.lease();
    }

    /** That this process is here. */
    void begin(Workplace place) {
        jdbc.sql("""
                delete from worker
                where beat_at < clock_timestamp() - :forgotten * interval '1 millisecond'
                """).param("forgotten", lease.toMillis() * FORGOTTEN).update();
        jdbc.sql("""
                insert into worker (name, role, host, pid, started_at, beat_at)
                values (:name, :role, :host, :pid, clock_timestamp(), clock_timestamp())
                on conflict (name) do update
                set role = excluded.role, host = excluded.host, pid = excluded.pid, started_at = excluded.started_at, beat_at = excluded.beat_at
                """)
                .param("name", place.name())
                .param("role", place.hub() ? "HUB" : "WORKER")
                .param("host", place.host())
                .param("pid", place.pid())
                .update();
    }

    void beat(Workplace place) {
        int known = jdbc.sql("""
                update worker
                set beat_at = clock_timestamp()
                where name = :name
                """).param("name", place.name()).update();
        // Somebody has thought it dead, while its machine slept for example.
        if (known == 0) begin(place);
    }

    void end(Workplace place) {
        jdbc.sql("""
                delete from worker
                where name = :name
                """).param("name", place.name()).update();
    }

    /** Whether anybody else takes work now. */
    boolean hasOthers(String name) {
        return jdbc.sql("""
                select exists (
                    select
                    from worker
                    where name <> :name
                    and beat_at > clock_timestamp() - :lease * interval '1 millisecond')
                """)
                .param("name", name)
                .param("lease", lease.toMillis())
                .query(Boolean.class)
                .single();
    }

    @Override
    public List<Worker> all() {
        return jdbc.sql("""
                select w.name, w.role = 'HUB', w.host, w.pid, w.started_at, w.beat_at,
                    w.beat_at > clock_timestamp() - :lease * interval '1 millisecond',
                    s.run_id, r.job, s.step, s.name
                from worker w
                left join lateral (
                    select s.run_id, s.step, s.name
                    from job_run_slice s
                    where s.worker = w.name
                    and s.ended_at is null
                    order by s.run_id desc, s.first_line
                    limit 1) s on true
                left join job_run r on r.id = s.run_id
                order by w.role, w.name
                """)
                .param("lease", lease.toMillis())
                .query((row, n) -> new Worker(
                        row.getString(1),
                        row.getBoolean(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getObject(5, OffsetDateTime.class).toInstant(),
                        row.getObject(6, OffsetDateTime.class).toInstant(),
                        row.getBoolean(7),
                        row.getString(9) == null
                                ? null
                                : new Doing(
                                        row.getLong(8),
                                        row.getString(9),
                                        row.getString(10),
                                        number(row.getString(11)))))
                .list();
    }

    /** What all tries of a slice have read adds up; the last one's state counts. */
    @Override
    public List<Slice> slices(long run) {
        return jdbc.sql("""
                select s.step, s.name, s.worker, s.attempts, s.ended_at is not null, b.status,
                    coalesce(sum(e.read_count), 0), coalesce(sum(e.write_count), 0), coalesce(sum(e.process_skip_count), 0)
                from job_run_slice s
                join batch_step_execution b on b.step_execution_id = s.execution
                join batch_job_execution_params p on p.parameter_name = 'run' and p.parameter_value = s.run_id::text
                left join batch_step_execution e on e.job_execution_id = p.job_execution_id and e.step_name = s.name
                where s.run_id = :run
                group by s.run_id, s.name, b.status
                order by min(s.began_at) over (partition by s.step), s.step, s.first_line
                """)
                .param("run", run)
                .query((row, n) -> new Slice(
                        row.getString(1),
                        number(row.getString(2)),
                        status(row.getString(6), row.getBoolean(5), row.getString(3) != null),
                        row.getString(3),
                        row.getInt(4),
                        row.getLong(7),
                        row.getLong(8),
                        row.getLong(9)))
                .list();
    }

    private static Jobs.Status status(String batch, boolean ended, boolean taken) {
        return switch (BatchStatus.valueOf(batch)) {
            case COMPLETED -> Jobs.Status.DONE;
            case FAILED, ABANDONED, UNKNOWN -> ended || !taken ? Jobs.Status.FAILED : Jobs.Status.RUNNING;
            case STOPPED -> ended ? Jobs.Status.STOPPED : Jobs.Status.RUNNING;
            case STOPPING -> Jobs.Status.STOPPING;
            case STARTING, STARTED -> Jobs.Status.RUNNING;
        };
    }

    private static int number(String name) {
        return Integer.parseInt(name.substring(name.lastIndexOf(':') + 1));
    }

    @Override
    public String password() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        jdbc.sql("""
                insert into work_door (door, broker_password)
                values (1, :password)
                on conflict (door) do nothing
                """).param("password", HexFormat.of().formatHex(bytes)).update();
        return jdbc.sql("""
                select broker_password
                from work_door
                where door = 1
                """).query(String.class).single();
    }

    @Override
    public void open(String brokerUrl, String hubKey) {
        password();
        int opened = jdbc.sql("""
                update work_door
                set broker_url = :url, hub_key = :key
                where door = 1
                """).param("url", brokerUrl).param("key", hubKey).update();
        if (opened != 1) throw new IllegalStateException("no door of work");
    }

    @Override
    public Optional<Door> find() {
        return jdbc.sql("""
                select broker_url, hub_key, broker_password
                from work_door
                where broker_url <> ''
                """)
                .query((row, n) -> new Door(row.getString(1), row.getString(2), row.getString(3)))
                .optional();
    }
}
