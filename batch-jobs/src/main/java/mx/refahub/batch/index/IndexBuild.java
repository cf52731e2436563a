package mx.refahub.batch.index;

import java.util.List;
import mx.refahub.batch.run.JobDefinition;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.search.PartIndex;

/** The job index-build: the whole index from the catalogue, published as a snapshot. See README.md beside this file. */
public final class IndexBuild {
    private IndexBuild() {}

    public static JobDefinition definition(Workshop workshop, PartIndex index, IndexStep.Builds builds) {
        return new JobDefinition(
                workshop.job("index-build")
                        .start(workshop.step("index", new IndexStep(workshop, index, builds, true)))
                        .build(),
                List.of(),
                false);
    }
}
