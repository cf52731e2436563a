package mx.refahub.store;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Map;
import mx.refahub.pos.Pos;
import mx.refahub.search.StoreSearch;
import mx.refahub.store.relay.RelayChild;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * Process 2, one per branch. With the argument {@code relay} it is its own child: the process around the store's broker. With {@code test-hardware} it looks at the devices, says what it
 * found, and ends.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(excludeName = "org.apache.camel.spring.boot.CamelAutoConfiguration")
@Import({StoreConnector.class, StoreSearch.class, Pos.class})
public class StoreConnectorApplication {
    static final String RELAY = "relay";
    static final String TEST_HARDWARE = "test-hardware";
    static final String CONFIGURATION = "application,store-connector";

    StoreConnectorApplication() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0 && arguments[0].equals(RELAY)) relay();
        else if (arguments.length > 0 && arguments[0].equals(TEST_HARDWARE)) testHardware(arguments);
        else start(arguments);
    }

    private static void relay() throws IOException {
        PrintStream pipe = System.out;
        // Whatever logs to standard output would speak to the parent.
        System.setOut(System.err);
        RelayChild.run(System.in, pipe);
        System.exit(0);
    }

    private static void testHardware(String[] arguments) {
        System.setProperty("spring.config.name", CONFIGURATION);
        System.exit(HardwareCommand.run(
                Map.of(), System.out, System.err, Arrays.copyOfRange(arguments, 1, arguments.length)));
    }

    private static void start(String[] arguments) {
        // Boot also reads every file of this name in ./config: each process has its own beside the shared one.
        System.setProperty("spring.config.name", CONFIGURATION);
        try {
            SpringApplication.run(StoreConnectorApplication.class, arguments);
        } catch (RuntimeException e) {
            // The one line that says why has been written.
            System.exit(1);
        }
    }
}
