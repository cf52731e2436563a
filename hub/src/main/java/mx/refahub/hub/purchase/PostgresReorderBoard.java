package mx.refahub.hub.purchase;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntSupplier;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.purchase.ReorderBoard;
import mx.refahub.domain.store.Person;
import mx.refahub.hub.access.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

final class PostgresReorderBoard implements ReorderBoard {
    private static final int MOST = 500;
    /** Of suggested lines; more are there when these are ordered. */
    private static final int MOST_SUGGESTED = 5_000;

    private static final int MOST_DAYS = 90;

    private final ReorderTable table;
    private final AuditTrail audit;
    private final Clock clock;
    private final TransactionTemplate transaction;

    PostgresReorderBoard(ReorderTable table, AuditTrail audit, Clock clock, TransactionTemplate transaction) {
        this.table = table;
        this.audit = audit;
        this.clock = clock;
        this.transaction = transaction;
    }

    @Override
    public List<Alert> list(Asked asked) {
        Kind kind = asked.kind();
        return table
                .alerts(
                        kind == null ? null : kind.name(),
                        asked.store(),
                        asked.snoozed(),
                        asked.resolved(),
                        clock.instant(),
                        Math.clamp(asked.limit(), 1, MOST))
                .stream()
                .map(PostgresReorderBoard::alert)
                .toList();
    }

    private static Alert alert(ReorderTable.AlertRow row) {
        List<FromBranch> from = new ArrayList<>();
        for (int i = 0; i < row.fromStores().length; i++)
            from.add(new FromBranch(row.fromStores()[i], row.fromCodes()[i], new Quantity(row.fromQuantities()[i])));
        return new Alert(
                row.id(),
                Kind.valueOf(row.kind()),
                row.storeId(),
                row.storeCode(),
                new PartId(row.partId()),
                row.lineCode(),
                row.partNumber(),
                row.name(),
                new Quantity(row.onHand()),
                new Quantity(row.onWay()),
                new Quantity(row.onOrder()),
                row.perDay(),
                row.lostPerDay(),
                row.season(),
                row.leadDays(),
                new Quantity(row.point()),
                new Quantity(row.target()),
                new Quantity(row.need()),
                new Quantity(row.fromBranches()),
                new Quantity(row.toOrder()),
                new Money(
                        row.value(),
                        row.kind().equals(Kind.REORDER.name()) ? Currency.getInstance(row.currency()) : Money.MXN),
                row.lastSoldOn(),
                row.supplierId(),
                row.supplierName(),
                row.theirNumber(),
                row.cost(),
                row.raisedAt(),
                row.acknowledgedAt(),
                row.snoozedUntil(),
                row.resolvedAt(),
                from);
    }

    /** What was changed and who did it are written together, or neither. */
    private Outcome<Alert> changed(UUID id, IntSupplier change, String act, Person by) {
        return Objects.requireNonNull(transaction.execute(status -> {
            int rows = change.getAsInt();
            ReorderTable.AlertRow row = table.alert(id).orElse(null);
            if (row == null) return Outcome.refused("alert-unknown");
            if (rows == 0) return Outcome.refused("alert-resolved");
            audit.record(by.id().toString(), "reorder alert " + act, id.toString());
            return Outcome.done(alert(row));
        }));
    }

    @Override
    public Outcome<Alert> acknowledge(UUID alert, Person by) {
        return changed(alert, () -> table.acknowledge(alert, clock.instant(), by.name()), "acknowledged", by);
    }

    @Override
    public Outcome<Alert> snooze(UUID alert, int days, Person by) {
        Duration sleep = Duration.ofDays(Math.clamp(days, 1, MOST_DAYS));
        return changed(alert, () -> table.snooze(alert, clock.instant().plus(sleep), by.name()), "snoozed", by);
    }

