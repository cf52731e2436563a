package mx.refahub.batch.price;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import mx.refahub.batch.run.RunRefused;
import mx.refahub.batch.run.Workshop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Withdraws what a run published: what was charged before it is charged again. In one transaction, as one version of the book. */
final class UndoPrices implements Tasklet {
    static final String OF = "of";
    private static final Logger LOG = LoggerFactory.getLogger(UndoPrices.class);

    private final Workshop workshop;
    private final JdbcClient jdbc;

    UndoPrices(Workshop workshop) {
        this.workshop = workshop;
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        long run = Workshop.run(contribution.getStepExecution());
        long of = PriceSync.number(workshop.runs().parameters(run), OF, 0);
        OffsetDateTime now = workshop.clock().instant().atOffset(ZoneOffset.UTC);
        long version = Book.lock(jdbc) + 1;
        int withdrawn = jdbc.sql("""
                update price_rule
                set withdrawn_version = :version, changed_version = :version, withdrawn_at = :now, withdrawn_by = 'price-undo'
                where run_id = :of
                and withdrawn_version is null
                """)
                .param("version", version)
                .param("now", now)
                .param("of", of)
                .update();
        if (withdrawn == 0) throw new RunRefused("La corrida " + of + " no publicó precios que sigan en el libro.");
        Book.raise(jdbc, run, version, now);
        workshop.runs()
                .note(
                        run,
                        String.format(Locale.ROOT, "Precios retirados: %,d. Vuelven los que había antes.", withdrawn));
        contribution.incrementWriteCount(withdrawn);
        LOG.info("prices withdrawn run={} of={} rows={}", run, of, withdrawn);
        return RepeatStatus.FINISHED;
    }
}
