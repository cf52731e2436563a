package mx.refahub.hub.catalogue;

import java.util.UUID;
import mx.refahub.domain.part.PartCatalogue;
import org.ehcache.Cache;
import org.ehcache.CacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
    PartCatalogue partCatalogue(CatalogueTable table, Cache<UUID, PostgresPartCatalogue.Kept> partCards) {
        return new PostgresPartCatalogue(table, partCards);
    }
}
