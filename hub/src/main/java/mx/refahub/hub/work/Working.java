package mx.refahub.hub.work;

import mx.refahub.batch.BatchSettings;
import mx.refahub.domain.job.WorkDoor;
import mx.refahub.domain.job.Workplace;
import mx.refahub.hub.access.SigningKey;
import mx.refahub.routes.BrokerAddress;
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

    @Bean
    InitializingBean workDoorOpened(WorkDoor door, BrokerAddress address, SigningKey key) {
        return () -> door.open(address.url(), key.publicPem());
    }
}
