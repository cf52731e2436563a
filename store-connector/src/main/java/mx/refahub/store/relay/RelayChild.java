package mx.refahub.store.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import mx.refahub.domain.MachineClock;
import mx.refahub.domain.delivery.DownLink;
import mx.refahub.domain.delivery.RelayCursor;
import mx.refahub.domain.document.Outbox;
import mx.refahub.domain.hub.RouteMap;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.wire.Heartbeat;
import mx.refahub.domain.wire.Heartbeat.RouteFigures;
import mx.refahub.routes.DocumentRelay;
import mx.refahub.routes.StoreLink;
import mx.refahub.routes.StoreRoutes;
import mx.refahub.routes.watch.RouteWatch;
import mx.refahub.store.outbox.SqliteOutbox;
import mx.refahub.store.sqlite.ReadOnlyFile;
import mx.refahub.store.sqlite.SqliteFile;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** The child process: the store's broker and routes, and nothing that a till needs. It ends when its standard input does. */
public final class RelayChild {
    private static final Logger LOG = LoggerFactory.getLogger(RelayChild.class);
    private static final String WAKE = "wake";
    private static final String STOP = "stop";
    private static final Duration STATE_INTERVAL = Duration.ofSeconds(1);
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    /** Of those intervals: half of a heartbeat's. */
    private static final int FIGURES_EVERY = 15;

    /**
     * A store is offline for weeks at times: bridge and listener would say so every second. {@code LinkWatch} and the heartbeat say it once.
     */
    private static final Map<String, Object> PROPERTIES = Map.of(
            "spring.config.name", "store-relay",
            "spring.main.banner-mode", "off",
            "logging.pattern.console", "%level %logger{0} %replace(%msg){'[\\r\\n]+', ' | '}%n%ex",
            "logging.level.org.flywaydb", "warn",
            "logging.level.org.apache.activemq", "error",
            "logging.level.org.apache.activemq.audit", "off",
            "logging.level.org.apache.camel", "warn",
            "logging.level.org.apache.camel.component.jms.DefaultJmsMessageListenerContainer", "off",
            "camel.main.name", "store-relay",
            "camel.main.shutdown-timeout", "10");

    private RelayChild() {}

    /** Only what the routes need: the class path holds the whole till. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @ImportAutoConfiguration(CamelAutoConfiguration.class)
    @Import(StoreRoutes.class)
    static class Setup {}

    /** @param out the pipe to the parent; the log must go elsewhere */
    public static void run(InputStream in, PrintStream out) throws IOException, InterruptedException {
        JsonMapper json = JsonMapper.builder().build();
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        String first = lines.readLine();
        if (first == null) return;
        RelayStart start = json.readValue(first, RelayStart.class);
        Pipe pipe = new Pipe(out, json);
        BlockingQueue<String> said = new LinkedBlockingQueue<>();
        Thread.ofPlatform().daemon().name("relay input").start(() -> listen(lines, said));
        try (ConfigurableApplicationContext context = context(start, pipe)) {
            DocumentRelay relay = context.getBean(DocumentRelay.class);
            pipe.send(ChildLine.ready());
            RouteMap routes = context.getBean(RouteWatch.class).over(context.getBean(CamelContext.class));
            Thread.ofPlatform().daemon().name("relay state").start(() -> tellState(relay, routes, pipe));
            relay.wake();
            while (!said.take().equals(STOP)) relay.wake();
        }
    }

    /**
     * What the parent says, from our first moment on: one that dies while we still start ends us too. Nobody waits for an orphan, and the next relay wants its folder: a
     * broker whose hub does not answer would take half a minute to stop. What does not end soon is cut off, which journal and outbox are made for.
     */
    private static void listen(BufferedReader lines, BlockingQueue<String> said) {
        try {
            for (String line = lines.readLine(); line != null && !line.equals(STOP); line = lines.readLine())
                if (line.equals(WAKE) && said.isEmpty()) said.add(WAKE);
        } catch (IOException e) {
            LOG.debug("the connector's pipe broke off", e);
        }
        said.add(STOP);
        LockSupport.parkNanos(FAREWELL.toNanos());
        Runtime.getRuntime().halt(1);
    }

    private static ConfigurableApplicationContext context(RelayStart start, Pipe pipe) {
        Path folder = Path.of(start.folder());
        StoreId store = new StoreId(start.store());
        return new SpringApplicationBuilder(Setup.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .properties(PROPERTIES)
                .initializers(context -> {
                    GenericApplicationContext beans = (GenericApplicationContext) context;
                    beans.registerBean(
                            StoreLink.class,
                            () -> new StoreLink(
                                    store,
                                    start.epoch(),
                                    start.slug(),
                                    start.hubUrl(),
                                    start.user(),
                                    start.password(),
                                    folder.resolve("broker"),
                                    start.hubKey()));
                    // Files after the log is set up, and closed after the routes that use them.
                    beans.registerBean(
                            SqliteFile.class, () -> SqliteFile.open(folder.resolve("relay.db"), "db/store/relay"));
                    beans.registerBean(ReadOnlyFile.class, () -> ReadOnlyFile.open(folder.resolve("sales.db")));
                    beans.registerBean(Outbox.class, () -> new SqliteOutbox(beans.getBean(ReadOnlyFile.class), store));
                    beans.registerBean(
                            RelayCursor.class,
                            () -> new SqliteRelayCursor(beans.getBean(SqliteFile.class), start.base()));
                    beans.registerBean(DownLink.class, () -> pipe);
                    beans.registerBean(Clock.class, MachineClock::utc);
                })
                .run();
    }

    private static void tellState(DocumentRelay relay, RouteMap routes, Pipe pipe) {
        ChildLine told = null;
        ChildLine figuresTold = null;
        for (long turn = 0; ; turn++) {
            try {
                DocumentRelay.State state = relay.state();
                told = tell(ChildLine.state(state.relay().relayed(), state.linked()), told, pipe);
                if (turn % FIGURES_EVERY == 0) figuresTold = tell(ChildLine.routes(figures(routes)), figuresTold, pipe);
            } catch (RuntimeException e) {
                // Nobody would know of the link any more if this ended.
                LOG.warn("state not told reason={}", e.toString());
            }
            LockSupport.parkNanos(STATE_INTERVAL.toNanos());
        }
    }

    private static ChildLine tell(ChildLine now, @Nullable ChildLine told, Pipe pipe) {
        if (!now.equals(told)) pipe.send(now);
        return now;
    }

    private static List<RouteFigures> figures(RouteMap routes) {
        return routes.routes().stream()
                .limit(Heartbeat.MOST_ROUTES)
                .map(route -> new RouteFigures(
                        route.id(),
                        route.running(),
                        route.pace().perSecond(),
                        route.pace().meanMillis(),
                        route.pace().p95Millis(),
                        route.pace().failed(),
                        route.lastFailure()))
                .toList();
    }
}
