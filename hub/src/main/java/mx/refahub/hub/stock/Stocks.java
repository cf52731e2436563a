package mx.refahub.hub.stock;

import javax.sql.DataSource;
import mx.refahub.domain.stock.CompanyStock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
public class Stocks {
    @Bean
    CompanyStock companyStock(DataSource dataSource) {
        return new PostgresCompanyStock(JdbcClient.create(dataSource));
    }
}
