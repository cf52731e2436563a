package mx.refahub.batch.run;

import java.util.List;
import mx.refahub.batch.csv.FileFormat;
import mx.refahub.domain.job.Jobs;
import org.springframework.batch.core.job.Job;

/** A job with the files it takes. */
public record JobSpec(Job job, List<FileFormat> files, boolean allRequired) {
    Jobs.Job described() {
        return new Jobs.Job(
                job.getName(),
                files.stream()
                        .map(file -> new Jobs.Parameter(file.file(), Jobs.Parameter.Kind.FILE, allRequired))
                        .toList());
    }
}
