package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.market.MarketOrders;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Amount;
import mx.refahub.pos.web.Count;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Orders of marketplaces that this branch sells. */
@RestController
@Tag(name = "market")
class MarketOrdersApi {
    private static final int LONGEST = 120;

    private final MarketOrders orders;
    private final PartCatalogue catalogue;

    MarketOrdersApi(MarketOrders orders, PartCatalogue catalogue) {
        this.orders = orders;
        this.catalogue = catalogue;
    }

    /** @param reserved null before it was answered; @param title of the listing */
    record LineView(
            StockView.PartNamed part,
            String title,
            Count pieces,
            @Nullable Count reserved,
            Amount unitPrice) {}

    /**
     * @param state WAITING, READY, SHORT, TO_SHIP or TO_TAKE_BACK
     * @param canCollect it can be sold now
     * @param folio of the sale; empty before it
     */
    record OrderView(
            UUID id,
            String market,
            String number,
            String buyer,
            String to,
            String state,
            boolean canCollect,
            boolean byMarketplace,
            Instant since,
            Instant until,
            Amount total,
            List<LineView> lines,
            String folio) {}

    @GetMapping("/pos/api/market/orders")
    @Operation(
            summary = "Orders of marketplaces that wait for this branch: to be sold, to be shipped, to be taken back")
    List<OrderView> open(Locale locale) {
        List<MarketOrders.Waiting> open = orders.open();
        Map<PartId, PartCard> cards = catalogue.cards(open.stream()
                .flatMap(order -> order.lines().stream())
                .map(MarketOrders.Line::part)
                .distinct()
                .toList());
        return open.stream().map(order -> view(order, cards, locale)).toList();
    }

    private static OrderView view(MarketOrders.Waiting order, Map<PartId, PartCard> cards, Locale locale) {
        return new OrderView(
                order.order(),
                order.market(),
                order.number(),
                order.buyer(),
                order.to(),
                order.state().name(),
                order.state() == MarketOrders.State.READY || order.state() == MarketOrders.State.SHORT,
                order.byMarketplace(),
                order.since(),
                order.until(),
                Amount.of(order.total()),
                order.lines().stream().map(line -> line(line, cards, locale)).toList(),
                order.folio());
    }

    private static LineView line(MarketOrders.Line line, Map<PartId, PartCard> cards, Locale locale) {
        Quantity reserved = line.reserved();
        return new LineView(
                StockView.PartNamed.of(line.part().value(), cards.get(line.part()), locale),
                line.title(),
                Count.of(line.pieces()),
                reserved == null ? null : Count.of(reserved),
                Amount.of(line.unitPrice()));
    }

    record Collecting(@NotNull UUID register) {}

    @PostMapping("/pos/api/market/orders/{id}/sale")
    @Operation(
            summary =
                    "Sell the order at the marketplace's price, paid there; the same again is the same sale. Where something is still to be typed its ticket is in hand")
    SaleView collect(
            @PathVariable UUID id, @RequestBody @Valid Collecting collecting, @AuthenticationPrincipal Person who) {
        return SaleView.of(ActRefused.unlessDone(orders.collect(id, new RegisterId(collecting.register()), who)));
    }

    /** @param carrier and {@code tracking} as the label bears them */
    record Parcel(
            @NotNull @Size(max = LONGEST) @PlainText String carrier,
            @NotNull @Size(max = LONGEST) @PlainText String tracking) {}

    record Told(UUID id) {}

    @PostMapping("/pos/api/market/orders/{id}/parcel")
    @Operation(summary = "The order's parcel went out: the hub tells the marketplace, once")
    Told ship(@PathVariable UUID id, @RequestBody @Valid Parcel parcel, @AuthenticationPrincipal Person who) {
        return new Told(ActRefused.unlessDone(orders.ship(id, parcel.carrier(), parcel.tracking(), who)));
    }
}
