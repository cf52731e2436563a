package mx.refahub.pos.desk;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.purchase.OpenOrders;

/** One order of ten plugs, four of which have come. */
public final class DeskOrders implements OpenOrders {
    public static final UUID ORDER = UUID.fromString("01890000-0000-7000-8000-0000000000c1");

    public static final UUID INVOICE = UUID.fromString("01890000-0000-7000-8000-0000000000c2");

    private final Order order;

    DeskOrders(DeskCatalogue catalogue, Clock clock) {
        PartId plug = catalogue.byBarcode("0087295127971").orElseThrow().part();
        order = new Order(
                ORDER,
                "OC-000007",
                "Bujías del Norte",
                Money.MXN,
                BigDecimal.ONE,
                clock.instant(),
                null,
                List.of(new Line(plug, "BJ-7", Quantity.of(10), Quantity.of(4), new BigDecimal("38.5"))),
                List.of(new Expected(
                        INVOICE, "A 77", List.of(new ExpectedLine(plug, Quantity.of(5), new BigDecimal("39"))))));
    }

    @Override
    public List<Order> open() {
        return List.of(order);
    }

    @Override
    public Optional<Order> one(UUID id) {
        return open().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    @Override
    public Optional<Order> named(String number) {
        return open().stream().filter(one -> one.number().equals(number)).findFirst();
    }
}
