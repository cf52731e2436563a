package mx.refahub.pos.console;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PUT;

import java.util.List;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A stolen PC, in the console: its calls and its words. */
@Configuration(proxyBeanMethods = false)
@Import(CutOffsController.class)
class CutOffConsole {
    private static final String PATTERN = "/console/api/stores/{id}/cut-off";

    @Bean
    MessageFile cutOffMessages() {
        return new MessageFile("messages_console_cutoff");
    }

    @Bean
    AccessTable cutOffAccess() {
        return () -> List.of(
                AccessRow.roles(GET, PATTERN, Permission.STORES_READ.roles()),
                AccessRow.roles(PUT, PATTERN, Permission.STORES_ADD.roles()),
                AccessRow.roles(DELETE, PATTERN, Permission.STORES_ADD.roles()));
    }
}
