package mx.refahub.store;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import mx.refahub.pos.Pos;
import mx.refahub.search.StoreSearch;
import mx.refahub.store.backup.DamagedDatabase;
import mx.refahub.store.backup.LockedPage;
import mx.refahub.store.command.Answer;
import mx.refahub.store.command.CommandLineClient;
import mx.refahub.store.relay.RelayChild;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Process 2, one per branch. With the argument {@code relay} it is its own child: the process around the store's broker. With any other word it is a command.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(excludeName = "org.apache.camel.spring.boot.CamelAutoConfiguration")
// In this order their parts are made.
@Import({Ground.class, StoreSearch.class, StoreConnector.class, Pos.class})
public class StoreConnectorApplication {
    static final String RELAY = "relay";
    static final String REHEARSE = "rehearse";
    static final String CONFIGURATION = "application,store-connector";

    StoreConnectorApplication() {}

    /** As {@code EX_TEMPFAIL}: whoever watches this process starts it again. */
    static final int START_AGAIN = 75;

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length > 0 && arguments[0].equals(RELAY)) relay();
        else if (arguments.length > 0 && arguments[0].equals(REHEARSE)) rehearse(arguments);
        else if (CommandLineClient.isCommand(arguments)) command(arguments);
        else start(arguments);
    }

    private static void command(String[] arguments) {
        // A command says what it has to say; the log would only be in between.
        System.setProperty("logging.level.root", "warn");
        // Prepared by the build is the connector, not what a command reads of its settings.
        System.setProperty("spring.aot.enabled", "false");
        System.setProperty("spring.config.name", CONFIGURATION);
        System.exit(CommandLineClient.run(
                arguments, CommandSettings::read, CommandSettings::take, HardwareCommand::test, Clock.systemUTC()));
    }

    /** {@code rehearse FOLDER}: for {@code -XX:AOTCacheOutput} (ADR 12). */
    private static void rehearse(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 2) {
            System.err.println("rehearse takes a folder that is empty or not there yet");
            System.exit(Answer.USAGE);
        }
        System.setProperty("spring.config.name", CONFIGURATION);
        try {
            Rehearsal.run(new SpringApplication(StoreConnectorApplication.class), Path.of(arguments[1]));
            System.exit(0);
        } catch (StartRefused e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void relay() throws IOException, InterruptedException {
        PrintStream pipe = System.out;
        // Whatever logs to standard output would speak to the parent.
        System.setOut(System.err);
        RelayChild.run(System.in, pipe);
        System.exit(0);
    }

    private static void start(String[] arguments) throws IOException, InterruptedException {
        // Boot also reads every file of this name in ./config: each process has its own beside the shared one.
        System.setProperty("spring.config.name", CONFIGURATION);
        AtomicReference<Environment> settings = new AtomicReference<>();
        SpringApplication application = new SpringApplication(StoreConnectorApplication.class);
        application.addListeners((ApplicationListener<ApplicationEnvironmentPreparedEvent>)
                prepared -> settings.set(prepared.getEnvironment()));
        try {
            application.run(arguments);
        } catch (SpringApplication.AbandonedRunException e) {
            // Not started but looked at, by the build.
            throw e;
        } catch (RuntimeException e) {
            // The one line that says why has been written.
            Optional<DamagedDatabase> damaged = damage(e);
            Environment environment = settings.get();
            if (damaged.isEmpty() || environment == null) System.exit(1);
            else standLocked(damaged.get(), environment);
        }
    }

    private static Optional<DamagedDatabase> damage(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause())
            if (t instanceof DamagedDatabase damaged) return Optional.of(damaged);
        return Optional.empty();
    }

    private static void standLocked(DamagedDatabase damaged, Environment settings)
            throws IOException, InterruptedException {
        InetSocketAddress at = new InetSocketAddress(
                settings.getProperty("server.address", "127.0.0.1"),
                settings.getProperty("server.port", Integer.class, 8080));
        try (LockedPage page = LockedPage.open(damaged, program(), at)) {
            page.awaitMended();
        }
        System.exit(START_AGAIN);
    }

    /** With the very Java that runs now where its path can be written as it is: the one on the path may be too old. */
    private static String program() {
        String classPath = System.getProperty("java.class.path", "");
        String jar = classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)
                ? Path.of(classPath).toAbsolutePath().toString()
                : "refahub-store-connector.jar";
        String java = ProcessHandle.current().info().command().orElse("java");
        // A line that begins with a quote is no command to PowerShell.
        return (java.contains(" ") ? "java" : java) + " -jar \"" + jar + '"';
    }
}
