package mx.refahub.hub.board;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import mx.refahub.hub.board.BoardTable.Trouble;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** The hub is up, and yet not well, while documents need a person. */
public final class DocumentsHealth implements HealthIndicator, MeterBinder {
    public static final Status DEGRADED = new Status("DEGRADED");
    private static final Duration WAITING_TOO_LONG = Duration.ofMinutes(10);
    private final BoardTable table;
    private final Clock clock;

    DocumentsHealth(BoardTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /** What is wrong, by name. */
    public enum Cause {
        DOCUMENTS_PARKED,
        DOCUMENTS_WAITING,
        STORE_FROZEN
    }

    public List<Cause> causes() {
        return causes(table.trouble());
    }

    private List<Cause> causes(Trouble trouble) {
        List<Cause> causes = new ArrayList<>();
        if (trouble.parked() > 0) causes.add(Cause.DOCUMENTS_PARKED);
        Instant since = trouble.waitingSince();
        if (since != null && since.plus(WAITING_TOO_LONG).isBefore(clock.instant()))
            causes.add(Cause.DOCUMENTS_WAITING);
        if (trouble.frozen() > 0) causes.add(Cause.STORE_FROZEN);
        return causes;
    }

    @Override
    public Health health() {
        Trouble trouble = table.trouble();
        Health.Builder health = causes(trouble).isEmpty() ? Health.up() : Health.status(DEGRADED);
        return health.withDetail("parked", trouble.parked())
                .withDetail("waiting", trouble.waiting())
                .withDetail("frozenStores", trouble.frozen())
                .build();
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        gauge(meters, "refahub.documents.parked.now", "documents that need a person", Trouble::parked);
        gauge(meters, "refahub.documents.waiting.now", "documents that wait for others", Trouble::waiting);
        gauge(meters, "refahub.stores.frozen", "stores of which nothing is accepted", Trouble::frozen);
    }

    private void gauge(MeterRegistry meters, String name, String what, ToDoubleFunction<Trouble> figure) {
        Gauge unused = Gauge.builder(name, table, each -> figure.applyAsDouble(each.trouble()))
                .description(what)
                .register(meters);
    }
}
