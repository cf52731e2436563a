package mx.refahub.hub.work;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import mx.refahub.batch.BatchSettings;
import mx.refahub.domain.MachineClock;
import mx.refahub.domain.job.WorkDoor;
import mx.refahub.domain.job.Workplace;
import mx.refahub.hub.HubSettings;
import mx.refahub.hub.StartRefused;
import mx.refahub.hub.postgres.SharedDatabase;
import mx.refahub.routes.BrokerSettings;
import mx.refahub.routes.WorkLink;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What a worker has: the hub's database, and a name. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({HubSettings.class, BrokerSettings.class})
@Import(SharedDatabase.class)
public class WorkerRooms {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration AGAIN = Duration.ofMillis(500);

    @Bean
    Clock clock() {
        return MachineClock.utc();
    }

    @Bean
    Workplace workplace(BatchSettings settings) {
        return ThisProcess.worker(settings);
    }

    @Bean
    WorkLink workLink(BrokerSettings broker, WorkDoor door) {
        if (broker.url() != null) return new WorkLink(broker.url(), text(broker.user()), text(broker.password()), "");
        WorkDoor.Door found = found(door);
        return new WorkLink(found.brokerUrl(), WorkDoor.USER, found.password(), found.hubKey());
    }

    /** A hub that starts for the first time opens it a while after its database is there. */
    private static WorkDoor.Door found(WorkDoor door) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<WorkDoor.Door> open = door.find();
            if (open.isPresent()) return open.get();
            if (System.nanoTime() > until)
                throw new StartRefused(
                        "No hub has ever run on this database with a broker of its own: start the hub first, or name the broker with refahub.broker.url.");
            LockSupport.parkNanos(AGAIN.toNanos());
        }
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
