package mx.refahub.hub.work;

import mx.refahub.batch.BatchSettings;
import mx.refahub.domain.job.WorkDoor;
import mx.refahub.domain.job.Workers;
import mx.refahub.domain.job.Workplace;
import mx.refahub.hub.access.SigningKey;
import mx.refahub.routes.BrokerAddress;
import mx.refahub.routes.BrokerSettings;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The hub among those that share the work: it takes its part, and says where the others find it. */
@Configuration(proxyBeanMethods = false)
public class Working {
    @Bean
    Workplace workplace(BatchSettings settings) {
        return ThisProcess.hub(settings);
    }

    /** Opened only by a hub that is alone with a broker of its own. */
    @Bean
    InitializingBean workDoorOpened(
            WorkDoor door,
            Workers workers,
            Workplace place,
            BrokerSettings broker,
            BrokerAddress address,
            SigningKey key) {
        return () -> {
            if (broker.url() == null) OtherHubs.refuse(workers.all(), place, OtherHubs::runsHere);
            door.open(address.url(), key.publicPem());
        };
    }
}
