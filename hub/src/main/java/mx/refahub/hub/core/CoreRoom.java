package mx.refahub.hub.core;

import java.time.Clock;
import mx.refahub.domain.core.CoreDesk;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.stream.Publications;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
public class CoreRoom {
    @Bean
    CoreDesk coreDesk(
            CoreTable table,
            Publications publications,
            AuditTrail audit,
            Clock clock,
            TransactionTemplate transaction) {
        return new PostgresCoreDesk(table, publications, audit, clock, transaction);
    }
}
