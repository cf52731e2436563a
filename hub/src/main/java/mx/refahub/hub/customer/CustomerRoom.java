package mx.refahub.hub.customer;

import java.time.Clock;
import mx.refahub.domain.customer.CustomerBoard;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.access.SigningKey;
import mx.refahub.hub.stream.Publications;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
public class CustomerRoom {
    @Bean
    CustomerBoard customerBoard(
            CustomerTable table,
            Publications publications,
            SigningKey key,
            AuditTrail audit,
            Clock clock,
            PlatformTransactionManager transactions) {
        return new PostgresCustomerBoard(table, publications, key, audit, clock, transactions);
    }
}
