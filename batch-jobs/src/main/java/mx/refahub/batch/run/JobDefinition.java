package mx.refahub.batch.run;

import java.util.List;
import mx.refahub.domain.job.Jobs.Parameter;
import org.springframework.batch.core.job.Job;

/**
 * A job with the form that starts it.
 *
 * @param needsFile at least one of its files must be given
 * @param staging tables that hold the rows of its newest run
 */
public record JobDefinition(Job job, List<Parameter> parameters, boolean needsFile, List<String> staging) {
    public JobDefinition {
        parameters = List.copyOf(parameters);
        staging = List.copyOf(staging);
    }

    public JobDefinition(Job job, List<Parameter> parameters, boolean needsFile) {
        this(job, parameters, needsFile, List.of());
    }

    String name() {
        return job.getName();
    }
}
