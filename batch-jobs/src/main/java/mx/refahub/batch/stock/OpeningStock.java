package mx.refahub.batch.stock;

import java.util.List;
import mx.refahub.batch.intake.EmptyStaging;
import mx.refahub.batch.intake.InspectFiles;
import mx.refahub.batch.intake.RejectedRows;
import mx.refahub.batch.intake.RowFormat;
import mx.refahub.batch.intake.StageFile;
import mx.refahub.batch.run.Approval;
import mx.refahub.batch.run.JobDefinition;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.job.Jobs.Parameter;
import mx.refahub.domain.job.SupplierMappings;
import org.springframework.batch.core.job.Job;

/**
 * The job opening-stock: what a company begins with, out of another system's files: stock with its cost and bin, suppliers, customers with what they owe, cores.
 * Shows totals by branch and waits for somebody to sign them off where it is asked to, and always before suppliers, customers and cores. The job opening-undo takes a run back.
 */
public final class OpeningStock {
    private static final RowFormat STOCK = new StockRows();
    private static final RowFormat SUPPLIERS = new SupplierRows();
    private static final RowFormat CUSTOMERS = new CustomerRows();
    private static final RowFormat CORES = new CoreRows();
    public static final List<RowFormat> FORMATS = List.of(STOCK, SUPPLIERS, CUSTOMERS, CORES);

    private OpeningStock() {}

    public static JobDefinition definition(Workshop workshop, RejectedRows rejected, SupplierMappings mappings) {
        return new JobDefinition(
                job(workshop, rejected, mappings),
                List.of(
                        new Parameter(STOCK.file(), Parameter.Kind.FILE, false),
                        new Parameter(SUPPLIERS.file(), Parameter.Kind.FILE, false),
                        new Parameter(CUSTOMERS.file(), Parameter.Kind.FILE, false),
                        new Parameter(CORES.file(), Parameter.Kind.FILE, false),
                        new Parameter(InspectFiles.MAPPING, Parameter.Kind.TEXT, false),
                        new Parameter(Approval.PARAMETER, Parameter.Kind.FLAG, false)),
                true,
                FORMATS.stream().map(RowFormat::table).toList());
    }

    // @formatter:off
    private static Job job(Workshop workshop, RejectedRows rejected, SupplierMappings mappings) {
        return workshop.job("opening-stock")
            .start(workshop.step("inspect", new InspectFiles(workshop, FORMATS, mappings)))
            .next(workshop.step("stage-stock", new StageFile(workshop, STOCK)))
            .next(workshop.step("stage-suppliers", new StageFile(workshop, SUPPLIERS)))
            .next(workshop.step("stage-customers", new StageFile(workshop, CUSTOMERS)))
            .next(workshop.step("stage-cores", new StageFile(workshop, CORES)))
            .next(workshop.step("check", new CheckStock(workshop, rejected, STOCK)))
            .next(workshop.step("check-accounts", new CheckAccounts(workshop, rejected, SUPPLIERS, CUSTOMERS)))
            .next(workshop.step("check-cores", new CheckCores(workshop, rejected, CORES)))
            .next(workshop.step("preview", new PreviewOpening(workshop)))
            .next(workshop.step("approval", new Approval(workshop, PreviewOpening.people(workshop))))
            .next(workshop.step("publish", new PublishOpeningStock(workshop)))
            .next(workshop.step("publish-accounts", new PublishAccounts(workshop)))
            .next(workshop.step("publish-cores", new PublishCores(workshop)))
            .next(workshop.step("empty-staging", new EmptyStaging(workshop, FORMATS)))
            .build();
    }

    /** The job opening-undo: takes back what one run of opening-stock made. */
    public static JobDefinition undo(Workshop workshop) {
        return new JobDefinition(
            workshop.job("opening-undo")
                .start(workshop.step("undo", new UndoOpening(workshop)))
                .build(),
            List.of(new Parameter(UndoOpening.OF, Parameter.Kind.NUMBER, true)),
            false);
    }
    // @formatter:on
}
