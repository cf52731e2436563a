package mx.refahub.pos.counter;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.util.List;
import mx.refahub.domain.core.CoreBank;
import mx.refahub.domain.sale.TicketTerms;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Gift vouchers, cores and serial numbers at the counter: their calls and their words. */
@Configuration(proxyBeanMethods = false)
class TermsCounter {
    @Bean
    MessageFile termsMessages() {
        return new MessageFile("messages_pos_vouchers");
    }

    @Bean
    AccessTable termsAccess() {
        return () -> List.of(
                row(POST, "/pos/api/tickets/{id}/vouchers"),
                row(PUT, "/pos/api/tickets/{id}/lines/{line}/core"),
                row(PUT, "/pos/api/tickets/{id}/lines/{line}/serials"),
                row(GET, "/pos/api/serials"),
                row(GET, "/pos/api/customers/{id}/cores"));
    }

    private static AccessRow row(HttpMethod method, String pattern) {
        return AccessRow.roles(method, pattern, Permission.SALE_MAKE.roles());
    }

    @Bean
    TermsApi termsApi(TicketTerms terms, CoreBank bank) {
        return new TermsApi(terms, bank);
    }
}
