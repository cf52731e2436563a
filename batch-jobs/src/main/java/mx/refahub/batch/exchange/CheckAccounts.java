package mx.refahub.batch.exchange;

import java.util.List;
import java.util.stream.Collectors;
import mx.refahub.batch.run.RunRefused;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.erp.AccountRole;
import mx.refahub.domain.erp.ErpDoors;
import mx.refahub.domain.erp.ExportBooks.Due;
import mx.refahub.domain.erp.ExportBooks.Missing;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

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
        return RepeatStatus.FINISHED;
    }

    private static String word(AccountRole role) {
        return switch (role) {
            case SALES -> "Ventas";
            case RETURNS -> "Devoluciones";
            case DISCOUNTS -> "Descuentos";
            case TAX -> "IVA trasladado";
            case CORES -> "Depósitos de cascos";
            case VOUCHERS -> "Vales de regalo vendidos";
            case TENDER -> "Cobrado";
            case DEPOSITS -> "Anticipos de clientes";
            case PENALTIES -> "Penalizaciones";
            case DIFFERENCE -> "Diferencias por aclarar";
        };
    }

    private static String sentence(List<Missing> missing) {
        return (missing.size() == 1 ? "Falta una cuenta" : "Faltan " + missing.size() + " cuentas") + ": "
                + missing.stream()
                        .map(each -> (word(each.role()) + " " + each.kind()).strip() + " (sucursal " + each.store()
                                + (each.group() ? ", código agrupador del SAT" : "") + ")")
                        .collect(Collectors.joining(", "))
                + ". Complétalas en Contabilidad, Cuentas; no se exportó nada.";
    }
}
