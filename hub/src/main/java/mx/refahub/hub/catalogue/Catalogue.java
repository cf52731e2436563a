package mx.refahub.hub.catalogue;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.UUID;
import javax.sql.DataSource;
import mx.refahub.domain.part.TrackingDesk;
import mx.refahub.domain.search.Shelves;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.stream.Publications;
import org.ehcache.Cache;
import org.ehcache.CacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
public class Catalogue {
    /** About 1 kB each. */
    private static final int CARDS = 20_000;

    @Bean(initMethod = "init", destroyMethod = "close")
    CacheManager caches() {
        return CacheManagerBuilder.newCacheManagerBuilder().build();
    }

    // Closed by its manager.
    @Bean(destroyMethod = "")
    Cache<UUID, PostgresPartCatalogue.Kept> partCards(CacheManager caches) {
        return caches.createCache(
                "part-cards",
                CacheConfigurationBuilder.newCacheConfigurationBuilder(
                        UUID.class, PostgresPartCatalogue.Kept.class, ResourcePoolsBuilder.heap(CARDS)));
    }

    @Bean
    PostgresPartCatalogue partCatalogue(CatalogueTable table, Cache<UUID, PostgresPartCatalogue.Kept> partCards) {
        return new PostgresPartCatalogue(table, partCards);
    }

    @Bean
    TrackingDesk trackingDesk(
            DataSource dataSource, Publications publications, AuditTrail audit, TransactionTemplate transaction) {
        return new PostgresTrackingDesk(dataSource, publications, audit, transaction);
    }

    @Bean
    MeterBinder cardMeters(Shelves shelves) {
        return registry -> {
            FunctionCounter.builder(
                            "refahub.cards", shelves, each -> each.figures().hits())
                    .description("prices and stock for search, out of memory or read")
                    .tag("from", "memory")
                    .register(registry);
            FunctionCounter.builder(
                            "refahub.cards", shelves, each -> each.figures().misses())
                    .description("prices and stock for search, out of memory or read")
                    .tag("from", "database")
                    .register(registry);
        };
    }
}
