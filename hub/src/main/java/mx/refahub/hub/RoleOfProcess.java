package mx.refahub.hub;

import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;

/** Chooses what this process is made of as soon as its settings are read. */
final class RoleOfProcess implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {
    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        HubSettings.Role role = Binder.get(event.getEnvironment())
                .bind("refahub.hub.role", HubSettings.Role.class)
                .orElse(HubSettings.Role.ALL);
        SpringApplication application = event.getSpringApplication();
        switch (role) {
            case ALL -> application.addPrimarySources(List.of(HubApplication.class));
            case WORKER -> {
                application.addPrimarySources(List.of(WorkerApplication.class));
                application.setWebApplicationType(WebApplicationType.NONE);
                // There is no web server to live for.
                application.setKeepAlive(true);
            }
        }
    }
}
