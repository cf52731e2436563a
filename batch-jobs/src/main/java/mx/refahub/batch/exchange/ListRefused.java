package mx.refahub.batch.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import mx.refahub.batch.intake.CsvOut;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.erp.ErpMasters;
import mx.refahub.domain.erp.ErpTarget;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** What the ERP does not take stands in a file with the ERP's reason, also what an earlier run told. Begun again it is written anew. */
final class ListRefused implements Tasklet {
    private static final String FILE = "rechazados.csv";
    private static final List<String> HEADER = List.of("qué", "código", "motivo");
    /** More than anybody reads. */
    private static final int MOST = 100_000;

    private final Workshop workshop;
    private final ErpMasters masters;

    ListRefused(Workshop workshop, ErpMasters masters) {
        this.workshop = workshop;
        this.masters = masters;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        ErpTarget target = ErpExchange.target(String.valueOf(
                contribution.getStepExecution().getJobParameters().getString(ErpExchange.TARGET)));
        List<ErpMasters.Refused> refused = masters.refused(target, MOST);
        if (refused.isEmpty()) return RepeatStatus.FINISHED;
        long run = Workshop.run(contribution.getStepExecution());
        try (CsvOut out = CsvOut.shown(workshop.folders().making(run).resolve(FILE), HEADER)) {
            for (ErpMasters.Refused each : refused) out.row(MasterWords.named(each.kind()), each.code(), each.reason());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        contribution.incrementWriteCount(refused.size());
        workshop.runs().note(run, MasterWords.listed(refused.size(), FILE));
        return RepeatStatus.FINISHED;
    }
}