    @Override
    public Outcome<Alert> resolve(UUID alert, String why, Person by) {
        String reason = why.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return changed(alert, () -> table.resolve(alert, clock.instant(), by.name(), reason), "resolved", by);
    }

    private record Group(@Nullable UUID supplier, UUID store) {}

    @Override
    public List<Suggestion> suggested() {
        Map<Group, List<ReorderTable.AlertRow>> groups = new LinkedHashMap<>();
        for (ReorderTable.AlertRow row : table.toOrder(clock.instant(), MOST_SUGGESTED))
            groups.computeIfAbsent(new Group(row.supplierId(), row.storeId()), unused -> new ArrayList<>())
                    .add(row);
        Map<Group, List<ReorderTable.FillerRow>> fillers = new LinkedHashMap<>();
        for (ReorderTable.FillerRow row : table.fillers(MOST_SUGGESTED))
            fillers.computeIfAbsent(new Group(row.supplierId(), row.storeId()), unused -> new ArrayList<>())
                    .add(row);
        Set<UUID> filledUp = Set.copyOf(table.filledUp());
        List<Suggestion> suggestions = new ArrayList<>();
        groups.forEach((group, rows) -> {
            ReorderTable.AlertRow first = rows.getFirst();
            Currency currency = Currency.getInstance(first.currency());
            Money total = Money.zero(currency);
            for (ReorderTable.AlertRow row : rows) {
                BigDecimal cost = row.cost();
                if (cost != null)
                    total = total.plus(Money.rounded(cost.multiply(new Quantity(row.toOrder()).value()), currency));
            }
            Money minimum = new Money(first.minimumOrder(), currency);
            boolean fills = group.supplier() != null && filledUp.contains(group.supplier());
            List<Filler> along = new ArrayList<>();
            if (fills)
                for (ReorderTable.FillerRow row : fillers.getOrDefault(group, List.of())) {
                    Filler filler = filler(row, minimum.minus(total));
                    if (filler == null) break;
                    along.add(filler);
                    total = total.plus(Money.rounded(
                            filler.cost().multiply(filler.quantity().value()), currency));
                }
            suggestions.add(new Suggestion(
                    group.supplier(),
                    first.supplierName(),
                    group.store(),
                    first.storeCode(),
                    total,
                    minimum,
                    rows.stream().map(PostgresReorderBoard::alert).toList(),
                    fills,
                    along));
        });
        return suggestions;
    }

    /** As many packs as are lacking, and no more than there is room for; null where nothing lacks. */
    private static @Nullable Filler filler(ReorderTable.FillerRow row, Money lacking) {
        if (lacking.minor() <= 0) return null;
        BigDecimal pack = row.cost().multiply(new Quantity(row.pack()).value());
        long packs = lacking.amount().divide(pack, 0, RoundingMode.CEILING).longValueExact();
        return new Filler(
                new PartId(row.partId()),
                row.lineCode(),
                row.partNumber(),
                row.name(),
                row.theirNumber(),
                row.cost(),
                new Quantity(Math.min(row.room(), Math.multiplyExact(packs, row.pack()))),
                new Quantity(row.available()),
                new Quantity(row.point()),
                new Quantity(row.target()),
                row.perDay(),
                row.days());
    }

    @Override
    public Outcome<Boolean> limits(
            UUID store, PartId part, @Nullable Quantity minimum, @Nullable Quantity maximum, Person by) {
        if (minimum != null && maximum != null && maximum.compareTo(minimum) < 0)
            return Outcome.refused("reorder-limits-wrong");
        return Objects.requireNonNull(transaction.execute(status -> {
            int kept = table.limits(
                    store,
                    part.value(),
                    minimum == null ? null : minimum.thousandths(),
                    maximum == null ? null : maximum.thousandths(),
                    clock.instant());
            if (kept == 0) return Outcome.refused("part-unknown");
            audit.record(by.id().toString(), "reorder limits kept", store + " " + part);
            return Outcome.done(true);
        }));
    }
}
