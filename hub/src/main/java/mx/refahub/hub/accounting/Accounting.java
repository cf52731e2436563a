package mx.refahub.hub.accounting;

import java.time.Clock;
import javax.sql.DataSource;
import mx.refahub.domain.erp.AccountMap;
import mx.refahub.domain.erp.ExportBooks;
import mx.refahub.hub.access.AuditTrail;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
public class Accounting {
    @Bean
    AccountMap accountMap(DataSource dataSource, PlatformTransactionManager transactions, AuditTrail audit) {
        return new PostgresAccountMap(dataSource, transactions, audit);
    }

    @Bean
    ExportBooks exportBooks(DataSource dataSource, PlatformTransactionManager transactions, Clock clock) {
        return new PostgresExportBooks(dataSource, transactions, clock);
    }
}
