package mx.refahub.batch;

import java.time.Clock;
import javax.sql.DataSource;
import mx.refahub.batch.catalogue.CatalogueImport;
import mx.refahub.batch.csv.RunNotes;
import mx.refahub.batch.index.IndexBuild;
import mx.refahub.batch.index.IndexRefresh;
import mx.refahub.batch.run.Runs;
import mx.refahub.batch.stock.OpeningStock;
import mx.refahub.domain.search.PartIndex;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The hub's door to the jobs. Needs a {@code DataSource} on the migrated hub database, a transaction manager named {@code transactionManager}, a {@code PartIndex}, a
 * {@code Clock} and an {@code IdSource}; offers {@code Jobs}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BatchSettings.class)
@Import({BatchEngine.class, CatalogueImport.class, IndexBuild.class, OpeningStock.class, Runs.class})
public class BatchJobs {
    @Bean
    RunNotes runNotes(DataSource dataSource) {
        return new RunNotes(JdbcClient.create(dataSource));
    }

    @Bean
    IndexRefresh indexRefresh(DataSource dataSource, PartIndex index, Clock clock) {
        return new IndexRefresh(dataSource, JdbcClient.create(dataSource), index, clock);
    }
}
