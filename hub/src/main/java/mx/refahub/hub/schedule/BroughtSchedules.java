package mx.refahub.hub.schedule;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import mx.refahub.domain.job.Cron;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.job.Schedules.Missed;
import mx.refahub.domain.job.Schedules.OnDayOff;
import mx.refahub.domain.job.Schedules.Plan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Schedules that the program brings: made once for each database, so that one which somebody deletes or changes stays deleted or changed. */
final class BroughtSchedules {
    private static final Logger LOG = LoggerFactory.getLogger(BroughtSchedules.class);
    private static final ZoneId MEXICO = ZoneId.of("America/Mexico_City");
    private static final String PROGRAM = "RefaHub";

    private final QuartzSchedules schedules;
    private final Jobs jobs;
    private final JdbcClient jdbc;
    private final Clock clock;

    BroughtSchedules(QuartzSchedules schedules, Jobs jobs, DataSource dataSource, Clock clock) {
        this.schedules = schedules;
        this.jobs = jobs;
        jdbc = JdbcClient.create(dataSource);
        this.clock = clock;
    }

    /** Every process does this at its start: the same schedule has the same id, and is written down when it is there. */
    void bring() {
        // In the middle of the stores' own quiet hours: those that have compared themselves by then are only counted.
        bring("reconciliation", "30 4 * * *", Missed.RUN_ONCE);
        // Ledger and sums of stock, after the day's last documents and before anybody counts.
        bring("stock-check", "0 3 * * *", Missed.RUN_ONCE);
        // Before the first till opens; what was not published by then is asked for again the next day, with the days
        // before.
        bring("rate-sync", "15 6 * * *", Missed.RUN_ONCE);
    }

    private void bring(String job, String cron, Missed missed) {
        if (jobs.all().stream().noneMatch(one -> one.name().equals(job))) return;
        boolean brought = jdbc.sql("select count(*) from schedule_brought where job = :job")
                        .param("job", job)
                        .query(Long.class)
                        .single()
                > 0;
        if (brought) return;
        UUID id = UUID.nameUUIDFromBytes(("brought " + job).getBytes(StandardCharsets.US_ASCII));
        schedules.bring(id, new Plan(job, Map.of(), new Cron(cron), MEXICO, missed, OnDayOff.RUN), PROGRAM);
        jdbc.sql("""
                insert into schedule_brought (job, at)
                values (:job, :at)
                on conflict (job) do nothing
                """)
                .param("job", job)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        LOG.info("schedule brought job={} cron=\"{}\"", job, cron);
    }
}
