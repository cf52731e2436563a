package mx.refahub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mx.refahub.domain.store.StoreSetup;
import mx.refahub.domain.store.StoreStatus;
import mx.refahub.domain.store.StoreStatus.RelayState;
import mx.refahub.domain.tax.TaxRegion;
import mx.refahub.store.command.CommandLineClient;
import mx.refahub.store.hublink.FakeHub;
import mx.refahub.store.setup.Registrar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole process once, as it is shipped, with a hub's HTTP beside it. */
class RunningConnectorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void a_connector_starts_empty_is_registered_and_runs_without_a_restart(@TempDir Path folder) throws Exception {
        try (FakeHub hub = new FakeHub(0);
                ConfigurableApplicationContext connector = start(folder)) {
            hub.time = Instant.now();
            String door = "http://127.0.0.1:" + connector.getEnvironment().getProperty("local.server.port");
            StoreStatus status = connector.getBean(StoreStatus.class);
            StoreSetup setup = connector.getBean(StoreSetup.class);

            assertThat(status.now().registered()).isFalse();
            assertThat(get(door + "/actuator/health").body()).contains("DEGRADED", "setup");

            assertThat(TestStore.done(setup.register(code(connector), registration(hub.address()))))
                    .isEqualTo("centro");

            await().atMost(PATIENCE).until(() -> status.now().linked());
            await().atMost(PATIENCE).until(() -> status.now().relay() == RelayState.RUNNING);
            assertThat(get(door + "/actuator/health").body()).contains("\"UP\"").doesNotContain("DEGRADED");
            assertThat(get(door + "/actuator/prometheus").body())
                    .contains("refahub_store_outbox_waiting 0.0", "refahub_store_linked 1.0");
            assertThat(get(door + "/api/status").body())
                    .contains("\"linked\":true")
                    .doesNotContain("store-secret");
            assertThat(get(door + "/actuator/mappings").statusCode())
                    .as("this machine may look")
                    .isEqualTo(200);
            assertThat(get(door + "/actuator/env").statusCode()).isIn(401, 403, 404);

            await().atMost(PATIENCE).until(() -> status.now().care().backupAt() != null);
            assertThat(command(folder, "status")).isZero();
            assertThat(command(folder, "backup")).isZero();
            assertThat(command(folder, "verify")).isZero();
            assertThat(command(folder, "restore", "--from", folder.toString())).isNotZero();
            assertThat(command(folder, "restart-services")).isZero();
            await().atMost(PATIENCE).until(() -> status.now().relay() != RelayState.RUNNING);
            await().atMost(PATIENCE).until(() -> status.now().relay() == RelayState.RUNNING);
            assertThat(folder.resolve("logs/connector.log")).exists();

            long stopping = System.nanoTime();
            connector.close();
            // Ends by itself; the five seconds are held by ProcessTest, which tries again where others have the
            // processors.
            assertThat(Duration.ofNanos(System.nanoTime() - stopping)).isLessThan(Duration.ofSeconds(20));
            assertThat(folder.resolve("desk.json")).doesNotExist();
        }
    }

    private static ConfigurableApplicationContext start(Path folder) {
        System.setProperty("spring.config.name", StoreConnectorApplication.CONFIGURATION);
        return new SpringApplicationBuilder(StoreConnectorApplication.class)
                .run("--server.port=0", "--refahub.store.data-dir=" + folder);
    }

    private static int command(Path folder, String... words) {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--data-dir", folder.toString()));
        return CommandLineClient.run(
                arguments.toArray(String[]::new),
                CommandSettings::read,
                CommandSettings::take,
                HardwareCommand::test,
                Clock.systemUTC());
    }

    /** As the log says it when it is announced again. */
    private static String code(ConfigurableApplicationContext connector) {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Registrar.class);
        logger.addAppender(log);
        connector.getBean(Registrar.class).announce();
        logger.detachAppender(log);
        List<String> lines =
                log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        assertThat(lines).hasSize(1);
        return lines.getFirst().replaceAll("setup code code=(\\S+) .*", "$1");
    }

    private static StoreSetup.Registration registration(String hub) {
        return new StoreSetup.Registration(
                hub,
                "admin@refahub.mx",
                FakeHub.PASSWORD,
                "",
                "Centro",
                "CEN",
                "",
                "06000",
                TaxRegion.STANDARD,
                "America/Mexico_City",
                "marta",
                "Marta",
                2,
                Optional.empty());
    }

    private static HttpResponse<String> get(String address) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
