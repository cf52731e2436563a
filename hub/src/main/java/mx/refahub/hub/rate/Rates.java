package mx.refahub.hub.rate;

import java.time.Clock;
import java.util.Optional;
import mx.refahub.adapters.rate.RateSimulator;
import mx.refahub.domain.rate.RateSource;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.stream.Publications;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** The page's {@code RateDesk} and the job's {@code RateSync}, in one. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RateSettings.class)
public class Rates {
    private static final Logger LOG = LoggerFactory.getLogger(Rates.class);

    @Bean
    PostgresRateDesk rateDesk(
            RateTable table,
            RateSettings settings,
            Publications publications,
            AuditTrail audit,
            Clock clock,
            TransactionTemplate transaction) {
        return new PostgresRateDesk(table, source(settings), settings, publications, audit, clock, transaction);
    }

    private static Optional<RateSource> source(RateSettings settings) {
        return switch (settings.source()) {
            case NONE -> Optional.empty();
            case SIMULATOR -> {
                LOG.warn(
                        "rates of the dollar come from a simulator; set refahub.rates.source=NONE to set them by hand");
                yield Optional.of(new RateSimulator());
            }
        };
    }
}
