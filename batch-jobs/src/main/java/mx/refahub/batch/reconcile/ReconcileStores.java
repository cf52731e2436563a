package mx.refahub.batch.reconcile;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import mx.refahub.batch.run.JobDefinition;
import mx.refahub.batch.run.RunRefused;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.job.Jobs.Parameter;
import mx.refahub.domain.reconcile.ReconcileOrders;
import mx.refahub.domain.store.StoreId;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The job reconciliation: every store that has not done so lately is told to compare itself with the hub, and what each found is gathered. The comparing is the stores' own; here is told, waited and
 * written down. A store that is not heard of is not waited for: it compares itself by itself when it is back.
 */
public final class ReconcileStores {
    static final String STORE = "store";
    static final String FRESH = "fresh-hours";
    static final String WAIT = "wait-minutes";
    private static final int ASKED_AT_ONCE = 20;
    private static final int NAMED = 5;
    private static final long LOOK_MILLIS = 500;
    /** A store says something every fifteen seconds. */
    private static final Duration SILENCE = Duration.ofMinutes(3);

    private final Workshop workshop;
    private final ReconcileOrders orders;
    private final JdbcClient jdbc;

    private ReconcileStores(Workshop workshop, ReconcileOrders orders) {
        this.workshop = workshop;
        this.orders = orders;
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    // @formatter:off
    public static JobDefinition definition(Workshop workshop, ReconcileOrders orders) {
        ReconcileStores all = new ReconcileStores(workshop, orders);
        return new JobDefinition(
                workshop.job("reconciliation")
                        .start(workshop.step("choose", (contribution, context) -> all.choose(contribution)))
                        .next(workshop.outside("ask", (contribution, context) -> all.ask(contribution)))
                        .next(workshop.outside("gather", (contribution, context) -> all.gather(contribution)))
                        .build(),
                List.of(
                        new Parameter(STORE, Parameter.Kind.TEXT, false),
                        new Parameter(FRESH, Parameter.Kind.NUMBER, false, List.of(), "12"),
                        new Parameter(WAIT, Parameter.Kind.NUMBER, false, List.of(), "30")),
                false);
    }
    // @formatter:on

    private RepeatStatus choose(StepContribution contribution) {
        StepExecution step = contribution.getStepExecution();
        long run = Workshop.run(step);
        String code = step.getJobParameters().getString(STORE);
        int chosen = jdbc.sql(CHOOSE)
                .param("run", run)
                .param("code", code == null ? "" : code.strip())
                .update();
        if (chosen == 0 && code != null && stores(run) == 0)
            throw new RunRefused("No hay ninguna tienda abierta con la clave " + code.strip() + ".");
        long fresh = number(step, FRESH, 12);
        if (fresh > 0) takeIn(run, now().minusHours(fresh));
        contribution.incrementWriteCount(chosen);
        return RepeatStatus.FINISHED;
    }

    private long stores(long run) {
        return jdbc.sql("select count(*) from reconciliation_round where run_id = :run")
                .param("run", run)
                .query(Long.class)
                .single();
    }

    private record Asked(UUID store, UUID command) {}

    /** What was sent and not written down is sent again: the same order. */
    private RepeatStatus ask(StepContribution contribution) {
        long run = Workshop.run(contribution.getStepExecution());
        List<Asked> next = jdbc.sql("""
                select store_id, command_id
                from reconciliation_round
                where run_id = :run
                and asked_at is null
                and ended_at is null
                order by store_id
                limit :most
                """)
                .param("run", run)
                .param("most", ASKED_AT_ONCE)
                .query((row, n) -> new Asked(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
                .list();
        if (next.isEmpty()) return RepeatStatus.FINISHED;
        OffsetDateTime now = now();
        for (Asked one : next) orders.order(new StoreId(one.store()), one.command(), "corrida " + run);
        contribution.incrementWriteCount(jdbc.sql("""
                update reconciliation_round
                set asked_at = :now
                where run_id = :run
                and store_id in (:stores)
                """)
                .param("now", now)
                .param("run", run)
                .param("stores", next.stream().map(Asked::store).toList())
                .update());
        return RepeatStatus.CONTINUABLE;
    }

    private RepeatStatus gather(StepContribution contribution) {
        StepExecution step = contribution.getStepExecution();
        long run = Workshop.run(step);
        step.getExecutionContext().putLong(Workshop.TOTAL, stores(run));
        int came = takeIn(run, null)
                + jdbc.sql(FAILED).param("run", run).param("now", now()).update()
                + jdbc.sql(SILENT)
                        .param("run", run)
                        .param("now", now())
                        .param("all", late(step))
                        .param("heard", now().minus(SILENCE))
                        .update();
        contribution.incrementWriteCount(came);
        if (waiting(run) > 0) {
            if (came == 0) LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
            return RepeatStatus.CONTINUABLE;
        }
        workshop.runs().note(run, note(run));
        return RepeatStatus.FINISHED;
    }

    /** Counted from when this was last taken up: while the hub was away nobody could answer. */
    private static boolean late(StepExecution step) {
        LocalDateTime began = step.getStartTime();
        return began != null
                && !LocalDateTime.now(ZoneId.systemDefault()).isBefore(began.plusMinutes(number(step, WAIT, 30)));
    }

    private long waiting(long run) {
        return jdbc.sql("select count(*) from reconciliation_round where run_id = :run and ended_at is null")
                .param("run", run)
                .query(Long.class)
                .single();
    }

    /** @param fresh null: what was reported since each was asked */
    private int takeIn(long run, @Nullable OffsetDateTime fresh) {
        return jdbc.sql(TAKE_IN)
                .param("run", run)
                .param("now", now())
                .param("fresh", fresh)
                .update();
    }

    private OffsetDateTime now() {
        return workshop.clock().instant().atOffset(ZoneOffset.UTC);
    }

    private static long number(StepExecution step, String name, long preset) {
        String given = step.getJobParameters().getString(name);
        // A month is enough for anybody.
        return given == null || given.isBlank() ? preset : Math.min(Long.parseLong(given), 43_200);
    }

    private record Sum(long stores, long compared, long days, long documents, long sentAgain, long mended) {}

    private String note(long run) {
        Sum sum = jdbc.sql("""
                select count(*), count(*) filter (where outcome in ('EQUAL', 'DIFFERENT')), coalesce(sum(days), 0), coalesce(sum(documents), 0),
                    coalesce(sum(sent_again), 0), coalesce(sum(mended), 0)
                from reconciliation_round
                where run_id = :run
                """)
                .param("run", run)
                .query((row, n) -> new Sum(
                        row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6)))
                .single();
        if (sum.stores == 0) return "No hay tiendas que conciliar.";
        StringBuilder note = new StringBuilder(String.format(
                Locale.ROOT,
                "Conciliadas %,d de %,d tiendas: %,d documentos de %,d %s.",
                sum.compared,
                sum.stores,
                sum.documents,
                sum.days,
                sum.days == 1 ? "día" : "días"));
        if (sum.sentAgain + sum.mended > 0)
            note.append(String.format(
                    Locale.ROOT,
                    " Se enviaron otra vez %,d que faltaban en el hub y se repararon %,d.",
                    sum.sentAgain,
                    sum.mended));
        named(note, run, "DIFFERENT", " Difieren: ");
        named(note, run, "FAILED", " No pudieron: ");
        named(note, run, "SILENT", " No contestaron, se concilian solas cuando vuelvan: ");
        return note.toString();
    }

    private void named(StringBuilder note, long run, String outcome, String title) {
        List<String> codes = jdbc.sql("""
                select s.code || case when r.differences > 0 then ' (' || r.differences || ')' else '' end
                from reconciliation_round r
                join store s on s.id = r.store_id
                where r.run_id = :run
                and r.outcome = :outcome
                order by r.differences desc, s.code
                """)
                .param("run", run)
                .param("outcome", outcome)
                .query((row, n) -> row.getString(1))
                .list();
        if (codes.isEmpty()) return;
        note.append(title).append(String.join(", ", codes.subList(0, Math.min(codes.size(), NAMED))));
        note.append(codes.size() > NAMED ? String.format(Locale.ROOT, " y %,d más.", codes.size() - NAMED) : ".");
    }

    private static final String CHOOSE = """
        insert into reconciliation_round (run_id, store_id, command_id)
        select :run, s.id, gen_random_uuid()
        from store s
        where s.closed_at is null
        and (:code = '' or upper(s.code) = upper(:code))
        and not exists (
            select
            from store_cut_off c
            where c.store_id = s.id)
        on conflict (run_id, store_id) do nothing
        """;

    /** The newest report of each that has not ended. */
    private static final String TAKE_IN = """
        update reconciliation_round o
        set ended_at = :now,
            outcome = case when f.open > 0 or r.incomplete then 'DIFFERENT' else 'EQUAL' end,
            fresh = o.asked_at is null,
            days = c.days,
            documents = r.documents,
            unequal = c.unequal,
            differences = f.open,
            sent_again = r.sent_again,
            mended = r.mended,
            incomplete = r.incomplete
        from (
            select distinct on (r.store_id) r.store_id, r.id, r.documents, r.sent_again, r.mended, r.incomplete
            from reconciliation_round w
            join reconciliation r on r.store_id = w.store_id
            where w.run_id = :run
            and w.ended_at is null
            and r.at >= coalesce(cast(:fresh as timestamptz), w.asked_at)
            order by r.store_id, r.at desc, r.id desc) r
        cross join lateral (
            select count(distinct day) as days, count(*) filter (where not equal) as unequal
            from reconciliation_cell
            where reconciliation_id = r.id) c
        cross join lateral (
            select count(*) as open
            from reconciliation_finding
            where store_id = r.store_id
            and gone_at is null
            and settled_at is null
            and kind <> 'NOT_BOOKED') f
        where o.run_id = :run
        and o.store_id = r.store_id
        and o.ended_at is null
        """;

    /** A store that answers has reported before, perhaps both since the reports were taken in; without a report it says why. */
    private static final String FAILED = """
        update reconciliation_round o
        set ended_at = :now, outcome = 'FAILED', said = left(coalesce(a.lines, ''), 500)
        from store_answer a
        where o.run_id = :run
        and o.ended_at is null
        and a.command_id = o.command_id
        and a.answered_at is not null
        and not exists (
            select
            from reconciliation r
            where r.store_id = o.store_id
            and r.at >= o.asked_at)
        """;

    private static final String SILENT = """
        update reconciliation_round o
        set ended_at = :now, outcome = 'SILENT'
        where o.run_id = :run
        and o.ended_at is null
        and (:all
            or o.asked_at < :heard
            and not exists (
                select
                from store_heartbeat h
                where h.store_id = o.store_id
                and h.received_at >= :heard))
        """;
}
