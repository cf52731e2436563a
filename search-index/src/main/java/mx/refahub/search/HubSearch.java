package mx.refahub.search;

import java.io.IOException;
import mx.refahub.domain.search.PartIndex;
import mx.refahub.search.snapshot.Snapshots;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The hub's door: builds and publishes the index, and searches it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SearchSettings.class)
public class HubSearch {
    @Bean(destroyMethod = "close")
    Snapshots snapshots(SearchSettings settings) throws IOException {
        return new Snapshots(settings.directory(), settings.keep());
    }

    @Bean(destroyMethod = "close")
    LuceneSearch partSearch(Snapshots snapshots, SearchSettings settings) throws IOException {
        return LuceneSearch.start(snapshots, settings.timeLimit(), settings.ranking());
    }

    @Bean
    PartIndex partIndex(Snapshots snapshots, LuceneSearch search, SearchSettings settings) {
        return new LuceneIndex(snapshots, search, settings.synonyms());
    }
}
