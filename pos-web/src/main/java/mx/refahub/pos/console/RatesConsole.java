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

/** How money is taken, in the console: its calls, its words and its page. */
@Configuration(proxyBeanMethods = false)
@Import({RatesController.class, CreditsController.class})
class RatesConsole {
    @Bean
    MessageFile ratesMessages() {
        return new MessageFile("messages_console_tenders");
    }

    @Bean
    AccessTable ratesAccess() {
        return () -> List.of(
                row(GET, "/console/api/credits", Permission.RATES_READ),
                row(GET, "/console/api/rates", Permission.RATES_READ),
                row(PUT, "/console/api/rates/{day}", Permission.RATES_SET),
                row(DELETE, "/console/api/rates/{day}", Permission.RATES_SET),
                row(POST, "/console/api/rates/fetch", Permission.RATES_SET),
                row(PUT, "/console/api/cash-rounding", Permission.RATES_SET));
    }

    private static AccessRow row(HttpMethod method, String pattern, Permission permission) {
        return AccessRow.roles(method, pattern, permission.roles());
    }
}
