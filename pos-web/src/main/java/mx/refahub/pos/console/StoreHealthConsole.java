package mx.refahub.pos.console;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import java.util.List;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** How the stores are, in the console: its calls and its words. */
@Configuration(proxyBeanMethods = false)
@Import(StoreHealthController.class)
class StoreHealthConsole {
    @Bean
    MessageFile storeHealthMessages() {
        return new MessageFile("messages_console_health");
    }

    @Bean
    AccessTable storeHealthAccess() {
        return () -> List.of(
                AccessRow.roles(GET, "/console/api/stores/{id}/health", Permission.STORES_READ.roles()),
                AccessRow.roles(POST, "/console/api/stores/{id}/secrets", Permission.STORES_ADD.roles()),
                AccessRow.roles(
                        GET, "/console/api/stores/{id}/orders/{command}/file", Permission.STORES_COMMAND.roles()));
    }
}
