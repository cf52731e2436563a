package mx.refahub.store.status;

import java.util.ArrayList;
import java.util.List;
import mx.refahub.domain.store.StoreStatus;
import mx.refahub.domain.store.StoreStatus.PrinterState;
import mx.refahub.domain.store.StoreStatus.RelayState;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** Selling works whenever this answers at all; {@code DEGRADED} says that something else does not. */
public final class ConnectorHealth extends AbstractHealthIndicator {
    static final Status DEGRADED = new Status("DEGRADED");

    private final StoreStatus status;

    public ConnectorHealth(StoreStatus status) {
        super("the connector's health check failed");
        this.status = status;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        StoreStatus.Snapshot now = status.now();
        List<String> troubles = new ArrayList<>();
        if (!now.registered()) troubles.add("setup");
        else {
            if (!now.linked()) troubles.add("hub");
            if (now.relay() != RelayState.RUNNING) troubles.add("relay");
        }
        if (now.halted() != null) troubles.add("halted");
        if (now.printer() == PrinterState.FAILING) troubles.add("printer");
        StoreStatus.Care care = now.care();
        if (care.disk() != StoreStatus.DiskState.AMPLE) troubles.add("disk");
        if (care.clock() != StoreStatus.ClockState.RIGHT) troubles.add("clock");
        if (care.backupTrouble() != null) troubles.add("backup");
        if (care.locked() != null) troubles.add("locked");
        builder.status(troubles.isEmpty() ? Status.UP : DEGRADED)
                .withDetail("troubles", troubles)
                .withDetail("outbox", now.outboxLast())
                .withDetail("acknowledged", now.acknowledged());
    }
}
