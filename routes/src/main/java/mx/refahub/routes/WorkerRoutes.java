package mx.refahub.routes;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import mx.refahub.domain.job.SliceWork;
import mx.refahub.routes.broker.JmsComponents;
import mx.refahub.routes.failure.HubPolicies;
import mx.refahub.routes.failure.Troubles;
import mx.refahub.routes.watch.RouteWatch;
import mx.refahub.routes.work.SliceDesk;
import mx.refahub.routes.work.SliceRoutes;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A worker's door: it takes orders at the hub's broker, and nothing else. */
@Configuration(proxyBeanMethods = false)
public class WorkerRoutes {
    @Bean(Channels.WORKING)
    JmsComponent work(WorkLink link) {
        return JmsComponents.listeningTo(JmsComponents.oneAtATime(link));
    }

    @Bean
    CamelContextConfiguration contextSetup(ObjectProvider<MeterRegistry> meters) {
        return new ContextSetup(new RouteWatch(meters.getIfUnique(SimpleMeterRegistry::new)));
    }

    @Bean
    HubPolicies hubPolicies() {
        return new HubPolicies(new Troubles());
    }

    @Bean
    SliceRoutes sliceRoutes(SliceWork work) {
        return new SliceRoutes(new SliceDesk(work));
    }
}
