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

/** Rates of commission in the console: their calls, their words and their page. */
@Configuration(proxyBeanMethods = false)
@Import(CommissionsController.class)
class CommissionsConsole {
    private static final String ONE = "/console/api/commission-rates/{id}";

    @Bean
    MessageFile commissionsMessages() {
        return new MessageFile("messages_console_commissions");
    }

    @Bean
    AccessTable commissionsAccess() {
        return () -> List.of(
                AccessRow.roles(GET, "/console/api/commission-rates", Permission.REPORTS_READ.roles()),
                AccessRow.roles(PUT, ONE, Permission.STAFF_MANAGE.roles()),
                AccessRow.roles(DELETE, ONE, Permission.STAFF_MANAGE.roles()));
    }
}
