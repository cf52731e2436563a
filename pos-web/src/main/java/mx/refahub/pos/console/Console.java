package mx.refahub.pos.console;

import jakarta.servlet.MultipartConfigElement;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.hub.StoreBoard;
import mx.refahub.domain.job.Jobs;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/**
 * The console's door. The process brings the ports {@code StoreBoard}, {@code ConsoleAccess}, {@code RouteMap}, {@code Jobs}, {@code Commands},
 * an {@code IdSource}, a {@code Clock} and a {@code JwtDecoder} for the tokens that it signs.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConsoleSettings.class)
@Import({
    ConsoleSecurity.class,
    ConsolePage.class,
    SessionController.class,
    StoresController.class,
    PeopleController.class,
    DocumentsController.class,
    JobsController.class,
    RoutesController.class,
    EventsController.class,
    ProblemAdvice.class,
    UploadAdvice.class
})
public class Console {
    /** Above it a part of a request goes to disk; forms without files stay below. */
    private static final int IN_MEMORY = 64 * 1024;

    private static final Duration LIBRARIES_KEPT = Duration.ofDays(365);

    @Bean
    Texts consoleTexts() {
        return new Texts();
    }

    @Bean
    Problems consoleProblems(Texts texts, JsonMapper json) {
        return new Problems(texts, json);
    }

    @Bean
    UploadFolder consoleUploads(ConsoleSettings settings, IdSource ids) throws IOException {
        return new UploadFolder(settings.uploadFolder(), ids);
    }

    @Bean
    MultipartConfigElement consoleMultipart(ConsoleSettings settings, UploadFolder folder) {
        return new MultipartConfigElement(
                folder.path().toString(),
                settings.uploadFile().toBytes(),
                settings.uploadRequest().toBytes(),
                IN_MEMORY);
    }

    @Bean
    LiveFeed consoleLiveFeed(StoreBoard board, Jobs jobs, Clock clock, ConsoleSettings settings) {
        return new LiveFeed(board, jobs, clock, settings);
    }

    /** Its own static root: a till never serves these files. Libraries carry their version in the address. */
    @Bean
    WebMvcConfigurer consoleFiles() {
        return new WebMvcConfigurer() {
            @Override
            public void addResourceHandlers(ResourceHandlerRegistry registry) {
                registry.addResourceHandler("/console/libraries/**")
                        .addResourceLocations("classpath:/META-INF/resources/webjars/")
                        .setCacheControl(CacheControl.maxAge(LIBRARIES_KEPT)
                                .cachePublic()
                                .immutable());
                registry.addResourceHandler("/console/files/**")
                        .addResourceLocations("classpath:/console/")
                        .setCacheControl(CacheControl.noCache());
            }
        };
    }
}
