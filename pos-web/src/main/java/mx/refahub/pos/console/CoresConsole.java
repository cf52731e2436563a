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

/** The core bank and serial numbers in the console: its calls, its words and its page. */
@Configuration(proxyBeanMethods = false)
@Import({CoresController.class, SerialsController.class})
class CoresConsole {
    @Bean
    MessageFile coresMessages() {
        return new MessageFile("messages_console_cores");
    }

    @Bean
    AccessTable coresAccess() {
        return () -> List.of(
                row(GET, "/console/api/parts/{id}/tracking", Permission.CATALOGUE_READ),
                row(PUT, "/console/api/parts/{id}/tracking", Permission.CATALOGUE_MEND),
                row(GET, "/console/api/serials", Permission.DOCUMENTS_READ),
                row(GET, "/console/api/cores", Permission.CUSTOMERS_READ),
                row(GET, "/console/api/cores/owed", Permission.CUSTOMERS_READ),
                row(PUT, "/console/api/cores/terms", Permission.CUSTOMERS_CREDIT),
                row(PUT, "/console/api/cores/limits/{customer}", Permission.CUSTOMERS_CREDIT),
                row(POST, "/console/api/cores/opening/{opening}/back", Permission.CUSTOMERS_CREDIT));
    }

    private static AccessRow row(HttpMethod method, String pattern, Permission permission) {
        return AccessRow.roles(method, pattern, permission.roles());
    }
}
