package mx.refahub.batch.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
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
        try (Writer out =
                Files.newBufferedWriter(workshop.folders().making(run).resolve(FILE), StandardCharsets.UTF_8)) {
            out.write("\uFEFFqué,código,motivo\r\n");
            for (ErpMasters.Refused each : refused)
                out.write(
                        MasterWords.named(each.kind()) + "," + cell(each.code()) + "," + cell(each.reason()) + "\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        contribution.incrementWriteCount(refused.size());
        workshop.runs().note(run, MasterWords.listed(refused.size(), FILE));
        return RepeatStatus.FINISHED;
    }

    /** What a spreadsheet would calculate gets an apostrophe. */
    private static String cell(String text) {
        String plain = text.isEmpty() || "=+-@\t\r".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
        return '"' + plain.replace("\"", "\"\"") + '"';
    }
}
