package mx.refahub.pos.counter;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.util.List;
import mx.refahub.domain.cash.CashSessions;
import mx.refahub.domain.customer.Accounts;
import mx.refahub.domain.customer.Customers;
import mx.refahub.domain.sale.Till;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Customers and their accounts at the counter: calls, words, and who may. */
@Configuration(proxyBeanMethods = false)
class CustomersCounter {
    @Bean
    MessageFile customerMessages() {
        return new MessageFile("messages_pos_customers");
    }

    @Bean
    AccessTable customersAccess() {
        return () -> List.of(
                row(POST, "/pos/api/customers/search", Permission.SALE_MAKE),
                row(POST, "/pos/api/customers", Permission.SALE_MAKE),
                row(GET, "/pos/api/customers/{id}", Permission.SALE_MAKE),
                row(POST, "/pos/api/customers/{id}/changes", Permission.SALE_MAKE),
                row(PUT, "/pos/api/tickets/{id}/customer", Permission.SALE_MAKE),
                row(GET, "/pos/api/customers/{id}/account", Permission.SALE_MAKE),
                row(POST, "/pos/api/customers/{id}/payments", Permission.CASH_RUN),
                row(POST, "/pos/api/customers/{id}/statement", Permission.SALE_MAKE),
                // Who may open a closed drawer again answers for a cheque, too.
                row(POST, "/pos/api/account-payments/{id}/bounce", Permission.CASH_REOPEN));
    }

    private static AccessRow row(HttpMethod method, String pattern, Permission permission) {
        return AccessRow.roles(method, pattern, permission.roles());
    }

    @Bean
    CustomersApi customersApi(Customers customers, Till till) {
        return new CustomersApi(customers, till);
    }

    @Bean
    AccountApi accountApi(Accounts accounts, CashSessions cash) {
        return new AccountApi(accounts, cash);
    }
}
