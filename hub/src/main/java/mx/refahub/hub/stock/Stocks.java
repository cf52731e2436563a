package mx.refahub.hub.stock;

import java.time.Clock;
import javax.sql.DataSource;
import mx.refahub.domain.stock.BranchClosing;
import mx.refahub.domain.stock.CompanyStock;
import mx.refahub.domain.stock.StockRequests;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.stream.Publications;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
public class Stocks {
    @Bean
    CompanyStock companyStock(DataSource dataSource) {
        return new PostgresCompanyStock(JdbcClient.create(dataSource));
    }

    @Bean
    StockRequests stockRequests(
            DataSource dataSource,
            Publications publications,
            AuditTrail audit,
            Clock clock,
            TransactionTemplate transaction) {
        return new PostgresStockRequests(JdbcClient.create(dataSource), publications, audit, clock, transaction);
    }

    @Bean
    BranchClosing branchClosing(
            DataSource dataSource,
            Publications publications,
            AuditTrail audit,
            Clock clock,
            TransactionTemplate transaction) {
        return new PostgresBranchClosing(JdbcClient.create(dataSource), publications, audit, clock, transaction);
    }
}
