package mx.refahub.batch.partition;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import mx.refahub.batch.intake.FileSlice;
import mx.refahub.domain.job.SliceOrder;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of slices. All its times are the database's: the processes' machines need not agree on theirs. */
final class SliceTable {
    private final JdbcClient jdbc;

    SliceTable(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    /** Of a run that was cut before; none if it was not. */
    List<String> names(long run, String step) {
        return jdbc.sql("""
                select name
                from job_run_slice
                where run_id = :run
                and step = :step
                """)
                .param("run", run)
                .param("step", step)
                .query((row, n) -> row.getString(1))
                .list();
    }

    /** In the caller's transaction; a slice that is known keeps its bounds and how far it was staged. */
    void ask(long run, String step, String file, FileSlice slice, StepExecution execution) {
        jdbc.sql("""
                insert into job_run_slice (run_id, name, step, file, from_byte, to_byte, first_line, execution, asked_at)
                values (:run, :name, :step, :file, :from, :to, :line, :execution, clock_timestamp())
                """)
                .param("run", run)
                .param("name", execution.getStepName())
                .param("step", step)
                .param("file", file)
                .param("from", slice.from())
                .param("to", slice.to())
                .param("line", slice.firstLine())
                .param("execution", execution.getId())
                .update();
    }

    /** A known slice anew. @return false if it is not known */
    boolean askAgain(long run, StepExecution execution) {
        return jdbc.sql("""
                update job_run_slice
                set execution = :execution, asked_at = clock_timestamp(), worker = null, lease_until = null, stopping = false,
                    ended_at = null, refusal = '', failed = false
                where run_id = :run
                and name = :name
                """)
                        .param("run", run)
                        .param("name", execution.getStepName())
                        .param("execution", execution.getId())
                        .update()
                == 1;
    }

    boolean isEnded(long run, String step) {
        return jdbc.sql("""
                select not exists (
                    select
                    from job_run_slice
                    where run_id = :run
                    and step = :step
                    and ended_at is null)
                """)
                .param("run", run)
                .param("step", step)
                .query(Boolean.class)
                .single();
    }

    /** Executions whose order may be lost: nobody has them, or who had them is silent. They count as asked for now. */
    List<Long> overdue(long run, String step, Duration lease) {
        return jdbc.sql("""
                update job_run_slice
                set asked_at = clock_timestamp()
                where run_id = :run
                and step = :step
                and ended_at is null
                and asked_at < clock_timestamp() - :lease * interval '1 millisecond'
                and (worker is null or lease_until < clock_timestamp())
                returning execution
                """)
                .param("run", run)
                .param("step", step)
                .param("lease", lease.toMillis())
                .query((row, n) -> row.getLong(1))
                .list();
    }

    /** Those at work end at their next commit; those that nobody has taken have ended. @return the executions of these */
    List<Long> stop(long run, String step) {
        jdbc.sql("""
                update job_run_slice
                set stopping = true
                where run_id = :run
                and step = :step
                and ended_at is null
                """).param("run", run).param("step", step).update();
        return jdbc.sql("""
                update job_run_slice
                set ended_at = clock_timestamp()
                where run_id = :run
                and step = :step
                and ended_at is null
                and (worker is null or lease_until < clock_timestamp())
                returning execution
                """)
                .param("run", run)
                .param("step", step)
                .query((row, n) -> row.getLong(1))
                .list();
    }

    /** Why slices were given up; none if none was. */
    List<String> refusals(long run, String step) {
        return jdbc.sql("""
                select refusal
                from job_run_slice
                where run_id = :run
                and step = :step
                and refusal <> ''
                order by first_line
                """)
                .param("run", run)
                .param("step", step)
                .query((row, n) -> row.getString(1))
                .list();
    }

    /** Slices that failed, each with the process that had it. */
    List<String> failures(long run, String step) {
        return jdbc.sql("""
                select name || ' (' || worker || ')'
                from job_run_slice
                where run_id = :run
                and step = :step
                and failed
                order by first_line
                """)
                .param("run", run)
                .param("step", step)
                .query((row, n) -> row.getString(1))
                .list();
    }

    /** @param attempt distinguishes this holding from every other of the same slice */
    record Held(
            long execution,
            String name,
            String step,
            String file,
            FileSlice slice,
            long reached,
            String worker,
            int attempt) {}

    /**
     * Takes the slice. Of two who try at once one gets it.
     *
     * @param again from whoever has it; otherwise only if nobody has, or who has it is silent
     * @return empty if there is nothing to be done
     */
    Optional<Held> take(SliceOrder order, String worker, boolean again, Duration lease) {
        return jdbc.sql("""
                update job_run_slice s
                set worker = :worker, attempts = attempts + 1, began_at = coalesce(began_at, clock_timestamp()),
                    lease_until = clock_timestamp() + :lease * interval '1 millisecond'
                where execution = :execution
                and ended_at is null
                and not stopping
                and (worker is null or lease_until < clock_timestamp() or :again)
                and exists (
                    select
                    from job_run r
                    where r.id = s.run_id
                    and r.status = 'RUNNING')
                returning name, step, file, from_byte, to_byte, first_line, reached, attempts
                """)
                .param("worker", worker)
                .param("lease", lease.toMillis())
                .param("execution", order.step())
                .param("again", again)
                .query((row, n) -> new Held(
                        order.step(),
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        new FileSlice(row.getLong(4), row.getLong(5), row.getLong(6)),
                        row.getLong(7),
                        worker,
                        row.getInt(8)))
                .optional();
    }

    /**
     * Moves the cursor, in the caller's transaction.
     *
     * @return whether it is to stop; empty if it is another's by now, or the run has ended
     */
    Optional<Boolean> reach(Held held, long line, Duration lease) {
        return jdbc.sql("""
                update job_run_slice s
                set reached = greatest(reached, :line), lease_until = clock_timestamp() + :lease * interval '1 millisecond'
                where execution = :execution
                and worker = :worker
                and attempts = :attempt
                and ended_at is null
                and exists (
                    select
                    from job_run r
                    where r.id = s.run_id
                    and r.status = 'RUNNING')
                returning stopping
                """)
                .param("line", line)
                .param("lease", lease.toMillis())
                .param("execution", held.execution())
                .param("worker", held.worker())
                .param("attempt", held.attempt())
                .query(Boolean.class)
                .optional();
    }

    /** @return false if it is another's by now */
    boolean end(Held held, String refusal, boolean failed) {
        return jdbc.sql("""
                update job_run_slice
                set ended_at = clock_timestamp(), lease_until = null, refusal = :refusal, failed = :failed
                where execution = :execution
                and worker = :worker
                and attempts = :attempt
                and ended_at is null
                """)
                        .param("refusal", refusal)
                        .param("failed", failed)
                        .param("execution", held.execution())
                        .param("worker", held.worker())
                        .param("attempt", held.attempt())
                        .update()
                == 1;
    }

    /** Hands back what was begun: whoever is free goes on with it at once. */
    void release(Held held) {
        jdbc.sql("""
                update job_run_slice
                set worker = null, lease_until = null, asked_at = '-infinity'
                where execution = :execution
                and worker = :worker
                and attempts = :attempt
                and ended_at is null
                """)
                .param("execution", held.execution())
                .param("worker", held.worker())
                .param("attempt", held.attempt())
                .update();
    }

    /** Gives up what broke off; it is ordered anew when it is overdue. */
    void letGo(Held held) {
        jdbc.sql("""
                update job_run_slice
                set worker = null, lease_until = null, asked_at = clock_timestamp()
                where execution = :execution
                and worker = :worker
                and attempts = :attempt
                and ended_at is null
                """)
                .param("execution", held.execution())
                .param("worker", held.worker())
                .param("attempt", held.attempt())
                .update();
    }

    /** What this process works on stays its own. */
    void keep(String worker, Collection<Long> executions, Duration lease) {
        if (executions.isEmpty()) return;
        jdbc.sql("""
                update job_run_slice
                set lease_until = clock_timestamp() + :lease * interval '1 millisecond'
                where worker = :worker
                and execution in (:executions)
                and ended_at is null
                """)
                .param("worker", worker)
                .param("executions", executions)
                .param("lease", lease.toMillis())
                .update();
    }
}
