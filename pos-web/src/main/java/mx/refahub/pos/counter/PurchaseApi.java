package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.purchase.OpenOrders;
import mx.refahub.domain.stock.StockDesk;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Count;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What this branch waits for from suppliers. */
@RestController
@Tag(name = "stock")
class PurchaseApi {
    private final OpenOrders orders;
    private final PartCatalogue catalogue;
    private final StockDesk desk;

    PurchaseApi(OpenOrders orders, PartCatalogue catalogue, StockDesk desk) {
        this.orders = orders;
        this.catalogue = catalogue;
        this.desk = desk;
    }

    /**
     * @param cost per unit in the order's currency; empty for whom costs are not shown
     * @param stock what stands here now
     * @param bin where it stands mostly; empty if nowhere yet
     */
    record Line(
            StockView.PartNamed part,
            String theirNumber,
            Count ordered,
            Count received,
            Count open,
            String cost,
            Count stock,
            String bin) {}

    record Order(
            UUID id,
            String number,
            String supplier,
            String currency,
            String rate,
            Instant sentAt,
            @Nullable LocalDate expectedOn,
            List<Line> lines,
            List<Expected> expected) {}

    /** What the supplier's invoice says that it brings. @param cost empty for whom costs are not shown */
    record ExpectedLine(StockView.PartNamed part, Count quantity, String cost, Count stock, String bin) {}

    record Expected(UUID invoice, String reference, List<ExpectedLine> lines) {}

    record Orders(List<Order> orders) {}

    @GetMapping("/pos/api/inventory/purchase-orders")
    @Operation(summary = "Purchase orders that this branch waits for, with what is still to come of each")
    Orders open(@AuthenticationPrincipal Person who, Locale locale) {
        return new Orders(shown(orders.open(), who, locale));
    }

    @GetMapping("/pos/api/inventory/purchase-orders/{id}")
    @Operation(summary = "One of them as it stands now; also when nothing more is to come of it")
    Order one(@PathVariable UUID id, @AuthenticationPrincipal Person who, Locale locale) {
        OpenOrders.Order order = orders.one(id).orElseThrow(() -> ActRefused.of("order-unheard"));
        return shown(List.of(order), who, locale).getFirst();
    }

    private List<Order> shown(List<OpenOrders.Order> open, Person who, Locale locale) {
        List<PartId> parts = open.stream()
                .flatMap(order -> Stream.concat(
                        order.lines().stream().map(OpenOrders.Line::part),
                        order.expected().stream()
                                .flatMap(expected -> expected.lines().stream())
                                .map(OpenOrders.ExpectedLine::part)))
                .distinct()
                .toList();
        Map<PartId, PartCard> cards = catalogue.cards(parts);
        Map<PartId, StockDesk.Standing> standing = desk.standing(parts);
        boolean costs = StockApi.maySeeCosts(who);
        return open.stream()
                .map(order -> new Order(
                        order.id(),
                        order.number(),
                        order.supplier(),
                        order.currency().getCurrencyCode(),
                        order.rate().toPlainString(),
                        order.sentAt(),
                        order.expectedOn(),
                        order.lines().stream()
                                .map(line -> new Line(
                                        StockView.PartNamed.of(line.part().value(), cards.get(line.part()), locale),
                                        line.theirNumber(),
                                        Count.of(line.ordered()),
                                        Count.of(line.received()),
                                        Count.of(line.open()),
                                        costs ? line.cost().toPlainString() : "",
                                        stock(standing.get(line.part())),
                                        bin(standing.get(line.part()))))
                                .toList(),
                        order.expected().stream()
                                .map(expected -> new Expected(
                                        expected.invoice(),
                                        expected.reference(),
                                        expected.lines().stream()
                                                .map(line -> new ExpectedLine(
                                                        StockView.PartNamed.of(
                                                                line.part().value(), cards.get(line.part()), locale),
                                                        Count.of(line.quantity()),
                                                        costs ? line.cost().toPlainString() : "",
                                                        stock(standing.get(line.part())),
                                                        bin(standing.get(line.part()))))
                                                .toList()))
                                .toList()))
                .toList();
    }

    private static Count stock(StockDesk.@Nullable Standing here) {
        return Count.of(new Quantity(here == null ? 0 : here.holding().quantity()));
    }

    private static String bin(StockDesk.@Nullable Standing here) {
        return here == null ? "" : here.mainBin();
    }
}
