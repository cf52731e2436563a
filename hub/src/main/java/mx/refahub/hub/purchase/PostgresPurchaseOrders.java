package mx.refahub.hub.purchase;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.purchase.PurchaseOrder;
import mx.refahub.domain.purchase.PurchaseOrder.Act;
import mx.refahub.domain.purchase.PurchaseOrder.State;
import mx.refahub.domain.purchase.PurchaseOrders;
import mx.refahub.domain.purchase.Supplier;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.stream.Stream;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.stream.Publications;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

final class PostgresPurchaseOrders implements PurchaseOrders {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresPurchaseOrders.class);
    private static final int MOST_LISTED = 500;
    private static final int LONGEST = 200;
    private static final BigDecimal HIGHEST_RATE = BigDecimal.valueOf(1_000);
    /** Unit costs are compared in ten-thousandths. */
    private static final int COST_SCALE = 4;

    private static final int QUANTITY_SCALE = 3;

    private final OrderTable table;
    private final SupplierTable suppliers;
    private final Publications publications;
    private final AuditTrail audit;
    private final Clock clock;
    private final TransactionTemplate transaction;

    PostgresPurchaseOrders(
            OrderTable table,
            SupplierTable suppliers,
            Publications publications,
            AuditTrail audit,
            Clock clock,
            TransactionTemplate transaction) {
        this.table = table;
        this.suppliers = suppliers;
        this.publications = publications;
        this.audit = audit;
        this.clock = clock;
        this.transaction = transaction;
    }

    @Override
    public List<Summary> list(@Nullable State state, int limit) {
        return table.summaries(state == null ? null : state.name(), Math.clamp(limit, 1, MOST_LISTED)).stream()
                .map(PostgresPurchaseOrders::summary)
                .toList();
    }

    private static Summary summary(OrderTable.SummaryRow row) {
        State state = new PurchaseOrder.Life(
                        row.createdAt(),
                        "",
                        row.approvedAt(),
                        null,
                        row.sentAt(),
                        null,
                        row.firstReceivedAt(),
                        row.receivedAt(),
                        row.closedAt(),
                        null,
                        row.cancelledAt(),
                        null,
                        "")
                .state();
        return new Summary(
                row.id(),
                row.number(),
                row.supplierName(),
                row.storeCode(),
                state,
                Money.rounded(row.total(), Currency.getInstance(row.currency())),
                row.lines(),
                row.ordered() == 0 ? 0 : (int) (row.received() * 100 / row.ordered()),
                row.createdAt(),
                row.expectedOn(),
                row.differences());
    }

    @Override
    public Optional<PurchaseOrder> one(UUID id) {
        return table.head(id).map(this::order);
    }

    private PurchaseOrder order(OrderTable.HeadRow row) {
        Supplier supplier =
                suppliers.one(row.supplierId()).map(PostgresSuppliers::supplier).orElseThrow();
        return new PurchaseOrder(
                row.id(),
                row.number(),
                supplier,
                new StoreId(row.storeId()),
                row.storeCode(),
                row.storeName(),
                Currency.getInstance(row.currency()),
                row.rate(),
                row.expectedOn(),
                row.note(),
                new PurchaseOrder.Life(
                        row.createdAt(),
                        row.createdBy(),
                        row.approvedAt(),
                        row.approvedBy(),
                        row.sentAt(),
                        row.sentBy(),
                        row.firstReceivedAt(),
                        row.receivedAt(),
                        row.closedAt(),
                        row.closedBy(),
                        row.cancelledAt(),
                        row.cancelledBy(),
                        row.endReason()),
                table.lines(row.id()).stream()
                        .map(line -> new PurchaseOrder.Line(
                                line.id(),
                                new PartId(line.partId()),
                                line.lineCode(),
                                line.partNumber(),
                                line.name(),
                                line.unit(),
                                line.theirNumber(),
                                new Quantity(line.quantity()),
                                line.cost(),
                                line.reason(),
                                new Quantity(line.received())))
                        .toList());
    }

    /** What is refused in the middle leaves nothing behind. */
    private <T> Outcome<T> whole(java.util.function.Supplier<Outcome<T>> work) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Outcome<T> outcome = work.get();
            if (outcome instanceof Outcome.Refused) status.setRollbackOnly();
            return outcome;
        }));
    }

    @Override
    public Outcome<PurchaseOrder> keep(Draft draft, Person by) {
        if (draft.lines().isEmpty()) return Outcome.refused("order-no-lines");
        if (draft.lines().size() > PurchaseOrder.MOST_LINES)
            return Outcome.refused("order-too-many-lines", "" + PurchaseOrder.MOST_LINES);
        Set<PartId> parts = new HashSet<>();
        for (Wanted line : draft.lines()) if (!parts.add(line.part())) return Outcome.refused("order-part-twice");
        if (draft.rate().signum() <= 0 || draft.rate().compareTo(HIGHEST_RATE) > 0)
            return Outcome.refused("order-rate-wrong", draft.rate().toPlainString());
        return whole(() -> kept(draft, by));
    }

    private Outcome<PurchaseOrder> kept(Draft draft, Person by) {
        Supplier supplier = suppliers
                .one(draft.supplier())
                .map(PostgresSuppliers::supplier)
                .filter(one -> !one.archived())
                .orElse(null);
        if (supplier == null) return Outcome.refused("supplier-unknown");
        if (!table.isOpen(draft.store())) return Outcome.refused("branch-unknown");
        boolean pesos = supplier.currency().equals(Money.MXN);
        if (pesos && draft.rate().compareTo(BigDecimal.ONE) != 0)
            return Outcome.refused("order-rate-wrong", draft.rate().toPlainString());
        UUID[] parts = draft.lines().stream().map(line -> line.part().value()).toArray(UUID[]::new);
        if (table.countParts(parts) != parts.length) return Outcome.refused("part-unknown");
        String note = plain(draft.note());
        String currency = supplier.currency().getCurrencyCode();
        if (table.lock(draft.id()).isPresent()) {
            PurchaseOrder there = one(draft.id()).orElseThrow();
            if (!there.state().may(Act.EDIT))
                return Outcome.refused("order-state", there.state().name());
            table.change(draft.id(), supplier.id(), draft.store(), currency, draft.rate(), draft.expectedOn(), note);
            table.emptyLines(draft.id());
        } else {
            table.insert(
                    draft.id(),
                    table.nextNumber(),
                    supplier.id(),
                    draft.store(),
                    currency,
                    draft.rate(),
                    draft.expectedOn(),
                    note,
                    clock.instant(),
                    by.name());
        }
        table.insertLines(
                draft.id(),
                supplier.id(),
                draft.lines().stream().map(Wanted::id).toArray(UUID[]::new),
                parts,
                draft.lines().stream()
                        .map(line -> PostgresSuppliers.normal(line.theirNumber()))
                        .toArray(String[]::new),
                draft.lines().stream()
                        .map(line -> line.quantity().thousandths())
                        .toArray(Long[]::new),
                draft.lines().stream().map(line -> line.cost().toPlainString()).toArray(String[]::new),
                draft.lines().stream().map(line -> plain(line.reason())).toArray(String[]::new));
        LOG.info("purchase order kept order={} supplier={} lines={}", draft.id(), supplier.id(), parts.length);
        return Outcome.done(one(draft.id()).orElseThrow());
    }

    private static String plain(String text) {
        String one = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return one.length() <= LONGEST ? one : one.substring(0, LONGEST);
    }

    @Override
    public Outcome<PurchaseOrder> act(UUID id, Act act, String reason, Person by) {
        return whole(() -> acted(id, act, plain(reason), by));
    }

    private Outcome<PurchaseOrder> acted(UUID id, Act act, String reason, Person by) {
        // The counter first, as the ledgers do: its row orders all who move orders.
        long version = publications.raise(Stream.ORDERS);
        if (table.lock(id).isEmpty()) return Outcome.refused("order-unknown");
        PurchaseOrder order = one(id).orElseThrow();
        if (isDone(order.life(), act)) return Outcome.done(order);
        if (!order.state().may(act))
            return Outcome.refused("order-state", order.state().name());
        Instant now = clock.instant();
        switch (act) {
            case EDIT -> throw new IllegalArgumentException("a draft is kept, not acted on");
            case APPROVE -> {
                Optional<OrderTable.Limit> limit = table.limit(by.role().name());
                if (limit.isEmpty())
                    return Outcome.refused("order-limit", Money.mxn(0).text());
                Long most = limit.get().amount();
                if (most != null && order.totalInPesos().minor() > most)
                    return Outcome.refused("order-limit", Money.mxn(most).text());
                table.approve(id, now, by.name());
            }
            case BACK_TO_DRAFT -> table.approve(id, null, null);
            case SEND -> {
                table.send(id, now, by.name(), version);
                suppliers.learn(id, now);
            }
            case CLOSE -> {
                if (reason.isEmpty()) return Outcome.refused("reason-missing");
                table.close(id, now, by.name(), reason, version);
            }
            case CANCEL -> {
                if (reason.isEmpty()) return Outcome.refused("reason-missing");
                table.cancel(id, now, by.name(), reason, version);
            }
        }
        audit.record(by.id().toString(), "purchase order " + act, id.toString());
        LOG.info("purchase order moved order={} number={} act={}", id, order.number(), act);
        return Outcome.done(one(id).orElseThrow());
    }

    private static boolean isDone(PurchaseOrder.Life life, Act act) {
        return switch (act) {
            case EDIT, BACK_TO_DRAFT -> false;
            case APPROVE -> life.approvedAt() != null && life.cancelledAt() == null;
            case SEND -> life.sentAt() != null && life.cancelledAt() == null;
            case CLOSE -> life.closedAt() != null;
            case CANCEL -> life.cancelledAt() != null;
        };
    }

    @Override
    public Optional<Money> limit(Person who) {
        Optional<OrderTable.Limit> limit = table.limit(who.role().name());
        if (limit.isEmpty()) return Optional.of(Money.mxn(0));
        return Optional.ofNullable(limit.get().amount()).map(Money::mxn);
    }

    @Override
    public List<Receipt> receipts(UUID order) {
        return table.receipts(order).stream()
                .map(row -> new Receipt(
                        row.id(),
                        row.reference(),
                        row.at(),
                        row.byName(),
                        row.storeCode(),
                        row.lines(),
                        Money.mxn(row.value()),
                        Money.mxn(row.landed())))
                .toList();
    }

    private static Difference difference(OrderTable.DifferenceRow row) {
        What what = What.valueOf(row.what());
        return new Difference(
                row.id(),
                row.orderId(),
                row.orderNumber(),
                row.storeCode(),
                row.supplier(),
                row.part(),
                what,
                figure(what, row.expected()),
                figure(what, row.found()),
                row.at(),
                row.settledAt(),
                row.settledBy(),
                row.note(),
                row.keptBy(),
                row.keptWhy());
    }

    private static @Nullable BigDecimal figure(What what, long figure) {
        return switch (what) {
            case MORE, NOT_ORDERED, INVOICED -> BigDecimal.valueOf(figure, QUANTITY_SCALE);
            case COST -> BigDecimal.valueOf(figure, COST_SCALE);
            case CURRENCY, OTHER_BRANCH, ORDER_UNKNOWN, ORDER_ENDED, NOT_SENT -> null;
        };
    }

    @Override
    public List<Difference> differences(@Nullable UUID order, boolean settled, int limit) {
        return table.differences(order, settled, Math.clamp(limit, 1, MOST_LISTED)).stream()
                .map(PostgresPurchaseOrders::difference)
                .toList();
    }

    @Override
    public Outcome<Difference> settle(UUID id, String note, Person by) {
        String why = plain(note);
        if (why.isEmpty()) return Outcome.refused("reason-missing");
        return whole(() -> {
            if (table.difference(id).isEmpty()) return Outcome.refused("difference-unknown");
            if (table.settle(id, clock.instant(), by.name(), why) == 1)
                audit.record(by.id().toString(), "purchase difference settled", id.toString());
            return Outcome.done(difference(table.difference(id).orElseThrow()));
        });
    }

    @Override
    public List<GivenBack> givenBack(int limit) {
        return table.givenBack(Math.clamp(limit, 1, MOST_LISTED)).stream()
                .map(row -> new GivenBack(
                        row.id(),
                        row.storeCode(),
                        row.supplier(),
                        row.reference(),
                        row.note(),
                        row.at(),
                        row.byName(),
                        row.lines(),
                        Money.mxn(row.value())))
                .toList();
    }
}
