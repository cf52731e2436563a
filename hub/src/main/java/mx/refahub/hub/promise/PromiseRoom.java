package mx.refahub.hub.promise;

import mx.refahub.domain.promise.PromiseBoard;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
public class PromiseRoom {
    @Bean
    PromiseBoard promiseBoard(JdbcClient jdbc) {
        return new PostgresPromiseBoard(jdbc);
    }
}
