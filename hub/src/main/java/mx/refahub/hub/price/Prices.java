package mx.refahub.hub.price;

import java.time.Clock;
import javax.sql.DataSource;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.pricing.PriceDesk;
import mx.refahub.domain.pricing.PriceFormulas;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.stream.Publications;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
public class Prices {
    private static final int FETCHED = 2_000;

    @Bean
    PriceDesk priceDesk(
            DataSource dataSource,
            PartCatalogue catalogue,
            Publications publications,
            AuditTrail audit,
            Clock clock,
            TransactionTemplate transaction,
            JsonMapper json) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        JdbcTemplate rowByRow = new JdbcTemplate(dataSource);
        rowByRow.setFetchSize(FETCHED);
        return new PostgresPriceDesk(
                jdbc,
                JdbcClient.create(rowByRow),
                new PriceRows(jdbc, json),
                catalogue,
                publications,
                audit,
                clock,
                transaction,
                json);
    }

    @Bean
    PriceFormulas priceFormulas(DataSource dataSource, AuditTrail audit, TransactionTemplate transaction) {
        return new PostgresPriceFormulas(JdbcClient.create(dataSource), audit, transaction);
    }

    @Bean
    PriceCheck priceCheck(DataSource dataSource, PartCatalogue catalogue, JsonMapper json) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        return new PriceCheck(jdbc, new PriceRows(jdbc, json), catalogue);
    }
}
