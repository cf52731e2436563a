package mx.refahub.batch.price;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import mx.refahub.batch.run.Workshop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Publishes the run's changes as one version of the price book, in one transaction; costs and formulas of the supplier are kept with it. */
final class PublishPrices implements Tasklet {
    private static final Logger LOG = LoggerFactory.getLogger(PublishPrices.class);

    private final Workshop workshop;
    private final JdbcClient jdbc;

    PublishPrices(Workshop workshop) {
        this.workshop = workshop;
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        long run = Workshop.run(contribution.getStepExecution());
        Map<String, String> parameters = workshop.runs().parameters(run);
        LocalDate starts = PriceSync.starts(parameters, workshop);
        OffsetDateTime now = workshop.clock().instant().atOffset(ZoneOffset.UTC);
        long version = Book.lock(jdbc) + 1;
        int published = jdbc.sql("""
                insert into price_rule (id, target, target_value, level, from_quantity, amount, includes_tax, starts, book_version, changed_version,
                    created_at, created_by, run_id)
                select uuidv7(), 'PART', part_id::text, level, 0, new_price, includes_tax, :starts, :version, :version, :now, 'price-sync', run_id
                from price_change
                where run_id = :run
                """)
                .param("run", run)
                .param("starts", starts)
                .param("version", version)
                .param("now", now)
                .update();
        keepCosts(run, PriceSync.supplier(parameters), starts);
        keepFormulas(run, PriceSync.supplier(parameters));
        if (published > 0) Book.raise(jdbc, run, version, now);
        workshop.runs()
                .note(
                        run,
                        published == 0
                                ? "Nada se publicó: los precios ya estaban así."
                                : String.format(
                                        Locale.ROOT,
                                        "Precios publicados: %,d, versión %d del libro.",
                                        published,
                                        version));
        contribution.incrementWriteCount(published);
        LOG.info("prices published run={} rows={} version={}", run, published, version);
        return RepeatStatus.FINISHED;
    }

    private void keepCosts(long run, String supplier, LocalDate starts) {
        jdbc.sql("""
                insert into supplier_cost as c (supplier, part_id, cost, listed_on, run_id)
                select :supplier, p.id, s.cost, :starts, s.run_id
                from staging_price s
                join part p on p.line_code = s.line_code and p.part_number = s.part_number
                where s.run_id = :run
                on conflict (supplier, part_id) do update
                set cost = excluded.cost, listed_on = excluded.listed_on, run_id = excluded.run_id
                """)
                .param("run", run)
                .param("supplier", supplier)
                .param("starts", starts)
                .update();
    }

    private void keepFormulas(long run, String supplier) {
        if (!workshop.folders().isGiven(run, "formulas")) return;
        jdbc.sql("delete from price_formula where supplier = :supplier")
                .param("supplier", supplier)
                .update();
        jdbc.sql("""
                insert into price_formula (supplier, brand, category, cost_from, level, method, hundredths, ending)
                select :supplier, brand, category, cost_from, level, method, hundredths, ending
                from staging_price_formula
                where run_id = :run
                """).param("run", run).param("supplier", supplier).update();
    }
}
