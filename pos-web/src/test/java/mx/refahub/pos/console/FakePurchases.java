package mx.refahub.pos.console;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.purchase.OrderPapers;
import mx.refahub.domain.purchase.PurchaseOrder;
import mx.refahub.domain.purchase.PurchaseOrders;
import mx.refahub.domain.purchase.ReorderBoard;
import mx.refahub.domain.purchase.Supplier;
import mx.refahub.domain.purchase.SupplierInvoices;
import mx.refahub.domain.purchase.Suppliers;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import org.jspecify.annotations.Nullable;

/** Suppliers and orders in memory; an accountant may approve up to a thousand pesos. */
final class FakePurchases {
    static final UUID ALERT = UUID.fromString("01890000-0000-7000-8000-0000000000a1");
    private static final Instant NOW = Instant.parse("2026-03-02T16:00:00Z");

    final Map<UUID, Supplier> suppliers = new LinkedHashMap<>();
    private final Map<UUID, PurchaseOrder> orders = new LinkedHashMap<>();

    Suppliers suppliers() {
        return new Suppliers() {
            @Override
            public List<Known> list(boolean archived) {
                return suppliers.values().stream()
                        .map(one -> new Known(one, null, 0, 0))
                        .toList();
            }

            @Override
            public Optional<Known> one(UUID id) {
                return Optional.ofNullable(suppliers.get(id)).map(one -> new Known(one, null, 0, 0));
            }

            @Override
            public Outcome<Supplier> keep(UUID id, Supplier.Form form, Person by) {
                Outcome<Supplier> made = Supplier.of(id, form);
                if (made instanceof Outcome.Done<Supplier>(Supplier supplier)) suppliers.put(id, supplier);
                return made;
            }

            @Override
            public Outcome<Supplier> archive(UUID id, boolean archived, Person by) {
                return Outcome.refused("supplier-unknown");
            }

            @Override
            public List<TheirPart> parts(UUID supplier, int limit) {
                return List.of();
            }

            @Override
            public Outcome<TheirPart> map(
                    UUID supplier, String theirNumber, PartId part, String cost, String pack, Person by) {
                return Outcome.refused("supplier-unknown");
            }

            @Override
            public boolean unmap(UUID supplier, String theirNumber, Person by) {
                return false;
            }
        };
    }

    PurchaseOrders orders() {
        return new PurchaseOrders() {
            @Override
            public List<Summary> list(PurchaseOrder.@Nullable State state, int limit) {
                return List.of();
            }

            @Override
            public Optional<PurchaseOrder> one(UUID id) {
                return Optional.ofNullable(orders.get(id));
            }

            @Override
            public Outcome<PurchaseOrder> keep(Draft draft, Person by) {
                Supplier supplier = suppliers.get(draft.supplier());
                if (supplier == null) return Outcome.refused("supplier-unknown");
                PurchaseOrder order = new PurchaseOrder(
                        draft.id(),
                        "OC-000001",
                        supplier,
                        new StoreId(draft.store()),
                        "CEN",
                        "Centro",
                        supplier.currency(),
                        draft.rate(),
                        draft.expectedOn(),
                        draft.note(),
                        new PurchaseOrder.Life(
                                NOW, by.name(), null, null, null, null, null, null, null, null, null, null, ""),
                        draft.lines().stream()
                                .map(line -> new PurchaseOrder.Line(
                                        line.id(),
                                        line.part(),
                                        "NGK",
                                        "BKR6E",
                                        "Bujía",
                                        "PZA",
                                        line.theirNumber(),
                                        line.quantity(),
                                        line.cost(),
                                        line.reason(),
                                        Quantity.ZERO))
                                .toList());
                orders.put(draft.id(), order);
                return Outcome.done(order);
            }

            @Override
            public Outcome<PurchaseOrder> act(UUID id, PurchaseOrder.Act act, String reason, Person by) {
                PurchaseOrder order = orders.get(id);
                if (order == null) return Outcome.refused("order-unknown");
                if (!order.state().may(act))
                    return Outcome.refused("order-state", order.state().name());
                return Outcome.refused("order-limit", "$1,000.00");
            }

            @Override
            public Optional<Money> limit(Person who) {
                return Optional.of(Money.mxn(100_000));
            }

            @Override
            public List<Receipt> receipts(UUID order) {
                return List.of();
            }

            @Override
            public List<Difference> differences(@Nullable UUID order, boolean settled, int limit) {
                return settled
                        ? List.of()
                        : List.of(new Difference(
                                UUID.randomUUID(),
                                order,
                                "OC-000001",
                                "CEN",
                                "Bujías",
                                "NGK BKR6E",
                                What.MORE,
                                BigDecimal.TEN,
                                new BigDecimal("12.0"),
                                NOW,
                                null,
                                null,
                                "",
                                "Lucía Prado",
                                "el proveedor regaló dos"));
            }

            @Override
            public Outcome<Difference> settle(UUID difference, String note, Person by) {
                return Outcome.refused("difference-unknown");
            }

            @Override
            public List<GivenBack> givenBack(int limit) {
                return List.of();
            }
        };
    }

