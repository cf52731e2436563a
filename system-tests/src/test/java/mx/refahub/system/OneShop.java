package mx.refahub.system;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One shop for all test classes of this run; ended after the last. A test that kills a process starts it again; one that fails
 * leaves a picture. */
final class OneShop implements ParameterResolver, AfterTestExecutionCallback {
    private static final Namespace HERE = Namespace.create(OneShop.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Shop.class;
    }

    @Override
    public Shop resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(HERE).computeIfAbsent(Shop.class, unused -> open(), Shop.class);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent())
            Browser.shootLast("failed-" + context.getRequiredTestMethod().getName());
    }

    private static Shop open() {
        try {
            // With stations of their own for salespeople: tills with a drawer work as they do without.
            return Shop.opened("day", port -> port, List.of(), List.of("--refahub.store.notes.stations=separate"));
        } catch (IOException e) {
            throw new IllegalStateException("the shop did not open", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the shop did not open", e);
        }
    }
}
