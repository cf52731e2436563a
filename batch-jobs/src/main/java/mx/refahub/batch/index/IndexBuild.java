package mx.refahub.batch.index;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Job {@code index-build}: the whole index anew from the catalogue. See the README beside it. */
@Configuration(proxyBeanMethods = false)
public class IndexBuild {
    public static final String NAME = "index-build";

    @Bean
    Job indexBuild(JobRepository repository, IndexRefresh index) {
        return new JobBuilder(NAME, repository)
                .start(index.rebuildStep("build-index", repository))
                .build();
    }
}
