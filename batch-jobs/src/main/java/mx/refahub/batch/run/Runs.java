package mx.refahub.batch.run;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import mx.refahub.batch.catalogue.CatalogueImport;
import mx.refahub.batch.csv.FileFormat;
import mx.refahub.batch.csv.RunNotes;
import mx.refahub.batch.stock.OpeningStock;
import mx.refahub.domain.IdSource;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Offers the jobs to the console. */
@Configuration(proxyBeanMethods = false)
public class Runs {
    private static final Map<String, List<FileFormat>> FILES =
            Map.of(CatalogueImport.NAME, CatalogueImport.FILES, OpeningStock.NAME, List.of(OpeningStock.STOCK));

    @Bean
    BatchRuns jobs(
            List<Job> jobs,
            JobOperator operator,
            JobRepository repository,
            DataSource dataSource,
            Clock clock,
            RunNotes notes,
            IdSource ids,
            RunFolder folder) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        List<JobSpec> specs = jobs.stream()
                .map(job -> {
                    List<FileFormat> files = FILES.getOrDefault(job.getName(), List.of());
                    return new JobSpec(job, files, files.size() == 1);
                })
                .toList();
        JobTable table = new JobTable(jdbc, clock, ZoneId.systemDefault());
        return new BatchRuns(specs, operator, repository, table, notes, ids, folder.path(), new Rejects(jdbc));
    }
}
