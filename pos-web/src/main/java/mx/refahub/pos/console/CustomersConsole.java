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

/** The customers in the console: calls, words and who may. */
@Configuration(proxyBeanMethods = false)
@Import(CustomersController.class)
class CustomersConsole {
    @Bean
    MessageFile customerMessages() {
        return new MessageFile("messages_console_customers");
    }

    @Bean
    AccessTable customersAccess() {
        return () -> List.of(
                AccessRow.roles(GET, "/console/api/customers", Permission.CUSTOMERS_READ.roles()),
                AccessRow.roles(GET, "/console/api/customers/{id}", Permission.CUSTOMERS_READ.roles()),
                AccessRow.roles(GET, "/console/api/customers/{id}/statement", Permission.CUSTOMERS_READ.roles()),
                AccessRow.roles(POST, "/console/api/customers/{id}/line", Permission.CUSTOMERS_CREDIT.roles()));
    }
}
