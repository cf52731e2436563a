package mx.refahub.pos.counter;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import java.util.List;
import mx.refahub.domain.cash.CashSessions;
import mx.refahub.domain.promise.Promises;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Quotes, layaways and special orders at the counter: calls, words, and who may. */
@Configuration(proxyBeanMethods = false)
class PromiseCounter {
    @Bean
    MessageFile promiseMessages() {
        return new MessageFile("messages_pos_promises");
    }

    @Bean
    AccessTable promisesAccess() {
        return () -> List.of(
                row(POST, "/pos/api/promises/search", Permission.SALE_MAKE),
                row(POST, "/pos/api/tickets/{id}/promises", Permission.SALE_MAKE),
                row(GET, "/pos/api/promises/{id}", Permission.SALE_MAKE),
                row(POST, "/pos/api/promises/{id}/payments", Permission.CASH_RUN),
                row(POST, "/pos/api/promises/{id}/ticket", Permission.SALE_MAKE),
                row(POST, "/pos/api/promises/{id}/notes", Permission.SALE_MAKE),
                row(POST, "/pos/api/promises/{id}/cancellation", Permission.CASH_RUN),
                row(POST, "/pos/api/promises/{id}/print", Permission.SALE_MAKE),
                row(GET, "/pos/api/promises/{id}/file.pdf", Permission.SALE_MAKE),
                row(GET, "/pos/api/parts/{id}/reserved", Permission.SALE_MAKE));
    }

    private static AccessRow row(HttpMethod method, String pattern, Permission permission) {
        return AccessRow.roles(method, pattern, permission.roles());
    }

    @Bean
    PromiseApi promiseApi(Promises promises, CashSessions cash, Approvals approvals) {
        return new PromiseApi(promises, cash, approvals);
    }
}
