package mx.refahub.hub;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** A start that a person can mend fails in one line that says how. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartReporter implements SpringBootExceptionReporter {
    private static final Logger LOG = LoggerFactory.getLogger(HubApplication.class);

    @Override
    public boolean reportException(Throwable failure) {
        Optional<String> line = line(failure);
        line.ifPresent(LOG::error);
        return line.isPresent();
    }

    static Optional<String> line(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof StartRefused) return Optional.of(String.valueOf(each.getMessage()));
            if (each instanceof PortInUseException port)
                return Optional.of(
                        "Port " + port.getPort()
                                + " is taken, the hub's console needs it: stop the program that uses it or start with --server.port=ANOTHER.");
        }
        return Optional.empty();
    }
}
