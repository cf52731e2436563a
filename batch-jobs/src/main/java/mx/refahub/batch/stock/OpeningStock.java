package mx.refahub.batch.stock;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import mx.refahub.batch.csv.FileFormat;
import mx.refahub.batch.csv.FileRefused;
import mx.refahub.batch.csv.RowRejected;
import mx.refahub.batch.csv.RunNotes;
import mx.refahub.batch.csv.Staging;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Job {@code opening-stock}: what a branch has on its shelves at the start. See the README beside it. */
@Configuration(proxyBeanMethods = false)
public class OpeningStock {
    public static final String NAME = "opening-stock";

    public static final FileFormat STOCK = new FileFormat(
            "stock",
            "staging_stock",
            List.of("store_code", "line_code", "part_number", "quantity", "bin", "minimum", "maximum"),
            List.of("store_code", "line_code", "part_number", "quantity"),
            List.of("bin", "minimum", "maximum"),
            (row, line) -> {
                Long quantity = row.thousandths("quantity");
                if (quantity == null) throw new RowRejected("quantity", "", "está vacío");
                Long minimum = row.thousandths("minimum");
                Long maximum = row.thousandths("maximum");
                if (minimum != null && maximum != null && minimum > maximum)
                    throw new RowRejected("maximum", "", "es menor que el mínimo");
                line.text(row.required("store_code", 20))
                        .text(row.lineCode())
                        .text(row.partNumber("part_number").value())
                        .number(quantity)
                        .text(row.text("bin", 40))
                        .number(minimum)
                        .number(maximum);
            });

    @Bean
    Job openingStock(
            JobRepository repository,
            PlatformTransactionManager transactions,
            DataSource dataSource,
            JdbcClient jdbc,
            RunNotes notes,
            Clock clock) {
        return new JobBuilder(NAME, repository)
                .start(Staging.step(STOCK, repository, transactions, dataSource, notes))
                .next(step("check", repository, transactions, contribution -> check(run(contribution), notes)))
                .next(step("publish", repository, transactions, contribution -> {
                    if (contribution.getStepExecution().getJobParameters().getString(STOCK.file()) == null)
                        throw new FileRefused("No se dio el archivo de existencias.");
                    notes.add(run(contribution), publish(run(contribution), jdbc, notes, clock));
                }))
                .build();
    }

    private interface Work {
        void on(StepContribution contribution);
    }

    private static Step step(
            String name, JobRepository repository, PlatformTransactionManager transactions, Work work) {
        return new StepBuilder(name, repository)
                .tasklet(
                        (contribution, context) -> {
                            work.on(contribution);
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }

    private static long run(StepContribution contribution) {
        return contribution.getStepExecution().getJobExecution().getJobInstanceId();
    }

    private static void check(long run, RunNotes notes) {
        notes.reject(run, STOCK.file(), """
                select line, 'store_code' as field, store_code as value, 'no hay ninguna sucursal con esa clave' as reason
                from staging_stock
                where run = :run
                and not exists (select 1 from store where store.code = staging_stock.store_code)
                """);
        notes.reject(run, STOCK.file(), """
                select line, 'part_number' as field, line_code || ' ' || part_number as value,
                       'no hay ninguna pieza con esa línea y ese número en el catálogo' as reason
                from staging_stock
                where run = :run
                and not exists (
                    select 1
                    from part
                    where part.line_code = staging_stock.line_code
                    and part.part_number = staging_stock.part_number
                    and part.removed_at is null)
                """);
        notes.reject(run, STOCK.file(), """
                select line, 'part_number' as field, line_code || ' ' || part_number as value,
                       'repite la línea ' || first_line || ' de este archivo' as reason
                from (
                    select line, line_code, part_number, min(line) over (partition by store_code, line_code, part_number) as first_line
                    from staging_stock
                    where run = :run
                ) rows
                where line > first_line
                """);
        notes.dropRejected(run, STOCK);
    }

    /** The opening quantity becomes what the file says: a movement by the difference, and none where it is that already. */
    private static String publish(long run, JdbcClient jdbc, RunNotes notes, Clock clock) {
        Timestamp now = Timestamp.from(clock.instant());
        long version = jdbc.sql("select version + 1 from stream_version where stream = 'stock' for update")
                .query(Long.class)
                .single();
        int moved = jdbc.sql("""
                insert into stock_movement (id, store_id, part_id, kind, quantity, cause, at)
                select uuidv7(), store.id, part.id, 'OPENING', staged.quantity - coalesce(known.opening, 0), store.id, :now
                from staging_stock staged
                join store on store.code = staged.store_code
                join part on part.line_code = staged.line_code and part.part_number = staged.part_number
                left join stock_on_hand known on known.store_id = store.id and known.part_id = part.id
                where staged.run = :run
                and staged.quantity <> coalesce(known.opening, 0)
                """).param("run", run).param("now", now).update();
        int changed = jdbc.sql("""
                insert into stock_on_hand (store_id, part_id, on_hand, opening, bin, minimum, maximum, as_of, stock_version)
                select store.id, part.id, staged.quantity, staged.quantity, staged.bin, staged.minimum, staged.maximum, :now, :version
                from staging_stock staged
                join store on store.code = staged.store_code
                join part on part.line_code = staged.line_code and part.part_number = staged.part_number
                where staged.run = :run
                on conflict (store_id, part_id) do update
                set on_hand = stock_on_hand.on_hand + excluded.opening - stock_on_hand.opening, opening = excluded.opening, bin = excluded.bin,
                    minimum = excluded.minimum, maximum = excluded.maximum, as_of = excluded.as_of, stock_version = excluded.stock_version
                where (stock_on_hand.opening, stock_on_hand.bin, stock_on_hand.minimum, stock_on_hand.maximum)
                    is distinct from (excluded.opening, excluded.bin, excluded.minimum, excluded.maximum)
                """)
                .param("run", run)
                .param("now", now)
                .param("version", version)
                .update();
        if (changed > 0) {
            jdbc.sql("update stream_version set version = :version, published_at = :now where stream = 'stock'")
                    .param("version", version)
                    .param("now", now)
                    .update();
        }
        notes.clear(run, STOCK);
        return "Existencias cambiadas: " + changed + " (" + moved + " con movimiento).";
    }
}
