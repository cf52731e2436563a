package mx.refahub.system;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One shop for all test classes of this process, whatever session they come in; ended with it. A test that kills a process starts it again; one that fails
 * leaves a picture.
 */
final class OneShop implements ParameterResolver, AfterTestExecutionCallback {
    /** Where the simulator of SAP Business One listens. */
    static final int SAP_PORT = Programs.freePort();

    /** Where the simulator of Mercado Libre listens. */
    static final int MARKET_PORT = Programs.freePort();

    private static @Nullable Shop shop;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Shop.class;
    }

    @Override
    public Shop resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return one();
    }

    private static synchronized Shop one() {
        if (shop == null) {
            Shop opened = open();
            Runtime.getRuntime().addShutdownHook(new Thread(opened::close, "the shop closes"));
            shop = opened;
        }
        return shop;
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent())
            Browser.shootLast("failed-" + context.getRequiredTestMethod().getName());
    }

    private static Shop open() {
        try {
            // With stations of their own for salespeople: tills with a drawer work as they do without.
            return Shop.opened(
                    "day",
                    new Shop.Outfit(
                            port -> port,
                            // Small slices: a test's file is worth sharing. Without workers it is of no account.
                            List.of(
                                    "--refahub.work.slice=64KB",
                                    "--refahub.outside.loopback=true",
                                    "--refahub.outside.simulators.sap=" + SAP_PORT,
                                    "--refahub.outside.simulators.mercado-libre=" + MARKET_PORT),
                            List.of(
                                    "--refahub.store.terminal.simulator=true",
                                    "--refahub.store.notes.stations=separate"),
                            Map.of(),
                            Map.of(),
                            List.of()));
        } catch (IOException e) {
            throw new IllegalStateException("the shop did not open", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the shop did not open", e);
        }
    }
}
