package mx.refahub.hub;

import mx.refahub.batch.BatchWork;
import mx.refahub.hub.work.WorkerRooms;
import mx.refahub.routes.WorkerRoutes;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The hub's program with {@code refahub.hub.role=worker}: takes slices of the hub's work, and serves nobody. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    PropertyPlaceholderAutoConfiguration.class,
    ConfigurationPropertiesAutoConfiguration.class,
    CamelAutoConfiguration.class
})
@Import({WorkerRooms.class, BatchWork.class, WorkerRoutes.class})
class WorkerApplication {}
