package mx.refahub.hub.credit;

import mx.refahub.domain.credit.CreditBoard;
import mx.refahub.hub.stream.Publications;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
public class CreditRoom {
    @Bean
    CreditLedger creditLedger(CreditTable table, Publications publications) {
        return new CreditLedger(table, publications);
    }

    @Bean
    CreditBoard creditBoard(CreditTable table) {
        return new PostgresCreditBoard(table);
    }
}
