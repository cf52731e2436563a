package mx.refahub.batch.catalogue;

import java.util.ArrayList;
import java.util.List;
import mx.refahub.batch.index.IndexStep;
import mx.refahub.batch.intake.EmptyStaging;
import mx.refahub.batch.intake.InspectFiles;
import mx.refahub.batch.intake.RejectedRows;
import mx.refahub.batch.intake.RowFormat;
import mx.refahub.batch.partition.Sharing;
import mx.refahub.batch.run.Approval;
import mx.refahub.batch.run.JobDefinition;
import mx.refahub.batch.run.Workshop;
import mx.refahub.batch.standard.TranslateStandards;
import mx.refahub.domain.job.Jobs.Parameter;
import mx.refahub.domain.job.SupplierMappings;
import mx.refahub.domain.search.PartIndex;
import org.springframework.batch.core.job.Job;

/** The job catalogue-import: parts and what hangs on them, from CSV files into the catalogue. See README.md beside this file. */
public final class CatalogueImport {
    private static final RowFormat PARTS = new PartRows();
    private static final RowFormat INTERCHANGE = new InterchangeRows();
    private static final RowFormat FITMENTS = new FitmentRows();
    private static final RowFormat BARCODES = new BarcodeRows();
    private static final RowFormat RELATIONS = new RelationRows();
    private static final RowFormat REMOVALS = new RemovalRows();
    private static final RowFormat FITMENT_REMOVALS = FitmentRows.removals();
    public static final List<RowFormat> FORMATS =
            List.of(PARTS, INTERCHANGE, FITMENTS, BARCODES, RELATIONS, REMOVALS, FITMENT_REMOVALS);

    private CatalogueImport() {}

    public static JobDefinition definition(
            Workshop workshop,
            Sharing sharing,
            RejectedRows rejected,
            PartIndex index,
            IndexStep.Builds builds,
            SupplierMappings mappings,
            int keepUndo) {
        return new JobDefinition(
                job(workshop, sharing, rejected, index, builds, mappings, keepUndo),
                parameters(),
                true,
                FORMATS.stream().map(RowFormat::table).toList());
    }

    // @formatter:off
    private static Job job(Workshop workshop, Sharing sharing, RejectedRows rejected, PartIndex index, IndexStep.Builds builds, SupplierMappings mappings, int keepUndo) {
        return workshop.job("catalogue-import")
            .start(workshop.step("translate", new TranslateStandards(workshop)))
            .next(workshop.step("inspect", new InspectFiles(workshop, FORMATS, mappings)))
            .next(sharing.staging("stage-parts", PARTS))
            .next(sharing.staging("stage-interchange", INTERCHANGE))
            .next(sharing.staging("stage-fitments", FITMENTS))
            .next(sharing.staging("stage-barcodes", BARCODES))
            .next(sharing.staging("stage-relations", RELATIONS))
            .next(sharing.staging("stage-removals", REMOVALS))
            .next(sharing.staging("stage-fitment-removals", FITMENT_REMOVALS))
            .next(workshop.step("check", new CheckCatalogue(workshop, rejected, FORMATS)))
            .next(workshop.step("classify", new ClassifyStaged(workshop)))
            .next(workshop.step("preview", new PreviewCatalogue(workshop)))
            .next(workshop.step("approval", new Approval(workshop)))
            .next(workshop.step("publish", new PublishCatalogue(workshop, keepUndo)))
            .next(workshop.step("statistics", new CatalogueStatistics(workshop)))
            .next(workshop.step("view-refresh", new ViewRefresh(workshop, false)))
            .next(workshop.step("index", new IndexStep(workshop, index, builds, false)))
            .next(workshop.step("empty-staging", new EmptyStaging(workshop, FORMATS)))
            .build();
    }
    // @formatter:on

    private static List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        for (RowFormat format : FORMATS) parameters.add(new Parameter(format.file(), Parameter.Kind.FILE, false));
        parameters.addAll(TranslateStandards.parameters());
        parameters.add(new Parameter(InspectFiles.MAPPING, Parameter.Kind.TEXT, false));
        parameters.add(new Parameter(Approval.PARAMETER, Parameter.Kind.FLAG, false));
        return parameters;
    }
}
