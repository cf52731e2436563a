package mx.refahub.batch.stock;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import mx.refahub.batch.run.JobDefinition;
import mx.refahub.batch.run.Workshop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The job stock-check: whether the stock on hand, its value and its bins are the sums of the ledger. It changes neither side: what differs is named in
 * {@code stock_difference} and in the run's note. One statement is one look, so that sales going on meanwhile do no harm.
 */
public final class StockCheck implements Tasklet {
    private static final Logger LOG = LoggerFactory.getLogger(StockCheck.class);
    private static final int NAMED = 5;

    private final Workshop workshop;
    private final JdbcClient jdbc;

    private StockCheck(Workshop workshop) {
        this.workshop = workshop;
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    public static JobDefinition definition(Workshop workshop) {
        return new JobDefinition(
                workshop.job("stock-check")
                        .start(workshop.step("compare", new StockCheck(workshop)))
                        .build(),
                List.of(),
                false);
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        long run = Workshop.run(contribution.getStepExecution());
        OffsetDateTime now = workshop.clock().instant().atOffset(ZoneOffset.UTC);
        jdbc.sql("delete from stock_difference where run_id = :run")
                .param("run", run)
                .update();
        int found = jdbc.sql(ON_HAND).param("run", run).param("now", now).update()
                + jdbc.sql(BINS).param("run", run).param("now", now).update();
        contribution.incrementWriteCount(found);
        workshop.runs().note(run, note(run, found));
        if (found == 0) LOG.info("stock checked run={} differences=0", run);
        else LOG.error("stock differs from its ledger run={} differences={}", run, found);
        return RepeatStatus.FINISHED;
    }

    private String note(long run, int found) {
        if (found == 0) return "Las existencias, su valor y sus ubicaciones son la suma de los movimientos.";
        List<String> named = jdbc.sql(FIRST)
                .param("run", run)
                .param("named", NAMED)
                .query((row, n) -> row.getString(1))
                .list();
        return String.format(
                Locale.ROOT,
                "Diferencias entre existencias y movimientos: %,d. %s%s",
                found,
                String.join("; ", named),
                found > named.size() ? "; …" : ".");
    }

    private static final String ON_HAND = """
        insert into stock_difference (run_id, store_id, part_id, bin, what, ledger, summary, found_at)
        select :run, store_id, part_id, null, d.what, d.ledger, d.summary, :now
        from (
            select store_id, part_id, sum(quantity) as quantity, sum(value) as value
            from stock_movement
            group by store_id, part_id) m
        full join stock_on_hand h using (store_id, part_id)
        cross join lateral (
            values
                ('QUANTITY', coalesce(m.quantity, 0), coalesce(h.on_hand, 0)),
                ('VALUE', coalesce(m.value, 0), coalesce(h.value, 0))) as d (what, ledger, summary)
        where d.ledger <> d.summary
        """;

    private static final String BINS = """
        insert into stock_difference (run_id, store_id, part_id, bin, what, ledger, summary, found_at)
        select :run, store_id, part_id, bin, 'BIN', coalesce(m.quantity, 0), coalesce(b.moved, 0), :now
        from (
            select store_id, part_id, bin, sum(quantity) as quantity
            from stock_movement
            where kind <> 'OPENING'
            group by store_id, part_id, bin) m
        full join stock_bin b using (store_id, part_id, bin)
        where coalesce(m.quantity, 0) <> coalesce(b.moved, 0)
        """;

    private static final String FIRST = """
        select s.code || ' ' || coalesce(p.line_code || ' ' || p.part_number, d.part_id::text)
            || case d.what
                when 'QUANTITY' then ': cantidad'
                when 'VALUE' then ': valor en centavos'
                else ': ubicación ' || coalesce(nullif(d.bin, ''), '(ninguna)')
            end
            || ' ' || d.summary || ', movimientos ' || d.ledger
        from stock_difference d
        join store s on s.id = d.store_id
        left join part p on p.id = d.part_id
        where d.run_id = :run
        order by abs(d.ledger - d.summary) desc, s.code
        limit :named
        """;
}
