package mx.refahub.hub.rate;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import mx.refahub.adapters.rate.RateSimulator;
import mx.refahub.domain.rate.RateDesk;
import mx.refahub.domain.rate.RateSource;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.stream.Publications;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RateSettings.class)
public class Rates {
    private static final Logger LOG = LoggerFactory.getLogger(Rates.class);

    @Bean
    RateDesk rateDesk(
            RateTable table,
            RateSettings settings,
            Publications publications,
            AuditTrail audit,
            Clock clock,
            TransactionTemplate transaction) {
        return new PostgresRateDesk(table, source(settings), publications, audit, clock, transaction);
    }

    private static Optional<RateSource> source(RateSettings settings) {
        return switch (settings.source()) {
            case NONE -> Optional.empty();
            case SIMULATOR -> Optional.of(new RateSimulator());
        };
    }

    /** Looks for the day's rate by itself. */
    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService rateWatch(RateDesk desk, RateSettings settings) {
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("rates").factory());
        if (settings.source() != RateSettings.Source.NONE && desk instanceof PostgresRateDesk rates)
            look(watch, rates, settings);
        return watch;
    }

    private static void look(ScheduledExecutorService watch, PostgresRateDesk rates, RateSettings settings) {
        Future<?> unused = watch.scheduleWithFixedDelay(
                () -> {
                    try {
                        rates.look();
                    } catch (RuntimeException e) {
                        LOG.warn("rate not looked for", e);
                    }
                },
                1,
                settings.every().toSeconds(),
                TimeUnit.SECONDS);
    }
}
