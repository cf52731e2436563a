package mx.refahub.pos.console;

import static org.springframework.http.HttpMethod.GET;

import java.util.List;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What the branches have promised, in the console: calls, words and who may. */
@Configuration(proxyBeanMethods = false)
@Import(PromisesController.class)
class PromisesConsole {
    @Bean
    MessageFile promisesMessages() {
        return new MessageFile("messages_console_promises");
    }

    @Bean
    AccessTable promisesAccess() {
        return () -> List.of(
                AccessRow.roles(GET, "/console/api/promises", Permission.CUSTOMERS_READ.roles()),
                AccessRow.roles(GET, "/console/api/promises/{id}", Permission.CUSTOMERS_READ.roles()));
    }
}
