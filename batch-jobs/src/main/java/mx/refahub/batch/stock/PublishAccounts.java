package mx.refahub.batch.stock;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import mx.refahub.batch.run.Workshop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Suppliers, customers and what they owe, in one transaction; customers go down to the branches with it. */
final class PublishAccounts implements Tasklet {
    private static final Logger LOG = LoggerFactory.getLogger(PublishAccounts.class);

    private final Workshop workshop;
    private final JdbcClient jdbc;

    PublishAccounts(Workshop workshop) {
        this.workshop = workshop;
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        long run = Workshop.run(contribution.getStepExecution());
        OffsetDateTime now = workshop.clock().instant().atOffset(ZoneOffset.UTC);
        int suppliers = jdbc.sql(SUPPLIERS).param("run", run).update();
        Long rows = jdbc.sql("select count(*) from staging_customer where run_id = :run")
                .param("run", run)
                .query(Long.class)
                .single();
        int customers = 0;
        int balances = 0;
        if (rows > 0) {
            long version = raise(jdbc, "customers", now);
            customers = jdbc.sql(CUSTOMERS)
                    .param("run", run)
                    .param("now", now)
                    .param("version", version)
                    .update();
            balances = jdbc.sql(BALANCES)
                    .param("run", run)
                    .param("now", now)
                    .param("version", version)
                    .update();
        }
        if (suppliers + customers + balances > 0)
            workshop.runs()
                    .note(
                            run,
                            String.format(
                                    Locale.ROOT,
                                    "Proveedores: %,d; clientes: %,d; saldos: %,d.",
                                    suppliers,
                                    customers,
                                    balances));
        contribution.incrementWriteCount(suppliers + customers + balances);
        LOG.info(
                "opening accounts published run={} suppliers={} customers={} balances={}",
                run,
                suppliers,
                customers,
                balances);
        return RepeatStatus.FINISHED;
    }

    static long raise(JdbcClient jdbc, String stream, OffsetDateTime now) {
        return jdbc.sql("""
                update stream_version
                set version = version + 1, published_at = :now
                where stream = :stream
                returning version
                """)
                .param("stream", stream)
                .param("now", now)
                .query(Long.class)
                .single();
    }

    private static final String SUPPLIERS = """
        with made as (
            insert into supplier (id, code, name, rfc, email, currency, credit_days, lead_days, minimum_order, note)
            select uuidv7(), code, name, rfc, email, currency, credit_days, lead_days, minimum_order, note
            from staging_supplier
            where run_id = :run
            returning id)
        insert into opening_made (run_id, what, id)
        select :run, 'SUPPLIER', id
        from made
        """;

    private static final String CUSTOMERS = """
        with fresh as materialized (
            select s.*, uuidv7() as id
            from staging_customer s
            where s.run_id = :run
            and not exists (
                select
                from opening_customer o
                where o.code = s.code)),
        made as (
            insert into customer (
                id, name, phone, email, rfc, fiscal_name, postal_code, regime, tax_use, price_level, notes, found_by, made_at, customers_version)
            select id, name, phone, email, rfc, fiscal_name, postal_code, regime, tax_use, price_level, notes, found_by, :now, :version
            from fresh),
        kept as (
            insert into opening_customer (code, customer_id, run_id)
            select code, id, :run
            from fresh)
        insert into opening_made (run_id, what, id)
        select :run, 'CUSTOMER', id
        from fresh
        """;

    private static final String BALANCES = """
        with owed as materialized (
            select uuidv7() as id, o.customer_id, t.id as store_id, s.balance, coalesce(s.day, cast(:now as timestamptz)::date) as day,
                s.due_on, coalesce(nullif(s.reference, ''), s.code) as reference
            from staging_customer s
            join opening_customer o on o.code = s.code
            join store t on upper(t.code) = s.store_code
            where s.run_id = :run
            and s.balance > 0),
        charged as (
            insert into account_entry (id, customer_id, store_id, kind, currency, amount, at, day, due_on, reference, note, by_name)
            select id, customer_id, store_id, 'CHARGE', 'MXN', balance, :now, day, coalesce(due_on, day), reference, 'Saldo inicial', 'opening-stock'
            from owed),
        summed as (
            insert into account_balance (customer_id, store_id, balance)
            select customer_id, store_id, sum(balance)
            from owed
            group by customer_id, store_id
            on conflict (customer_id, store_id) do update set balance = account_balance.balance + excluded.balance),
        told as (
            update customer
            set customers_version = :version
            where id in (select customer_id from owed))
        insert into opening_made (run_id, what, id, store_id, value)
        select :run, 'BALANCE', id, store_id, balance
        from owed
        """;
}
