package mx.refahub.pos.desk;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The desk's catalogue, for whoever needs one. */
@Configuration(proxyBeanMethods = false)
public class DeskParts {
    @Bean
    DeskCatalogue catalogue() {
        return new DeskCatalogue();
    }

    @Bean
    DeskImages images() {
        return new DeskImages();
    }
}
