package mx.refahub.hub.fiscal;

import java.time.Clock;
import mx.refahub.domain.fiscal.CreditNotes;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.ledger.SaleArchive;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
public class FiscalRoom {
    @Bean
    CreditNotes creditNotes(
            JdbcClient jdbc, SaleArchive sales, AuditTrail audit, TransactionTemplate transaction, Clock clock) {
        return new PostgresCreditNotes(jdbc, sales, audit, transaction, clock);
    }
}
