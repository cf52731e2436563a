package mx.refahub.pos.counter;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import java.util.List;
import mx.refahub.domain.credit.Credits;
import mx.refahub.domain.lender.LenderDesk;
import mx.refahub.domain.terminal.CardDesk;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Ways to pay, at the counter: their calls and their words. */
@Configuration(proxyBeanMethods = false)
class TenderCounter {
    @Bean
    MessageFile tenderMessages() {
        return new MessageFile("messages_pos_tenders");
    }

    @Bean
    MessageFile lenderMessages() {
        return new MessageFile("messages_pos_lender");
    }

    @Bean
    LenderApi lenderApi(LenderDesk desk) {
        return new LenderApi(desk);
    }

    @Bean
    AccessTable tenderAccess() {
        return () -> List.of(
                row(GET, "/pos/api/tickets/{id}/charges"),
                row(POST, "/pos/api/tickets/{id}/charges"),
                row(POST, "/pos/api/charges/{id}/inquiry"),
                row(POST, "/pos/api/charges/{id}/reversal"),
                row(GET, "/pos/api/tickets/{id}/lender"),
                row(POST, "/pos/api/tickets/{id}/lender"),
                row(POST, "/pos/api/lender/{id}/inquiry"),
                row(POST, "/pos/api/lender/{id}/cancellation"),
                row(POST, "/pos/api/credits/look"));
    }

    private static AccessRow row(HttpMethod method, String pattern) {
        return AccessRow.roles(method, pattern, Permission.SALE_MAKE.roles());
    }

    @Bean
    CreditApi creditApi(Credits credits) {
        return new CreditApi(credits);
    }

    @Bean
    TerminalApi terminalApi(CardDesk desk) {
        return new TerminalApi(desk);
    }
}
