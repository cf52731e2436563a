package mx.refahub.batch.catalogue;

import java.util.List;
import mx.refahub.batch.index.IndexStep;
import mx.refahub.batch.run.JobDefinition;
import mx.refahub.batch.run.Undoing;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.job.Jobs.Parameter;
import mx.refahub.domain.search.PartIndex;

/** The job catalogue-undo: takes one run of catalogue-import back. */
public final class CatalogueUndo {
    private CatalogueUndo() {}

    public static Undoing undoing(Workshop workshop) {
        return new UndoCatalogue(workshop);
    }

    // @formatter:off
    public static JobDefinition definition(Workshop workshop, PartIndex index, IndexStep.Builds builds) {
        return new JobDefinition(
            workshop.job(Undoing.JOB)
                .start(workshop.step("undo", new UndoCatalogue(workshop)))
                .next(workshop.step("statistics", new CatalogueStatistics(workshop)))
                .next(workshop.step("view-refresh", new ViewRefresh(workshop, false)))
                .next(workshop.step("index", new IndexStep(workshop, index, builds, false)))
                .build(),
            List.of(new Parameter(Undoing.PARAMETER, Parameter.Kind.NUMBER, true)),
            false);
    }
    // @formatter:on
}
