package mx.refahub.hub.company;

import java.time.Clock;
import java.time.Instant;
import mx.refahub.domain.stream.Stream;
import mx.refahub.hub.HubSettings;
import mx.refahub.hub.stream.Publications;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** What an empty database is given: the hub's epoch and who the company is. */
@Configuration(proxyBeanMethods = false)
public class FirstStart {
    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);

    /** That it happened; whoever needs the rows asks for it. */
    public record Begun() {}

    @Bean
    Begun begun(
            CompanyTable table,
            Publications publications,
            HubSettings settings,
            Clock clock,
            TransactionTemplate transaction) {
        HubSettings.Company company = settings.company();
        transaction.executeWithoutResult(status -> {
            Instant now = clock.instant();
            // Seconds since 1970, so that a hub that starts again from an empty disk is newer than the one its stores
            // knew.
            table.beginEpoch(now.getEpochSecond(), now);
            int made = table.insert(company.rfc(), company.name(), company.regime(), company.receiptFooter());
            if (made == 1) {
                publications.raise(Stream.SETTINGS);
                LOG.info("company recorded rfc={}", company.rfc());
            }
        });
        return new Begun();
    }
}
