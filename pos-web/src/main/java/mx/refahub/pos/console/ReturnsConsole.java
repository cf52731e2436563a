package mx.refahub.pos.console;

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

/** Returns in the console: its calls, its words and its page. */
@Configuration(proxyBeanMethods = false)
@Import(ReturnsController.class)
class ReturnsConsole {
    @Bean
    MessageFile returnsMessages() {
        return new MessageFile("messages_console_returns");
    }

    @Bean
    AccessTable returnsAccess() {
        return () -> List.of(
                row(GET, "/console/api/returns", Permission.CATALOGUE_READ),
                row(GET, "/console/api/returns/rules", Permission.CATALOGUE_READ),
                row(PUT, "/console/api/returns/rules", Permission.CATALOGUE_MEND),
                row(POST, "/console/api/returns/rules/withdrawal", Permission.CATALOGUE_MEND));
    }

    private static AccessRow row(HttpMethod method, String pattern, Permission permission) {
        return AccessRow.roles(method, pattern, permission.roles());
    }
}
