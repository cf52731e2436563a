package mx.refahub.pos.console;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.util.List;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;

/** Connections to outside systems, in the console: calls, words and who may. */
@Configuration(proxyBeanMethods = false)
@Import(ConnectionsController.class)
class ConnectionsConsole {
    @Bean
    MessageFile connectionsMessages() {
        return new MessageFile("messages_console_connections");
    }

    @Bean
    MessageFile amazonMessages() {
        return new MessageFile("messages_console_amazon");
    }

    @Bean
    MessageFile odooMessages() {
        return new MessageFile("messages_console_odoo");
    }

    @Bean
    AccessTable connectionsAccess() {
        return () -> List.of(
                row(GET, "/console/api/connections"),
                row(POST, "/console/api/connections"),
                row(PUT, "/console/api/connections/{id}"),
                row(DELETE, "/console/api/connections/{id}"),
                row(POST, "/console/api/connections/{id}/trial"));
    }

    private static AccessRow row(HttpMethod method, String pattern) {
        return AccessRow.roles(method, pattern, Permission.CONNECTIONS_MANAGE.roles());
    }
}
