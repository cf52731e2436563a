package mx.refahub.batch.exchange;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import mx.refahub.batch.run.RunRefused;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.Failure;
import mx.refahub.domain.FailureKind;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.erp.AccountWords;
import mx.refahub.domain.erp.CodeWords;
import mx.refahub.domain.erp.ErpCode;
import mx.refahub.domain.erp.ErpDoors;
import mx.refahub.domain.erp.ErpGateway;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportBooks.Due;
import mx.refahub.domain.erp.ExportBooks.Missing;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every account that the waiting tickets need is there; else the run ends here and says which is not. */
final class CheckAccounts implements Tasklet {
    private final Workshop workshop;
    private final ErpDoors doors;

    CheckAccounts(Workshop workshop, ErpDoors doors) {
        this.workshop = workshop;
        this.doors = doors;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        Asked asked = Asked.of(contribution.getStepExecution(), doors, workshop.clock());
        if (asked.again().isPresent()) return RepeatStatus.FINISHED;
        Due due = doors.books().due(asked.target(), asked.until());
        if (!due.missing().isEmpty()) throw new RunRefused(sentence(due.missing()));
        if (asked.target().isSpoken()) checkOutside(asked.target());
        return RepeatStatus.FINISHED;
    }

    /** The ERP's own tables know every account and cost centre of the mapping; a person mends it before anything is taken. */
    private void checkOutside(ErpTarget target) {
        ErpGateway gateway = doors.gateway(target).orElseThrow();
        if (!gateway.isConnected())
            throw new RunRefused(
                    "Ese sistema no está conectado o está apagado. Conéctalo en Conexiones; no se exportó nada.");
        JdbcClient jdbc = JdbcClient.create(workshop.dataSource());
        Set<String> accounts =
                Set.copyOf(jdbc.sql("select distinct account from account_mapping where target = :target")
                        .param("target", target.name())
                        .query(String.class)
                        .list());
        Set<String> centers =
                Set.copyOf(jdbc.sql("select distinct cost_center from branch_mapping where target = :target")
                        .param("target", target.name())
                        .query(String.class)
                        .list());
        try {
            List<ErpCode> codes = codes(jdbc, target);
            List<Refusal> lacking = gateway.lacks(new ErpGateway.Wanted(accounts, centers, codes));
            if (!lacking.isEmpty())
                throw new RunRefused("El sistema no tiene: "
                        + lacking.stream()
                                .map(each -> lacking(each, codes))
                                .distinct()
                                .collect(Collectors.joining(", "))
                        + ". Corrígelo en Contabilidad, Cuentas, o dalo de alta allá; no se exportó nada.");
        } catch (Failure e) {
            if (e.kind() == FailureKind.BUG) throw e;
            String sentence = e.getMessage() + ". Prueba la conexión en Conexiones; no se exportó nada.";
            throw e.kind() == FailureKind.RETRYABLE ? RunRefused.forNow(sentence) : new RunRefused(sentence);
        }
    }

    /** A code alone says little: what it stands for is said with it. */
    private static String lacking(Refusal refusal, List<ErpCode> codes) {
        String theirs = String.join(" ", refusal.arguments());
        return switch (refusal.code()) {
            case "erp-center-unknown" -> "centro de costo " + theirs;
            case "erp-code-unknown" -> {
                String things = codes.stream()
                        .filter(code -> code.theirs().equals(theirs))
                        .map(code -> CodeWords.of(code.kind().name(), code.ours()))
                        .distinct()
                        .collect(Collectors.joining(" o "));
                yield "«" + theirs + "»" + (things.isEmpty() ? "" : " (" + things + ")");
            }
            default -> "cuenta " + theirs;
        };
    }

    /** Those of documents, where the target is given some. */
    private static List<ErpCode> codes(JdbcClient jdbc, ErpTarget target) {
        return jdbc.sql("""
            select kind, ours, theirs
            from erp_code
            where target = :target
            and kind <> 'PRICE_LIST'
            and exists (select from accounting_way w where w.target = :target and w.way = 'DOCUMENTS')
            """)
                .param("target", target.name())
                .query((row, n) ->
                        new ErpCode(ErpCode.Kind.valueOf(row.getString(1)), row.getString(2), row.getString(3)))
                .list();
    }

    private static String sentence(List<Missing> missing) {
        return (missing.size() == 1 ? "Falta una cuenta" : "Faltan " + missing.size() + " cuentas") + ": "
                + missing.stream()
                        .map(each -> (AccountWords.role(each.role()) + " " + AccountWords.kind(each.kind())).strip()
                                + " (sucursal " + each.store() + (each.group() ? ", código agrupador del SAT" : "")
                                + ")")
                        .collect(Collectors.joining(", "))
                + ". Complétalas en Contabilidad, Cuentas; no se exportó nada.";
    }
}
