package mx.refahub.batch.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mx.refahub.domain.Refusal;
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

    /** Whether a run can be started with these. */
    Optional<Refusal> check(Map<String, String> values, Set<String> files) {
        Set<String> texts = values.keySet();
        for (Parameter parameter : parameters) {
            Set<String> given = parameter.kind() == Parameter.Kind.FILE ? files : texts;
            String value = values.get(parameter.name());
            if (value != null && parameter.kind() != Parameter.Kind.FILE && !parameter.takes(value))
                return Optional.of(Refusal.of("job-parameter-wrong", parameter.name(), value));
            if (parameter.required() && !given.contains(parameter.name()))
                return Optional.of(Refusal.of("job-parameter-missing", name(), parameter.name()));
        }
        for (String text : texts) if (!knows(text, false)) return unknown(text);
        for (String file : files) if (!knows(file, true)) return unknown(file);
        if (needsFile && files.isEmpty()) {
            List<String> choices = parameters.stream()
                    .filter(p -> p.kind() == Parameter.Kind.FILE)
                    .map(Parameter::name)
                    .toList();
            return Optional.of(Refusal.of("job-parameter-missing", name(), String.join(", ", choices)));
        }
        return Optional.empty();
    }

    private Optional<Refusal> unknown(String parameter) {
        return Optional.of(Refusal.of("job-parameter-unknown", name(), parameter));
    }

    private boolean knows(String name, boolean file) {
        return parameters.stream().anyMatch(p -> p.name().equals(name) && file == (p.kind() == Parameter.Kind.FILE));
    }
}
