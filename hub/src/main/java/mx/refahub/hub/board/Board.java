package mx.refahub.hub.board;

import mx.refahub.domain.hub.StoreBoard;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
public class Board {
    @Bean
    StoreBoard storeBoard(BoardTable table, JsonMapper json) {
        return new PostgresStoreBoard(table, json);
    }
}
