package mx.refahub.batch.exchange;

import java.util.Set;
import mx.refahub.batch.run.RunRefused;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.Failure;
import mx.refahub.domain.erp.ErpDoors;
import mx.refahub.domain.erp.ErpGateway;
import mx.refahub.domain.erp.ErpMasters;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.Master;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** A page in each turn, asked for with no transaction open and kept together with the cursor: a run that dies reads one page again. */
final class HearMasters implements Tasklet {
    private static final int PAGE = 100;
    private static final String HEARD = "heard";

    private final Workshop workshop;
    private final ErpDoors doors;
    private final ErpMasters masters;
    private final Master.Kind kind;

    HearMasters(Workshop workshop, ErpDoors doors, ErpMasters masters, Master.Kind kind) {
        this.workshop = workshop;
        this.doors = doors;
        this.masters = masters;
        this.kind = kind;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        if (kind != Master.Kind.CUSTOMERS
                && !"true"
                        .equals(contribution
                                .getStepExecution()
                                .getJobParameters()
                                .getString(ErpMastersJob.INCOMING))) return RepeatStatus.FINISHED;
        ErpTarget target = ErpExchange.target(String.valueOf(
                contribution.getStepExecution().getJobParameters().getString(ErpExchange.TARGET)));
        ErpGateway gateway =
                doors.gateway(target).orElseThrow(() -> new RunRefused("Con ese sistema no se habla; elige otro."));
        if (!gateway.isConnected())
            throw new RunRefused("Ese sistema no está conectado o está apagado. Conéctalo en Conexiones.");
        String cursor = masters.cursor(target, kind);
        ErpGateway.Changes page = page(gateway, masters.places(target), cursor);
        workshop.together(() -> masters.heard(target, kind, page));
        for (int i = 0; i < page.masters().size(); i++) contribution.incrementReadCount();
        contribution.incrementWriteCount(page.masters().size());
        ExecutionContext kept = contribution.getStepExecution().getExecutionContext();
        long heard = kept.getLong(HEARD, 0) + page.masters().size();
        kept.putLong(HEARD, heard);
        if (page.more() && !page.cursor().equals(cursor)) return RepeatStatus.CONTINUABLE;
        workshop.runs().note(Workshop.run(contribution.getStepExecution()), MasterWords.heard(kind, heard));
        return RepeatStatus.FINISHED;
    }

    private ErpGateway.Changes page(ErpGateway gateway, Set<String> places, String cursor) {
        try {
            return gateway.changedSince(kind, places, cursor, PAGE);
        } catch (Failure e) {
            throw switch (e.kind()) {
                case BUG -> e;
                case REJECTED -> new RunRefused(e.getMessage() + ". Corrígelo y reanuda la corrida.");
                case RETRYABLE -> RunRefused.forNow(e.getMessage() + ". Reanuda la corrida cuando conteste.");
            };
        }
    }
}
