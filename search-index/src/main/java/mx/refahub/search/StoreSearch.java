package mx.refahub.search;

import java.io.IOException;
import mx.refahub.domain.search.IndexReplica;
import mx.refahub.search.snapshot.Snapshots;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A store's door: receives the hub's snapshots and searches the newest. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SearchSettings.class)
public class StoreSearch {
    @Bean(destroyMethod = "close")
    Snapshots snapshots(SearchSettings settings) throws IOException {
        return new Snapshots(settings.directory(), settings.keep());
    }

    @Bean(destroyMethod = "close")
    LuceneSearch partSearch(Snapshots snapshots, SearchSettings settings) {
        return LuceneSearch.startBeside(snapshots, settings.timeLimit(), settings.ranking());
    }

    @Bean
    IndexReplica indexReplica(Snapshots snapshots, LuceneSearch search) {
        return new ReplicaFiles(snapshots, search);
    }
}
