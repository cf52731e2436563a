package mx.refahub.hub.commission;

import java.time.Clock;
import javax.sql.DataSource;
import mx.refahub.domain.commission.CommissionRates;
import mx.refahub.domain.erp.ErpDoors;
import mx.refahub.hub.access.AuditTrail;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
public class Commissions {
    @Bean
    CommissionRates commissionRates(
            DataSource dataSource, ErpDoors doors, AuditTrail audit, Clock clock, TransactionTemplate transaction) {
        return new PostgresCommissionRates(dataSource, doors, audit, clock, transaction);
    }
}
