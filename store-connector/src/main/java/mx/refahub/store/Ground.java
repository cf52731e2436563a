package mx.refahub.store;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What comes before all other parts: the folder, which one process takes. The index opens beside the rest, as soon as it is taken. */
@Configuration(proxyBeanMethods = false)
class Ground {
    @Bean
    DataFolder dataFolder(StoreSettings settings) {
        return DataFolder.take(settings.dataDir());
    }
}