    OrderPapers papers() {
        return new OrderPapers() {
            @Override
            public byte[] csv(PurchaseOrder order) {
                return new byte[] {'x'};
            }

            @Override
            public byte[] pdf(PurchaseOrder order) {
                return new byte[] {'%'};
            }

            @Override
            public Mail mail(PurchaseOrder order) {
                return new Mail(order.supplier().email(), order.number(), "");
            }
        };
    }

    ReorderBoard board() {
        return new ReorderBoard() {
            private Alert alert() {
                return new Alert(
                        ALERT,
                        Kind.REORDER,
                        UUID.fromString("01890000-0000-7000-8000-00000000000a"),
                        "CEN",
                        new PartId(UUID.randomUUID()),
                        "NGK",
                        "BKR6E",
                        "Bujía",
                        Quantity.of(3),
                        Quantity.ZERO,
                        Quantity.of(1),
                        new BigDecimal("1.9780"),
                        BigDecimal.ZERO,
                        BigDecimal.ONE,
                        new BigDecimal("4.00"),
                        Quantity.of(13),
                        Quantity.of(73),
                        Quantity.of(69),
                        Quantity.of(25),
                        Quantity.of(44),
                        Money.mxn(169_400),
                        LocalDate.of(2026, 3, 1),
                        null,
                        "",
                        "",
                        null,
                        NOW,
                        null,
                        null,
                        null,
                        List.of(new FromBranch(UUID.randomUUID(), "NTE", Quantity.of(25))));
            }

            @Override
            public List<Alert> list(Asked asked) {
                return List.of(alert());
            }

            @Override
            public Outcome<Alert> acknowledge(UUID alert, Person by) {
                return alert.equals(ALERT) ? Outcome.done(alert()) : Outcome.refused("alert-unknown");
            }

            @Override
            public Outcome<Alert> snooze(UUID alert, int days, Person by) {
                return acknowledge(alert, by);
            }

            @Override
            public Outcome<Alert> resolve(UUID alert, String why, Person by) {
                return Outcome.refused("alert-resolved");
            }

            @Override
            public List<Suggestion> suggested() {
                return List.of();
            }

            @Override
            public Outcome<Boolean> limits(
                    UUID store, PartId part, @Nullable Quantity minimum, @Nullable Quantity maximum, Person by) {
                return Outcome.done(true);
            }
        };
    }

    SupplierInvoices invoices() {
        return new SupplierInvoices() {
            @Override
            public List<Taken> list(int limit) {
                return List.of();
            }

            @Override
            public Optional<Taken> one(UUID id) {
                return Optional.empty();
            }

            @Override
            public Outcome<Intake> take(byte[] xml, Person by) {
                return Outcome.refused("invoice-unreadable");
            }

            @Override
            public List<Compared> compare(UUID invoice) {
                return List.of();
            }

            @Override
            public Outcome<Taken> tie(UUID invoice, UUID order, Person by) {
                return Outcome.refused("invoice-unknown");
            }

            @Override
            public Outcome<Taken> map(UUID invoice, String theirNumber, PartId part, Person by) {
                return Outcome.refused("invoice-unknown");
            }

            @Override
            public Outcome<Taken> expect(UUID invoice, @Nullable UUID branch, Person by) {
                return Outcome.refused("invoice-unmapped");
            }

            @Override
            public Outcome<Taken> settle(UUID invoice, Person by) {
                return Outcome.refused("invoice-unknown");
            }
        };
    }
}
