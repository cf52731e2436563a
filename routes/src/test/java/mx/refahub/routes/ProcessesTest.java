package mx.refahub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import mx.refahub.domain.delivery.BrokerAccounts;
import mx.refahub.domain.delivery.BrokerAccounts.Account;
import mx.refahub.domain.delivery.Command;
import mx.refahub.domain.delivery.Commands;
import mx.refahub.domain.delivery.DownLink;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.delivery.RelayCursor;
import mx.refahub.domain.document.Outbox;
import mx.refahub.domain.hub.RouteMap;
import mx.refahub.domain.job.SliceWork;
import mx.refahub.domain.market.MarketCounter;
import mx.refahub.domain.notice.Inbox;
import mx.refahub.domain.notice.Outgoing;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.stream.StreamVersions;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Both doors as the processes open them: Spring Boot, and nothing but the ports added. */
class ProcessesTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final StoreId STORE = new StoreId(new UUID(21, 1));

    @TempDir
    static Path dir;

    private static final PaperOutbox OUTBOX = new PaperOutbox(STORE, 1).write(3);
    private static final HeardDownLink DOWN_LINK = new HeardDownLink();
    private static final PaperIntake INTAKE =
            new PaperIntake(Clock.systemUTC()).knows(STORE, 1, OUTBOX.keys().getPublic());
    private static String hubUrl = "";

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(HubRoutes.class)
    static class HubProcess {
        @Bean
        Intake intake() {
            return INTAKE;
        }

        @Bean
        Ledgers ledgers() {
            return () -> new Ledgers.Progress(0, 0, 0, false);
        }

        @Bean
        PaperDeliveries deliveries() {
            return new PaperDeliveries();
        }

        @Bean
        BrokerAccounts accounts() {
            return new KnownStores().with(new Account("user", STORE, "centro"), "secret");
        }

        @Bean
        StreamVersions versions() {
            return Map::of;
        }

        @Bean
        SliceWork slices() {
            return (order, again) -> {};
        }

        @Bean
        Outgoing outgoing() {
            return new DrawnContexts.NoOutgoing();
        }

        @Bean
        Inbox inbox() {
            return new DrawnContexts.NoInbox();
        }

        @Bean
        MarketCounter markets() {
            return new PaperMarket();
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(StoreRoutes.class)
    static class ChildProcess {
        @Bean
        StoreLink link() {
            return new StoreLink(STORE, 1, "centro", hubUrl, "user", "secret", dir.resolve("relay"));
        }

        @Bean
        Outbox outbox() {
            return OUTBOX;
        }

        @Bean
        RelayCursor cursor() {
            return new KeptCursor();
        }

        @Bean
        DownLink downLink() {
            return DOWN_LINK;
        }

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }

    @Test
    void the_two_processes_find_each_other_and_run_all_that_is_drawn() throws Exception {
        try (ConfigurableApplicationContext hub =
                start(HubProcess.class, "--refahub.broker.port=0", "--refahub.broker.data-dir=" + dir.resolve("hub"))) {
            hubUrl = hub.getBean(BrokerAddress.class).url();
            try (ConfigurableApplicationContext child = start(ChildProcess.class)) {
                DocumentRelay relay = child.getBean(DocumentRelay.class);
                await().atMost(SOON).until(() -> relay.state().relay().acknowledged() == 3);
                assertThat(INTAKE.landed(STORE)).isEqualTo(OUTBOX.all());
                Command command = new Command(new UUID(21, 2), Command.Kind.STATUS);
                hub.getBean(Commands.class).send(STORE, command);
                await().atMost(SOON).until(() -> DOWN_LINK.heard().contains(command));

                TreeSet<String> running = new TreeSet<>(ids(hub));
                running.addAll(ids(child));
                TreeSet<String> drawn = new TreeSet<>();
                for (FlowsTest.Drawn each : FlowsTest.all())
                    drawn.add(each.route().getRouteId());
                assertThat(running).isEqualTo(drawn);
                assertThat(hub.getBean(RouteMap.class).routes()).anySatisfy(route -> {
                    assertThat(route.id()).isEqualTo("document-intake");
                    assertThat(route.total()).isPositive();
                });
                assertThat(hub.getBean(MeterRegistry.class)
                                .get("refahub.route")
                                .tag("route", "document-intake")
                                .timer()
                                .count())
                        .isPositive();
            }
        }
    }

    private static ConfigurableApplicationContext start(Class<?> process, String... arguments) {
        return new SpringApplicationBuilder(process)
                .web(WebApplicationType.NONE)
                .run(arguments);
    }

    private static List<String> ids(ConfigurableApplicationContext context) {
        return context.getBean(CamelContext.class).getRoutes().stream()
                .map(Route::getRouteId)
                .toList();
    }
}
