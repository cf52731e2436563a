package mx.refahub.hub.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.ResourceBundleMessageSource;
import tools.jackson.databind.json.JsonMapper;

/** HTTP between machines, as docs/architecture.md lists it. */
@Configuration(proxyBeanMethods = false)
@Import({
    MachineSecurity.class,
    AuthController.class,
    StoresController.class,
    IndexController.class,
    ImagesController.class,
    HubStatus.class,
    ReconcileController.class,
    LivesController.class,
    LenderController.class,
    ProblemAdvice.class
})
public class MachineHttp {
    @Bean
    Problems machineProblems(JsonMapper json) {
        ResourceBundleMessageSource texts = new ResourceBundleMessageSource();
        texts.setBasename("mx/refahub/hub/http/machine-messages");
        texts.setDefaultEncoding(StandardCharsets.UTF_8.name());
        texts.setFallbackToSystemLocale(false);
        texts.setDefaultLocale(Locale.of("es", "MX"));
        return new Problems(texts, json);
    }
}
