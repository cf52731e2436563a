package mx.refahub.batch.retention;

import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import mx.refahub.batch.run.Approval;
import mx.refahub.batch.run.JobDefinition;
import mx.refahub.batch.run.RunRefused;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.job.Jobs.Change;
import mx.refahub.domain.job.Jobs.Parameter;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The job retention: what stores have sent and the books have long taken over. Of a document the text goes; its row, its hash, its signature and the books stay, and so
 * does the audit trail. Only of documents that are applied, that the store has reconciled beyond, and of which nobody says that they differ. Five years are kept at least
 * (Código Fiscal de la Federación, article 30). Evidence that was put aside and copies of differences that are settled go after the same time. See README.md.
 */
public final class Retention implements Pruning.Scope {
    static final String MONTHS = "months";
    private static final String BODIES_AT = "bodies-at";
    private static final String BODIES_ID = "bodies-id";
    private static final String BODIES_DONE = "bodies-done";
    private static final int LEAST = 60;
    private static final int MOST = 1200;
    private static final String PRESET = "72";

    private final Workshop workshop;
    private final JdbcClient jdbc;

    private Retention(Workshop workshop) {
        this.workshop = workshop;
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    // @formatter:off
    public static JobDefinition definition(Workshop workshop) {
        Retention scope = new Retention(workshop);
        return new JobDefinition(
                workshop.job("retention")
                        .start(workshop.step("preview", new Pruning.Preview(workshop, scope)))
                        .next(workshop.step("approval", new Approval(workshop)))
                        .next(workshop.step("prune", new Pruning.Prune(workshop, scope)))
                        .build(),
                List.of(
                        new Parameter(MONTHS, Parameter.Kind.NUMBER, false, List.of(), PRESET),
                        new Parameter(Approval.PARAMETER, Parameter.Kind.FLAG, false)),
                false);
    }
    // @formatter:on

    private static final String BODIES = """
        from document d
        where d.landed_at < :before
        and octet_length(d.body) > 0
        and exists (select from document_applied a where a.id = d.id)
        and not exists (select from document_to_apply t where t.id = d.id)
        and exists (
            select
            from reconciliation r
            where r.store_id = d.store_id
            and r.last_sequence >= d.sequence
            and not r.incomplete)
        and not exists (
            select
            from reconciliation_finding f
            where f.store_id = d.store_id
            and f.sequence = d.sequence
            and f.gone_at is null)
        """;

    private static final String EVIDENCE = """
        from document_aside
        where received_at < :before
        """;

    private static final String COPIES = """
        from reconciliation_finding
        where coalesce(gone_at, settled_at) < :before
        and store_copy is not null
        """;

    private JdbcClient.StatementSpec old(String sql, StepExecution step) {
        String given = step.getJobParameters().getString(MONTHS);
        long months = Math.min(Long.parseLong(given == null ? PRESET : given), MOST);
        if (months < LEAST)
            throw new RunRefused("Lo que mandan las tiendas se conserva al menos " + LEAST
                    + " meses (Código Fiscal de la Federación, artículo 30); se pidieron " + months + ".");
        OffsetDateTime now = workshop.clock().instant().atOffset(ZoneOffset.UTC);
        return jdbc.sql(sql).param("before", now.minus(Period.ofMonths((int) months)));
    }

    @Override
    public Map<Change.Kind, Long> counts(StepExecution step) {
        Map<Change.Kind, Long> counts = new EnumMap<>(Change.Kind.class);
        counts.put(Change.Kind.BODY_REMOVED, count(BODIES, step));
        counts.put(Change.Kind.EVIDENCE_REMOVED, count(EVIDENCE, step));
        counts.put(Change.Kind.COPY_REMOVED, count(COPIES, step));
        return counts;
    }

    private long count(String which, StepExecution step) {
        return old("select count(*) " + which, step).query(Long.class).single();
    }

    @Override
    public int take(StepExecution step, int most) {
        int bodies = bodies(step, most);
        if (bodies > 0) return bodies;
        int evidence = old(
                        "delete from document_aside where id in (select id " + EVIDENCE + " limit " + most + ")", step)
                .update();
        if (evidence > 0) return evidence;
        return old(
                        "update reconciliation_finding set store_copy = null where id in (select id " + COPIES
                                + " limit " + most + ")",
                        step)
                .update();
    }

    private record Passed(OffsetDateTime at, UUID id) {}

    /** From the oldest on, each looked at once: how far it has come stands in the step's context, and so is committed with what was done. */
    private int bodies(StepExecution step, int most) {
        ExecutionContext context = step.getExecutionContext();
        if (context.containsKey(BODIES_DONE)) return 0;
        List<Passed> found = old(
                        "select d.landed_at, d.id " + BODIES
                                + " and (d.landed_at, d.id) > (cast(:at as timestamptz), cast(:id as uuid)) order by d.landed_at, d.id limit "
                                + most,
                        step)
                .param("at", context.getString(BODIES_AT, "-infinity"))
                .param("id", context.getString(BODIES_ID, new UUID(0, 0).toString()))
                .query((row, n) -> new Passed(row.getObject(1, OffsetDateTime.class), row.getObject(2, UUID.class)))
                .list();
        if (found.isEmpty()) {
            context.putString(BODIES_DONE, "");
            return 0;
        }
        context.putString(BODIES_AT, found.getLast().at().toString());
        context.putString(BODIES_ID, found.getLast().id().toString());
        return jdbc.sql("update document set body = '' where id in (:ids)")
                .param("ids", found.stream().map(Passed::id).toList())
                .update();
    }

    @Override
    public String said(long taken) {
        return taken == 0
                ? "No había nada tan viejo."
                : String.format(
                        Locale.ROOT,
                        "Se quitaron %,d textos y copias viejos. Los renglones, sus huellas, los libros y la auditoría se quedan.",
                        taken);
    }
}
