package mx.refahub.batch;

import java.time.Clock;
import javax.sql.DataSource;
import mx.refahub.batch.catalogue.CatalogueImport;
import mx.refahub.batch.partition.SliceWorker;
import mx.refahub.batch.partition.WorkSettings;
import mx.refahub.batch.partition.WorkerTable;
import mx.refahub.batch.run.Repositories;
import mx.refahub.batch.run.RunFolders;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.job.Workplace;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The door for what a hub and a worker have in common: slices of work are taken, and the process says that it is there. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({BatchSettings.class, WorkSettings.class})
public class BatchWork {
    @Bean
    WorkerTable workers(DataSource dataSource, WorkSettings work) {
        return new WorkerTable(dataSource, work);
    }

    @Bean
    SliceWorker sliceWorker(
            DataSource dataSource,
            Clock clock,
            BatchSettings settings,
            WorkSettings work,
            Workplace place,
            WorkerTable workers) {
        JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
        Workshop workshop = new Workshop(
                Repositories.jdbc(dataSource, transactions),
                transactions,
                dataSource,
                new RunFolders(settings.folder()),
                clock,
                settings.chunk());
        return new SliceWorker(workshop, CatalogueImport.FORMATS, work, place, workers);
    }
}
