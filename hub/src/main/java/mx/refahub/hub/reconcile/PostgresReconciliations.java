package mx.refahub.hub.reconcile;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.document.FrameCodec;
import mx.refahub.domain.reconcile.Finding;
import mx.refahub.domain.reconcile.Reconciliations;
import mx.refahub.domain.reconcile.Report;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.reconcile.ReconcileTable.FindingRow;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

final class PostgresReconciliations implements Reconciliations {
    private static final int LONGEST_REASON = 500;

    private final ReconcileTable table;
    private final AuditTrail audit;
    private final Clock clock;
    private final TransactionTemplate transaction;

    PostgresReconciliations(ReconcileTable table, AuditTrail audit, Clock clock, TransactionTemplate transaction) {
        this.table = table;
        this.audit = audit;
        this.clock = clock;
        this.transaction = transaction;
    }

    @Override
    public List<Run> runs(StoreId store, int most) {
        return table.runs(store.value(), most).stream()
                .map(row -> new Run(
                        row.id(),
                        Report.Cause.valueOf(row.cause()),
                        row.at(),
                        row.firstSequence(),
                        row.lastSequence(),
                        row.documents(),
                        row.cells(),
                        row.unequal(),
                        row.exchanged(),
                        row.sentAgain(),
                        row.mended(),
                        row.incomplete()))
                .toList();
    }

    @Override
    public List<CellRow> cells(UUID run) {
        return table.cells(run).stream()
                .map(row -> new CellRow(
                        row.day(),
                        row.type(),
                        row.storeCount(),
                        row.storeSum(),
                        row.hubCount(),
                        row.hubSum(),
                        row.equal()))
                .toList();
    }

    @Override
    public List<InRound> round(long run) {
        return table.round(run).stream()
                .map(row -> new InRound(
                        new StoreId(row.storeId()),
                        row.code(),
                        row.name(),
                        row.outcome() == null ? null : RoundOutcome.valueOf(row.outcome()),
                        row.fresh(),
                        row.endedAt(),
                        row.days(),
                        row.documents(),
                        row.unequal(),
                        row.differences(),
                        row.sentAgain(),
                        row.mended(),
                        row.incomplete(),
                        row.said()))
                .toList();
    }

    @Override
    public List<Difference> differences(StoreId store, int most) {
        return table.findings(store.value(), most).stream()
                .map(PostgresReconciliations::difference)
                .toList();
    }

    @Override
    public Optional<Pair> pair(UUID difference) {
        return table.finding(difference)
                .map(row -> new Pair(difference(row), new StoreId(row.storeId()), copy(row.storeCopy()), here(row)));
    }

    private @Nullable String here(FindingRow row) {
        return table.between(row.storeId(), row.sequence(), row.sequence(), 1).stream()
                .findFirst()
                .map(document -> new String(document.body(), StandardCharsets.UTF_8))
                .orElse(null);
    }

    private static @Nullable String copy(byte @Nullable [] frame) {
        if (frame == null) return null;
        return new String(FrameCodec.decode(frame).documents().getFirst().body(), StandardCharsets.UTF_8);
    }

    @Override
    public Outcome<Difference> settle(UUID id, Person by, String reason) {
        String why = reason.strip().replaceAll("\\p{Cntrl}", " ");
        if (why.isEmpty() || why.length() > LONGEST_REASON) return Outcome.refused("reason-needed");
        return transaction.execute(status -> {
            Optional<FindingRow> found = table.finding(id);
            if (found.isEmpty()) return Outcome.refused("difference-unknown");
            if (table.settle(id, clock.instant(), by.name(), why) != 1) return Outcome.refused("difference-settled");
            audit.record(
                    by.id().toString(),
                    "difference-settled",
                    found.get().storeId() + " " + found.get().sequence());
            return Outcome.done(
                    table.finding(id).map(PostgresReconciliations::difference).orElseThrow());
        });
    }

    private static Difference difference(FindingRow row) {
        return new Difference(
                row.id(),
                Finding.Kind.valueOf(row.kind()),
                row.sequence(),
                row.documentId(),
                row.day(),
                row.type(),
                row.storeAmount(),
                row.hubAmount(),
                row.foundAt(),
                row.goneAt(),
                row.settledAt(),
                row.settledBy(),
                row.reason());
    }
}
