package mx.refahub.store;

import java.util.Locale;
import mx.refahub.store.backup.DamagedDatabase;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says in one line why the connector does not start and what to do. Named in {@code META-INF/spring.factories}. */
final class StartFailures {
    private StartFailures() {}

    @Order(Ordered.HIGHEST_PRECEDENCE)
    static final class Analyzer implements FailureAnalyzer {
        @Override
        public @Nullable FailureAnalysis analyze(Throwable failure) {
            for (Throwable t = failure; t != null; t = t.getCause()) {
                if (t instanceof PortInUseException taken)
                    return new FailureAnalysis(
                            "port " + taken.getPort() + " is taken:",
                            "stop what uses it, or choose another with --server.port=N",
                            failure);
                if (t instanceof DamagedDatabase damaged)
                    return new FailureAnalysis(
                            "la base de datos está dañada: " + damaged.getMessage() + ".",
                            "La página de la tienda y la línea siguiente de la bitácora dicen con qué orden se restaura.",
                            failure);
                if (t instanceof StartRefused refused)
                    return new FailureAnalysis(String.valueOf(refused.getMessage()), "", failure);
            }
            return null;
        }
    }

    static final class OneLine implements FailureAnalysisReporter {
        @Override
        public void report(FailureAnalysis analysis) {
            String action = analysis.getAction() == null ? "" : " " + analysis.getAction();
            String line = (analysis.getDescription() + action).strip().replaceAll("\\s*[\\r\\n]+\\s*", "; ");
            System.err.println(String.format(Locale.ROOT, "the store connector does not start: %s", line));
        }
    }
}
