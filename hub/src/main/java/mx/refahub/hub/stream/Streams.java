package mx.refahub.hub.stream;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
public class Streams {
    @Bean
    Publications publications(StreamTable table, Clock clock) {
        return new Publications(table, clock);
    }

    @Bean
    StreamWriter streamWriter(
            Publications publications,
            StreamTable table,
            StreamRows rows,
            JsonMapper json,
            PlatformTransactionManager transactions) {
        return new StreamWriter(publications, table, rows, json, transactions);
    }
}
