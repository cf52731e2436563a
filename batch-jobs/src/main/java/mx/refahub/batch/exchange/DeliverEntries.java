package mx.refahub.batch.exchange;

import java.io.IOException;
import mx.refahub.batch.run.RunRefused;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.Failure;
import mx.refahub.domain.FailureKind;
import mx.refahub.domain.erp.ErpDoors;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportBooks.Export;
import mx.refahub.domain.erp.JournalFiles;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes the export's files for download; begun again it writes them anew. */
final class DeliverEntries implements Tasklet {
    private final Workshop workshop;
    private final ErpDoors doors;

    DeliverEntries(Workshop workshop, ErpDoors doors) {
        this.workshop = workshop;
        this.doors = doors;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws IOException {
        long run = Workshop.run(contribution.getStepExecution());
        Asked asked = Asked.of(contribution.getStepExecution(), doors, workshop.clock());
        Export export = asked.export(doors, run);
        if (export.entries() == 0 || export.target().isSpoken()) return RepeatStatus.FINISHED;
        try {
            write(run, export);
            return RepeatStatus.FINISHED;
        } catch (Failure e) {
            if (e.kind() == FailureKind.BUG) throw e;
            throw new RunRefused(String.valueOf(e.getMessage()));
        }
    }

    private void write(long run, Export export) throws IOException {
        JournalFiles.Company company = JdbcClient.create(workshop.dataSource())
                .sql("""
                    select rfc, name
                    from company
                    """)
                .query((row, n) -> new JournalFiles.Company(row.getString(1), row.getString(2)))
                .single();
        doors.files(export.target())
                .write(company, export, doors.books(), workshop.folders().making(run));
        doors.books().written(export.id());
        if (!export.target().isVerified()) workshop.runs().note(run, unverified(run, export));
    }

    private String unverified(long run, Export export) throws IOException {
        String look = "El formato no está verificado contra el programa: revisa "
                + (export.booked() == 0
                        ? "el primer documento antes de importar todos."
                        : "la primera póliza antes de importar todas.");
        boolean twice = export.target() == ErpTarget.ASPEL
                && workshop.folders().made(run).stream()
                        .anyMatch(file -> file.name().endsWith(".zip"));
        return twice
                ? look + " Las pólizas de COI van dos veces, en Excel y en .pol: importa una sola de las dos."
                : look;
    }
}
