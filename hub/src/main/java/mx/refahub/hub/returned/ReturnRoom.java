package mx.refahub.hub.returned;

import java.time.Clock;
import mx.refahub.domain.hub.ReturnBoard;
import mx.refahub.hub.stream.Publications;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
public class ReturnRoom {
    @Bean
    ReturnBoard returnBoard(JdbcClient jdbc, Publications publications, TransactionTemplate transaction, Clock clock) {
        return new PostgresReturnBoard(jdbc, publications, transaction, clock);
    }
}
