package mx.refahub.batch.catalogue;

import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import mx.refahub.batch.csv.FileFormat;
import mx.refahub.batch.csv.FileRefused;
import mx.refahub.batch.csv.RunNotes;
import mx.refahub.batch.csv.Staging;
import mx.refahub.batch.index.IndexRefresh;
import mx.refahub.domain.Failpoint;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Job {@code catalogue-import}: files → staging → checks → one publication → index. See the README beside it. */
@Configuration(proxyBeanMethods = false)
public class CatalogueImport {
    public static final String NAME = "catalogue-import";
    /** Its files, in the order of the form. */
    public static final List<FileFormat> FILES = CatalogueFiles.ALL;

    @Bean
    Job catalogueImport(
            JobRepository repository,
            PlatformTransactionManager transactions,
            DataSource dataSource,
            JdbcClient jdbc,
            RunNotes notes,
            Clock clock,
            IndexRefresh index) {
        CatalogueChecks checks = new CatalogueChecks(notes);
        CataloguePublication publication = new CataloguePublication(jdbc, notes, clock);

        // @formatter:off
        return new JobBuilder(NAME, repository)
                .start(stage(CatalogueFiles.PARTS, repository, transactions, dataSource, notes))
                .next(stage(CatalogueFiles.BARCODES, repository, transactions, dataSource, notes))
                .next(stage(CatalogueFiles.INTERCHANGE, repository, transactions, dataSource, notes))
                .next(stage(CatalogueFiles.FITMENTS, repository, transactions, dataSource, notes))
                .next(check(repository, transactions, checks))
                .next(publish(repository, transactions, publication, notes))
                .next(index.step("update-index", repository))
                .build();
        // @formatter:on
    }

    private static Step stage(
            FileFormat format,
            JobRepository repository,
            PlatformTransactionManager transactions,
            DataSource dataSource,
            RunNotes notes) {
        return Staging.step(format, repository, transactions, dataSource, notes);
    }

    private static Step check(
            JobRepository repository, PlatformTransactionManager transactions, CatalogueChecks checks) {
        return new StepBuilder("check", repository)
                .tasklet(
                        (contribution, context) -> {
                            checks.check(run(contribution));
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }

    private static Step publish(
            JobRepository repository,
            PlatformTransactionManager transactions,
            CataloguePublication publication,
            RunNotes notes) {
        return new StepBuilder("publish", repository)
                .tasklet(
                        (contribution, context) -> {
                            Failpoint.IMPORT_STAGED_NOT_PUBLISHED.pass();
                            notes.add(run(contribution), publication.publish(run(contribution), given(contribution)));
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }

    private static long run(StepContribution contribution) {
        return contribution.getStepExecution().getJobExecution().getJobInstanceId();
    }

    private static List<FileFormat> given(StepContribution contribution) {
        JobParameters parameters = contribution.getStepExecution().getJobParameters();
        List<FileFormat> given = FILES.stream()
                .filter(format -> parameters.getString(format.file()) != null)
                .toList();
        if (given.isEmpty()) throw new FileRefused("No se dio ningún archivo: elige al menos uno.");
        return given;
    }
}
