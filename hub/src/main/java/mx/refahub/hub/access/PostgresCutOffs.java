package mx.refahub.hub.access;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.hub.CutOffs;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import mx.refahub.hub.access.CutOffTable.CutOffRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Written first, connections ended after: whoever comes in between is asked anew and finds the row. */
final class PostgresCutOffs implements CutOffs {
    private static final int LONGEST_REASON = 300;
    private static final Logger LOG = LoggerFactory.getLogger(PostgresCutOffs.class);
    private final CutOffTable table;
    private final AuditTrail audit;
    private final Consumer<String> disconnect;
    private final Clock clock;
    private final TransactionTemplate transaction;

    /** @param disconnect takes the store's user at the broker */
    PostgresCutOffs(
            CutOffTable table,
            AuditTrail audit,
            Consumer<String> disconnect,
            Clock clock,
            TransactionTemplate transaction) {
        this.table = table;
        this.audit = audit;
        this.disconnect = disconnect;
        this.clock = clock;
        this.transaction = transaction;
    }

    @Override
    public Outcome<CutOff> cutOff(StoreId store, String reason, Person by) {
        String said = reason.strip();
        if (said.isEmpty() || said.length() > LONGEST_REASON) return Outcome.refused("cut-off-reason-missing");
        UUID id = store.value();
        Optional<String> user = table.brokerUser(id);
        if (user.isEmpty()) return Outcome.refused("store-unknown");
        transaction.executeWithoutResult(status -> {
            if (table.insert(id, clock.instant(), by.id().value(), by.name(), said) == 0) return;
            audit.record(by.id().toString(), "store-cut-off", store.toString());
            LOG.warn("store cut off store={} by={}", store, by.id());
        });
        // Also when it was cut off before: a click that comes twice must not find a connection that the first one
        // missed.
        disconnect.accept(user.get());
        return of(store).<Outcome<CutOff>>map(Outcome::done).orElseGet(() -> Outcome.refused("store-unknown"));
    }

    @Override
    public Outcome<StoreId> letIn(StoreId store, Person by) {
        UUID id = store.value();
        Optional<String> user = table.brokerUser(id);
        if (user.isEmpty()) return Outcome.refused("store-unknown");
        transaction.executeWithoutResult(status -> {
            if (table.delete(id) == 0) return;
            audit.record(by.id().toString(), "store-let-in", store.toString());
            LOG.warn("store let in again store={} by={}", store, by.id());
        });
        // The broker remembers refusals for a moment.
        disconnect.accept(user.get());
        return Outcome.done(store);
    }

    @Override
    public Optional<CutOff> of(StoreId store) {
        return table.of(store.value()).map(row -> view(store, row));
    }

    private static CutOff view(StoreId store, CutOffRow row) {
        return new CutOff(store, row.cutOffAt(), row.cutOffByName(), row.reason());
    }
}
