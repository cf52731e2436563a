package mx.refahub.hub.credit;

import mx.refahub.domain.credit.CreditBoard;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
public class CreditRoom {
    @Bean
    CreditLedger creditLedger(CreditTable table) {
        return new CreditLedger(table);
    }

    @Bean
    CreditBoard creditBoard(CreditTable table) {
        return new PostgresCreditBoard(table);
    }
}
