package mx.refahub.batch.stock;

import java.util.List;
import mx.refahub.batch.intake.EmptyStaging;
import mx.refahub.batch.intake.InspectFiles;
import mx.refahub.batch.intake.RejectedRows;
import mx.refahub.batch.intake.RowFormat;
import mx.refahub.batch.intake.StageFile;
import mx.refahub.batch.run.JobDefinition;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.job.Jobs.Parameter;
import mx.refahub.domain.job.SupplierMappings;
import org.springframework.batch.core.job.Job;

/** The job opening-stock: what the branches have when they begin, from a CSV file into the ledger. See README.md beside this file. */
public final class OpeningStock {
    private static final RowFormat STOCK = new StockRows();
    public static final List<RowFormat> FORMATS = List.of(STOCK);

    private OpeningStock() {}

    public static JobDefinition definition(Workshop workshop, RejectedRows rejected, SupplierMappings mappings) {
        return new JobDefinition(
                job(workshop, rejected, mappings),
                List.of(
                        new Parameter(STOCK.file(), Parameter.Kind.FILE, true),
                        new Parameter(InspectFiles.MAPPING, Parameter.Kind.TEXT, false)),
                true);
    }

    // @formatter:off
    private static Job job(Workshop workshop, RejectedRows rejected, SupplierMappings mappings) {
        return workshop.job("opening-stock")
            .start(workshop.step("inspect", new InspectFiles(workshop, FORMATS, mappings)))
            .next(workshop.step("stage-stock", new StageFile(workshop, STOCK)))
            .next(workshop.step("check", new CheckStock(workshop, rejected, STOCK)))
            .next(workshop.step("publish", new PublishOpeningStock(workshop)))
            .next(workshop.step("empty-staging", new EmptyStaging(workshop, FORMATS)))
            .build();
    }
    // @formatter:on
}
