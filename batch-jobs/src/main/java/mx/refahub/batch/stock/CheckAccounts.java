package mx.refahub.batch.stock;

import mx.refahub.batch.intake.FileChecks;
import mx.refahub.batch.intake.RejectedRows;
import mx.refahub.batch.intake.RowFormat;
import mx.refahub.batch.run.Workshop;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Suppliers and customers over all rows: who is there already, who comes twice, branches that are not there. */
final class CheckAccounts implements Tasklet {
    private final Workshop workshop;
    private final RejectedRows rejectedRows;
    private final RowFormat suppliers;
    private final RowFormat customers;
    private final JdbcClient jdbc;

    CheckAccounts(Workshop workshop, RejectedRows rejectedRows, RowFormat suppliers, RowFormat customers) {
        this.workshop = workshop;
        this.rejectedRows = rejectedRows;
        this.suppliers = suppliers;
        this.customers = customers;
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
        long run = Workshop.run(contribution.getStepExecution());
        FileChecks ofSuppliers = new FileChecks(jdbc, run);
        ofSuppliers.reject(twice("supplier", "suppliers", "code"));
        ofSuppliers.reject(SUPPLIER_THERE);
        ofSuppliers.reject(twice("supplier", "suppliers", "rfc"));
        ofSuppliers.reject(SUPPLIER_RFC_THERE);
        FileChecks ofCustomers = new FileChecks(jdbc, run);
        ofCustomers.reject(twice("customer", "customers", "code"));
        ofCustomers.reject(NO_SUCH_STORE);
        ofCustomers.reject(CUSTOMER_THERE);
        originals(run, suppliers, ofSuppliers);
        originals(run, customers, ofCustomers);
        contribution.incrementProcessSkipCount(ofSuppliers.rejected() + ofCustomers.rejected());
        return RepeatStatus.FINISHED;
    }

    private void originals(long run, RowFormat format, FileChecks checks) throws Exception {
        if (checks.rejected() > 0)
            rejectedRows.findOriginals(
                    run, format, workshop.folders().file(run, format.file()).orElseThrow());
    }

    private static String twice(String table, String file, String column) {
        return """
            with twice as (
                select %3$s as what, min(line) as first
                from staging_%1$s
                where run_id = :run
                and %3$s <> ''
                group by %3$s
                having count(*) > 1),
            gone as (
                delete from staging_%1$s s
                using twice t
                where s.run_id = :run
                and s.%3$s = t.what
                and s.line > t.first
                returning s.line, t.what, t.first)
            insert into job_run_reject (run_id, file, line, column_name, value, reason)
            select :run, '%2$s', line, '%3$s', what, 'Repite el dato del renglón ' || first || '.'
            from gone
            """.formatted(table, file, column);
    }

    private static final String SUPPLIER_THERE = """
        with gone as (
            delete from staging_supplier s
            using supplier there
            where s.run_id = :run
            and there.code = s.code
            returning s.line, s.code, there.name)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'suppliers', line, 'code', code, 'Ya hay un proveedor con la clave ' || code || ': ' || name || '.'
        from gone
        """;

    private static final String SUPPLIER_RFC_THERE = """
        with gone as (
            delete from staging_supplier s
            using supplier there
            where s.run_id = :run
            and s.rfc <> ''
            and there.rfc = s.rfc
            and there.archived_at is null
            returning s.line, s.rfc, there.code)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'suppliers', line, 'rfc', rfc, 'Ya hay un proveedor con el RFC ' || rfc || ': ' || code || '.'
        from gone
        """;

    private static final String NO_SUCH_STORE = """
        with gone as (
            delete from staging_customer s
            where s.run_id = :run
            and s.store_code is not null
            and not exists (
                select
                from store t
                where upper(t.code) = s.store_code
                and t.closed_at is null)
            returning s.line, s.store_code)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'customers', line, 'store_code', store_code, 'No hay una sucursal abierta con el código ' || store_code || '.'
        from gone
        """;

    /** A customer whose balance was taken back may come again. */
    private static final String CUSTOMER_THERE = """
        with gone as (
            delete from staging_customer s
            using opening_customer there
            where s.run_id = :run
            and there.code = s.code
            and (s.balance is null or exists (
                select
                from opening_made m
                join account_entry e on e.id = m.id
                where m.what = 'BALANCE'
                and m.undone_at is null
                and e.customer_id = there.customer_id))
            returning s.line, s.code, there.run_id as earlier)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'customers', line, 'code', code, 'El cliente ' || code || ' ya se cargó en la corrida ' || earlier || '.'
        from gone
        """;
}
