package mx.refahub.batch.intake;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mx.refahub.batch.run.RunRefused;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.job.SupplierMappings;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** First step of every job that is fed files: refuses what cannot be taken in, notes what was found, empties the staging tables. */
public final class InspectFiles implements Tasklet {
    /** Parameter with the supplier whose words the files use. */
    public static final String MAPPING = "mapping";

    private final Workshop workshop;
    private final SupplierMappings mappings;
    private final JdbcClient jdbc;
    private final List<RowFormat> formats;

    public InspectFiles(Workshop workshop, List<RowFormat> formats, SupplierMappings mappings) {
        this.mappings = mappings;
        this.workshop = workshop;
        this.formats = List.copyOf(formats);
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
        long run = Workshop.run(contribution.getStepExecution());
        List<SupplierMappings.Column> mapped =
                mapped(contribution.getStepExecution().getJobParameters().getString(MAPPING));
        for (RowFormat each : formats) {
            RowFormat format = each.in(run, workshop.folders());
            Optional<Path> file = workshop.folders().file(run, format.file());
            if (file.isEmpty()) continue;
            Wording wording = Wording.of(mapped, format.file());
            FileInspection found = FileInspection.of(format.file(), file.get(), format.columns(), wording);
            contribution.incrementReadCount();
            note(run, format, found);
        }
        for (RowFormat format : formats)
            jdbc.sql("truncate table " + format.table()).update();
        return RepeatStatus.FINISHED;
    }

    private List<SupplierMappings.Column> mapped(@Nullable String supplier) {
        if (supplier == null || supplier.isBlank()) return List.of();
        return mappings.find(supplier)
                .orElseThrow(() -> new RunRefused("No hay columnas guardadas del proveedor «" + supplier.strip()
                        + "»; guárdelas primero, o corra el trabajo sin ese dato."))
                .columns();
    }

    private void note(long run, RowFormat format, FileInspection found) {
        jdbc.sql("""
                insert into job_run_file (run_id, file, charset, header, additive, wording)
                values (:run, :file, :charset, :header, :additive, :wording)
                on conflict (run_id, file) do update
                set charset = excluded.charset, header = excluded.header, additive = excluded.additive, wording = excluded.wording
                """)
                .param("run", run)
                .param("file", format.file())
                .param("wording", found.header().wording().told().toArray(String[]::new))
                .param("charset", found.coding())
                .param("header", found.header().own().toArray(String[]::new))
                .param(
                        "additive",
                        found.header().isFeedback() || workshop.folders().isAdding(run, format.file()))
                .update();
        if (found.isLatin1())
            workshop.runs().note(run, "El archivo «" + format.file() + "» no está en UTF-8; se leyó como Latin-1.");
        List<String> unknown = found.header().unknownTo(format.columns());
        if (!unknown.isEmpty())
            workshop.runs()
                    .note(
                            run,
                            "En «" + format.file() + "» se ignoraron columnas desconocidas: "
                                    + String.join(", ", unknown) + ".");
    }
}
