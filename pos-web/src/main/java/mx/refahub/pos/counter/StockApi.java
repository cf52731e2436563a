package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.purchase.OpenOrders;
import mx.refahub.domain.search.PartHits;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.domain.search.Reason;
import mx.refahub.domain.stock.StockDesk;
import mx.refahub.domain.stock.StockLine;
import mx.refahub.domain.stock.StockMovement;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.wire.StockBody;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Amount;
import mx.refahub.pos.web.Count;
import mx.refahub.pos.web.Messages;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The shelf: what stands where, what moved it, goods that come in, corrections. */
@RestController
@Tag(name = "stock")
class StockApi {
    private static final int MOST_PARTS = 50;
    private static final int SHOWN = 12;
    private static final int LONGEST = StockDesk.LONGEST_TEXT;

    private final StockDesk desk;
    private final OpenOrders orders;
    private final PartCatalogue catalogue;
    private final PartSearch search;
    private final StockLines lines;
    private final Approvals approvals;
    private final Messages messages;

    StockApi(
            StockDesk desk,
            OpenOrders orders,
            PartCatalogue catalogue,
            PartSearch search,
            StockLines lines,
            Approvals approvals,
            Messages messages) {
        this.desk = desk;
        this.orders = orders;
        this.catalogue = catalogue;
        this.search = search;
        this.lines = lines;
        this.approvals = approvals;
        this.messages = messages;
    }

    /** @param branches the own one first, then those with most */
    record Everywhere(UUID part, List<StockView.AtBranch> branches) {}

    record ByBranch(List<Everywhere> parts) {}

    @GetMapping("/pos/api/inventory/stock-by-branch")
    @Operation(summary = "Stock of parts at this branch and, as the hub told last, at the others")
    ByBranch byBranch(@RequestParam("part") @Size(max = MOST_PARTS) List<UUID> parts) {
        Map<PartId, List<StockDesk.AtBranch>> found =
                desk.byBranch(parts.stream().map(PartId::new).distinct().toList());
        return new ByBranch(found.entrySet().stream()
                .map(each -> new Everywhere(
                        each.getKey().value(),
                        each.getValue().stream().map(StockView.AtBranch::of).toList()))
                .toList());
    }

    record FoundParts(List<StockView.Found> parts) {}

    @GetMapping("/pos/api/inventory/find")
    @Operation(summary = "The part with this barcode, or those that a number or words find, with what stands here")
    FoundParts find(
            @RequestParam("code") @Size(max = 200) String code, @AuthenticationPrincipal Person who, Locale locale) {
        Optional<PartCatalogue.Scanned> scanned = catalogue.scanned(code);
        Quantity pack = scanned.map(one -> one.barcode().pack()).orElse(Quantity.ONE);
        List<PartId> parts = scanned.map(one -> List.of(one.part())).orElseGet(() -> byNumberOrWords(code));
        Map<PartId, PartCard> cards = catalogue.cards(parts);
        Map<PartId, StockDesk.Standing> standing = desk.standing(parts);
        boolean costs = maySeeCosts(who);
        List<StockView.Found> found = new ArrayList<>();
        for (PartId part : parts) {
            PartCard card = cards.get(part);
            if (card == null) continue;
            StockDesk.Standing here = standing.get(part);
            found.add(new StockView.Found(
                    StockView.PartNamed.of(card.part(), locale),
                    Count.of(pack),
                    Count.of(new Quantity(here == null ? 0 : here.holding().quantity())),
                    here == null ? "" : here.mainBin(),
                    costs && here != null ? Amount.of(Money.mxn(here.holding().average())) : null));
        }
        return new FoundParts(found);
    }

    /** Whoever writes a part's own number on a document means that part, and not what could be sold in its place. */
    private List<PartId> byNumberOrWords(String text) {
        List<PartHits.Hit> hits =
                search.find(new PartQuery(text, "", "", 0, "", "", SHOWN, 0)).hits();
        List<PartHits.Hit> own = hits.stream()
                .filter(hit ->
                        hit.reason().kind() == Reason.Kind.EXACT || hit.reason().kind() == Reason.Kind.WITHOUT_DASHES)
                .toList();
        return (own.size() == 1 ? own : hits).stream().map(PartHits.Hit::part).toList();
    }

    record Bin(String bin, Count quantity) {}

    record Movement(
            UUID id,
            Instant at,
            String kind,
            String kindText,
            String number,
            String byName,
            String bin,
            Count quantity,
            Count after,
            @Nullable Amount value) {}

    /** @param average and the rest null for whom costs are not shown */
    record Kardex(
            StockView.PartNamed part,
            Count stock,
            List<Bin> bins,
            @Nullable Amount average,
            @Nullable Amount lastCost,
            @Nullable Amount value,
            List<Movement> movements) {}

