package mx.refahub.batch.run;

import java.util.List;
import mx.refahub.domain.job.Jobs.Parameter;
import org.springframework.batch.core.job.Job;

/**
 * A job with the form that starts it.
 *
 * @param needsFile at least one of its files must be given
 */
public record JobDefinition(Job job, List<Parameter> parameters, boolean needsFile) {
    public JobDefinition {
        parameters = List.copyOf(parameters);
    }

    String name() {
        return job.getName();
    }
}
