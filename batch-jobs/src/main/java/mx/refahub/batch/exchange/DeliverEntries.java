package mx.refahub.batch.exchange;

import java.io.IOException;
import java.util.Locale;
import mx.refahub.batch.run.RunRefused;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.Failure;
import mx.refahub.domain.FailureKind;
import mx.refahub.domain.erp.ErpDoors;
import mx.refahub.domain.erp.ExportBooks.Export;
import mx.refahub.domain.erp.JournalFiles;
import mx.refahub.domain.erp.JournalSending;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes the export's files for download, or sends its entries to a system that is called; begun again it writes anew, or goes on. */
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
        if (export.tickets() == 0) return RepeatStatus.FINISHED;
        try {
            JournalSending sending = doors.sending();
            if (!export.target().isWire()) write(run, export);
            else if (sending != null) send(run, export, asked, sending, contribution);
            return RepeatStatus.FINISHED;
        } catch (Failure e) {
            if (e.kind() == FailureKind.BUG) throw e;
            throw new RunRefused(String.valueOf(e.getMessage()));
        }
    }

    private void write(long run, Export export) throws IOException {
        JournalFiles files = doors.files(export.target())
                .orElseThrow(() -> new RunRefused("No hay con qué escribir los archivos de " + export.target() + "."));
        JournalFiles.Company company = JdbcClient.create(workshop.dataSource())
                .sql("""
                select rfc, name
                from company
                """)
                .query((row, n) -> new JournalFiles.Company(row.getString(1), row.getString(2)))
                .single();
        files.write(company, export, doors.books(), workshop.folders().making(run));
        doors.books().written(export.id());
        if (!export.target().isVerified())
            workshop.runs()
                    .note(run, "El formato no está verificado contra el programa: revisa la primera póliza antes de importar todas.");
    }

    private void send(long run, Export export, Asked asked, JournalSending sending, StepContribution contribution) {
        if (asked.again().isPresent()) doors.books().unpark(export.id());
        JournalSending.Sent sent = sending.send(export);
        contribution.incrementWriteCount(sent.sent());
        doors.books().written(export.id());
        workshop.runs()
                .note(
                        run,
                        String.format(
                                Locale.ROOT, "%,d pólizas entregadas, %,d detenidas.", sent.sent(), sent.parked()));
    }
}