    @GetMapping("/pos/api/inventory/parts/{id}/movements")
    @Operation(summary = "The newest movements of a part at this branch, and what stands where")
    Kardex kardex(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "100") @Min(1) @Max(500) int limit,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        PartId part = new PartId(id);
        PartCard card = catalogue.card(part).orElseThrow(() -> ActRefused.of("part-unknown"));
        StockDesk.Standing here = desk.standing(List.of(part)).get(part);
        boolean costs = maySeeCosts(who);
        return new Kardex(
                StockView.PartNamed.of(card.part(), locale),
                Count.of(new Quantity(here == null ? 0 : here.holding().quantity())),
                here == null
                        ? List.of()
                        : here.bins().stream()
                                .map(bin -> new Bin(bin.bin(), Count.of(bin.quantity())))
                                .toList(),
                costs && here != null ? Amount.of(Money.mxn(here.holding().average())) : null,
                costs && here != null ? Amount.of(Money.mxn(here.holding().lastCost())) : null,
                costs && here != null ? Amount.of(Money.mxn(here.holding().value())) : null,
                desk.kardex(part, limit).stream()
                        .map(entry -> new Movement(
                                entry.id(),
                                entry.at(),
                                entry.kind().name(),
                                messages.text(locale, "stock.kind." + entry.kind()),
                                entry.number(),
                                entry.byName(),
                                entry.bin(),
                                Count.of(entry.quantity()),
                                Count.of(entry.after()),
                                costs ? Amount.of(Money.mxn(entry.value())) : null))
                        .toList());
    }

    /**
     * That what came beyond the order is kept.
     *
     * @param approval of somebody who may say so, where who is signed in may not
     */
    record Surplus(
            @NotNull @Size(max = LONGEST) @PlainText String reason,
            @Valid Approvals.@Nullable Approval approval) {}

    /**
     * @param rate pesos per unit of the currency; blank for pesos
     * @param order purchase order that the goods come of; a line of it without a cost takes the order's
     * @param orderNumber of its paper, where this branch has not heard of the order
     * @param invoice the supplier's, by which the goods were expected
     * @param charges what it cost to bring the goods in
     * @param surplus null: a line beyond what is open of its order is refused
     */
    record Receiving(
            @NotNull UUID act,
            @NotNull @Size(max = LONGEST) @PlainText String supplier,
            @Size(max = LONGEST) @PlainText @Nullable String reference,
            @NotNull @Pattern(regexp = "MXN|USD") String currency,

            @Size(max = 20) @Pattern(regexp = "([0-9]{1,6}([.][0-9]{1,6})?)?") @Nullable
            String rate,

            @Size(max = LONGEST) @PlainText @Nullable String note,

            @NotNull @Valid @Size(max = StockDesk.MOST_LINES)
            List<StockLines.Typed> lines,

            @Nullable UUID order,

            @Size(max = 20) @Pattern(regexp = "\\s*([A-Za-z]{2}-?[0-9]{1,12})?\\s*") @Nullable
            String orderNumber,

            @Nullable UUID invoice,
            @Valid @Nullable ReceiptCharges charges,
            @Valid @Nullable Surplus surplus) {}

    @PostMapping("/pos/api/inventory/receipts")
    @Operation(
            summary =
                    "Take goods in, of a purchase order or without; lines that cannot be taken, or are beyond their order, come back with their reason")
    StockView.Written receive(
            @RequestBody @Valid Receiving receiving, @AuthenticationPrincipal Person who, Locale locale) {
        if (text(receiving.supplier()).isEmpty()) throw ActRefused.of("stock-supplier-missing");
        StockDesk.Surplus surplus = surplus(receiving.surplus(), who);
        Optional<OpenOrders.Order> order = order(receiving);
        StockLines.Checked checked = lines.check(
                order.map(known -> costed(receiving.lines(), known, receiving.invoice()))
                        .orElse(receiving.lines()),
                StockLine.Sign.POSITIVE,
                true,
                locale);
        if (checked.lines().isEmpty()) return nothing(checked);
        ReceiptCharges typed = receiving.charges();
        StockDesk.Charges charges = typed == null ? null : ActRefused.unlessDone(typed.check(checked.lines()));
        String rate = text(receiving.rate());
        // A dollar is not a peso.
        if (rate.isEmpty() && !receiving.currency().equals(Money.MXN.getCurrencyCode()))
            throw ActRefused.of("stock-rate-wrong", rate);
        StockDesk.TakenIn taken = ActRefused.unlessDone(desk.receive(
                new StockDesk.Receipt(
                        receiving.act(),
                        text(receiving.supplier()),
                        text(receiving.reference()),
                        Currency.getInstance(receiving.currency()),
                        rate.isEmpty() ? BigDecimal.ONE : new BigDecimal(rate),
                        text(receiving.note()),
                        checked.lines(),
                        ofOrder(receiving, order),
                        charges,
                        surplus),
                who));
        return lines.written(taken, checked, maySeeCosts(who), locale);
    }

    private StockDesk.@Nullable Surplus surplus(@Nullable Surplus said, Person who) {
        if (said == null) return null;
        if (text(said.reason()).isEmpty()) throw ActRefused.of("receipt-surplus-reason");
        Person approver = approvals.approver(said.approval());
        Person by = approver == null ? who : approver;
        if (!Permission.of(by.role()).contains(Permission.STOCK_SURPLUS))
            throw approver == null
                    ? ActRefused.of("receipt-needs-approval")
                    : ActRefused.of("receipt-approver-wrong", by.name());
        return new StockDesk.Surplus(by, text(said.reason()));
    }

    /** Also one that is named by its paper although this branch has heard of it. */
    private Optional<OpenOrders.Order> order(Receiving receiving) {
        UUID id = receiving.order();
        if (id != null) return orders.one(id);
        String number = text(receiving.orderNumber()).toUpperCase(Locale.ROOT);
        return number.isEmpty() ? Optional.empty() : orders.named(number);
    }

    private static StockDesk.@Nullable OfOrder ofOrder(Receiving receiving, Optional<OpenOrders.Order> known) {
        if (known.isPresent())
            return new StockDesk.OfOrder(known.get().id(), known.get().number(), receiving.invoice());
        String number = text(receiving.orderNumber()).toUpperCase(Locale.ROOT);
        if (receiving.order() == null && number.isEmpty()) return null;
        return new StockDesk.OfOrder(receiving.order(), number, receiving.invoice());
    }

    /** A line without a cost takes the invoice's by which it was expected, else the order's. */
    private static List<StockLines.Typed> costed(
            List<StockLines.Typed> typed, OpenOrders.Order order, @Nullable UUID invoice) {
        Map<UUID, BigDecimal> costs = order.lines().stream()
                .collect(Collectors.toMap(line -> line.part().value(), OpenOrders.Line::cost));
        order.expected().stream()
                .filter(expected -> expected.invoice().equals(invoice))
                .flatMap(expected -> expected.lines().stream())
                .forEach(line -> costs.put(line.part().value(), line.cost()));
        return typed.stream()
                .map(line -> {
                    BigDecimal cost = costs.get(line.part());
                    return cost != null && text(line.cost()).isEmpty()
                            ? new StockLines.Typed(
                                    line.id(),
                                    line.part(),
                                    line.quantity(),
                                    line.bin(),
                                    cost.toPlainString(),
                                    line.lost())
                            : line;
                })
                .toList();
    }

    /** @param supplier to whom goods go back */
    record Adjusting(
            @NotNull UUID act,
            StockDesk.@NotNull Reason reason,
            @Size(max = LONGEST) @PlainText @Nullable String note,

            @NotNull @Valid @Size(max = StockDesk.MOST_LINES)
            List<StockLines.Typed> lines,

            @Size(max = LONGEST) @PlainText @Nullable String supplier,
            @Size(max = LONGEST) @PlainText @Nullable String reference) {}

    @PostMapping("/pos/api/inventory/adjustments")
    @Operation(summary = "Correct what stands on the shelf, with the reason; negative quantities go out")
    StockView.Written adjust(
            @RequestBody @Valid Adjusting adjusting, @AuthenticationPrincipal Person who, Locale locale) {
        boolean back = adjusting.reason() == StockDesk.Reason.TO_SUPPLIER;
        StockLines.Checked checked = lines.check(adjusting.lines(), StockLine.Sign.EITHER, false, locale);
        if (checked.lines().isEmpty()) return nothing(checked);
        return written(
                ActRefused.unlessDone(desk.adjust(
                        new StockDesk.Adjustment(
                                adjusting.act(),
                                adjusting.reason(),
                                text(adjusting.note()),
                                checked.lines(),
                                back ? text(adjusting.supplier()) : "",
                                back ? text(adjusting.reference()) : ""),
                        who)),
                checked,
                who);
    }

    record Documents(List<StockView.Document> documents) {}

    @GetMapping("/pos/api/inventory/documents")
    @Operation(summary = "The newest documents of a kind")
    Documents documents(
            @RequestParam @Pattern(regexp = "RECEIPT|TRANSFER_OUT|TRANSFER_IN|COUNT|ADJUSTMENT") String kind,
            @AuthenticationPrincipal Person who) {
        boolean costs = maySeeCosts(who);
        return new Documents(desk.latest(StockMovement.Kind.valueOf(kind), MOST_PARTS).stream()
                .map(body -> StockView.Document.of(body, costs))
                .toList());
    }

    static StockView.Written nothing(StockLines.Checked checked) {
        if (checked.refused().isEmpty()) throw ActRefused.of("stock-no-lines");
        return new StockView.Written(null, checked.refused());
    }

    static StockView.Written written(StockBody body, StockLines.Checked checked, Person who) {
        return new StockView.Written(StockView.Document.of(body, maySeeCosts(who)), checked.refused());
    }

    static boolean maySeeCosts(Person who) {
        return Permission.of(who.role()).contains(Permission.COST_SEE);
    }

    static String text(@Nullable String text) {
        return text == null ? "" : text.strip();
    }
}
