package mx.refahub.hub.alert;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import mx.refahub.domain.alert.Alerts;
import mx.refahub.domain.alert.QueueDepths;
import mx.refahub.domain.job.Schedules;
import mx.refahub.domain.notice.Telling;
import mx.refahub.hub.HubSettings;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.notice.JobNames;
import mx.refahub.hub.notice.LetterTexts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AlertSettings.class)
public class AlertRoom {
    private static final Logger LOG = LoggerFactory.getLogger(AlertRoom.class);

    @Bean
    Watch alertWatch(
            WatchTable table,
            Telling telling,
            LetterTexts texts,
            JobNames jobs,
            ObjectProvider<QueueDepths> queues,
            ObjectProvider<Schedules> schedules,
            HubSettings settings,
            Clock clock,
            TransactionTemplate transaction) {
        return new Watch(
                table,
                telling,
                texts,
                jobs,
                () -> Optional.ofNullable(queues.getIfAvailable()),
                () -> Optional.ofNullable(schedules.getIfAvailable()),
                settings.data(),
                clock,
                transaction);
    }

    @Bean
    Alerts alerts(
            AlertTable table,
            WatchTable watching,
            Watch watch,
            AuditTrail audit,
            Clock clock,
            TransactionTemplate transaction) {
        return new PostgresAlerts(table, watching, watch, audit, clock, transaction);
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService alertRounds() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("alerts").factory());
    }

    /** Once the hub answers: stores need a moment to be heard after a start. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> alertsBegin(
            ScheduledExecutorService alertRounds, Watch watch, AlertSettings settings) {
        return ready -> {
            if (settings.every().isZero()) return;
            Future<?> unused = alertRounds.scheduleWithFixedDelay(
                    () -> {
                        try {
                            watch.look();
                        } catch (RuntimeException e) {
                            LOG.error("alerts not looked at, the next round is", e);
                        }
                    },
                    settings.every().toMillis(),
                    settings.every().toMillis(),
                    TimeUnit.MILLISECONDS);
        };
    }
}
