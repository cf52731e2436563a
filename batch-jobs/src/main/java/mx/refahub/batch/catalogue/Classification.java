package mx.refahub.batch.catalogue;

import java.util.List;
import mx.refahub.batch.index.IndexStep;
import mx.refahub.batch.run.Approval;
import mx.refahub.batch.run.JobDefinition;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.job.Jobs.Parameter;
import mx.refahub.domain.search.PartIndex;

/** The job classify: categories by rule for the parts that came without one. */
public final class Classification {
    private Classification() {}

    // @formatter:off
    public static JobDefinition definition(Workshop workshop, PartIndex index, IndexStep.Builds builds, int keepUndo) {
        return new JobDefinition(
            workshop.job("classify")
                .start(workshop.step("rules", new TakeRules(workshop)))
                .next(workshop.step("find", new FindCategories(workshop)))
                .next(workshop.step("approval", new Approval(workshop)))
                .next(workshop.step("publish", new PublishCategories(workshop, keepUndo)))
                .next(workshop.step("index", new IndexStep(workshop, index, builds, false)))
                .build(),
            List.of(
                new Parameter(CategoryRules.FILE, Parameter.Kind.FILE, false),
                new Parameter(Approval.PARAMETER, Parameter.Kind.FLAG, false)),
            false,
            List.of("staging_category"));
    }
    // @formatter:on
}
