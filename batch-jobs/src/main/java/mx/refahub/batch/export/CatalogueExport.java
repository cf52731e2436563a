package mx.refahub.batch.export;

import java.util.List;
import mx.refahub.batch.run.JobDefinition;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.job.Jobs.Parameter;

/** The job catalogue-export: what an import of the same files would not change. */
public final class CatalogueExport {
    static final String FORMAT = "format";
    static final String LINE = "line";
    static final String FILES = "files";
    static final List<String> FORMATS = List.of("csv", "xlsx", "xml");

    private CatalogueExport() {}

    public static JobDefinition definition(Workshop workshop) {
        return new JobDefinition(
                workshop.job("catalogue-export")
                        .start(workshop.step("export", new ExportCatalogue(workshop)))
                        .build(),
                List.of(
                        new Parameter(FILES, Parameter.Kind.CHOICES, false, ExportCatalogue.FILES, ""),
                        new Parameter(FORMAT, Parameter.Kind.CHOICE, false, FORMATS, FORMATS.getFirst()),
                        new Parameter(LINE, Parameter.Kind.TEXT, false)),
                false);
    }
}
