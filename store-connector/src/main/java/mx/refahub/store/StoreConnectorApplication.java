package mx.refahub.store;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import mx.refahub.pos.Pos;
import mx.refahub.search.StoreSearch;
import mx.refahub.store.relay.RelayChild;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Process 2, one per branch. With the argument {@code relay} it is its own child: the process around the store's broker. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(excludeName = "org.apache.camel.spring.boot.CamelAutoConfiguration")
@Import({StoreConnector.class, StoreSearch.class, Pos.class})
public class StoreConnectorApplication {
    static final String RELAY = "relay";

    /** What holds unless {@code config/store-connector.yml}, the environment or the command line says otherwise. */
    static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("spring.application.name", "store-connector"),
            Map.entry("spring.config.name", "application,store-connector"),
            Map.entry("server.address", "127.0.0.1"),
            Map.entry("server.port", "8080"),
            Map.entry("server.shutdown", "graceful"),
            Map.entry("spring.main.banner-mode", "off"),
            Map.entry("refahub.search.directory", "${refahub.store.data-dir:./data/store}/search"),
            Map.entry("management.endpoints.web.exposure.include", "health,prometheus,metrics,mappings"),
            Map.entry("management.endpoint.health.show-details", "always"),
            Map.entry("management.endpoint.health.status.order", "down,out-of-service,degraded,unknown,up"),
            Map.entry("logging.level.org.flywaydb", "warn"),
            Map.entry("logging.level.org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter", "off"));

    StoreConnectorApplication() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0 && arguments[0].equals(RELAY)) relay();
        else start(arguments);
    }

    private static void relay() throws IOException {
        PrintStream pipe = System.out;
        // Whatever logs to standard output would speak to the parent.
        System.setOut(System.err);
        RelayChild.run(System.in, pipe);
        System.exit(0);
    }

    private static void start(String[] arguments) {
        SpringApplication application = new SpringApplication(StoreConnectorApplication.class);
        application.setDefaultProperties(DEFAULTS);
        try {
            application.run(arguments);
        } catch (RuntimeException e) {
            // The one line that says why has been written.
            System.exit(1);
        }
    }
}
