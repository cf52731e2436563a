package mx.refahub.pos.console;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.purchase.OrderPapers;
import mx.refahub.domain.purchase.PurchaseOrder;
import mx.refahub.domain.purchase.PurchaseOrders;
import mx.refahub.domain.stock.StockLine;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Amount;
import mx.refahub.pos.web.Count;
import mx.refahub.pos.web.Messages;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Orders to suppliers, what came of them, and what came otherwise than ordered. */
@RestController
final class PurchaseOrdersController {
    private static final int MOST = 500;

    private final PurchaseOrders orders;
    private final OrderPapers papers;
    private final PartCatalogue catalogue;
    private final Messages messages;

    PurchaseOrdersController(PurchaseOrders orders, OrderPapers papers, PartCatalogue catalogue, Messages messages) {
        this.orders = orders;
        this.papers = papers;
        this.catalogue = catalogue;
        this.messages = messages;
    }

    record Row(
            UUID id,
            String number,
            String supplier,
            String store,
            String state,
            Amount total,
            int lines,
            int received,
            Instant createdAt,
            @Nullable LocalDate expectedOn,
            int differences) {}

    record All(List<Row> orders) {}

    @GetMapping("/console/api/purchase-orders")
    All all(@RequestParam(required = false) PurchaseOrder.@Nullable State state) {
        return new All(orders.list(state, MOST).stream()
                .map(one -> new Row(
                        one.id(),
                        one.number(),
                        one.supplierName(),
                        one.storeCode(),
                        one.state().name(),
                        Amount.of(one.total()),
                        one.lines(),
                        one.received(),
                        one.createdAt(),
                        one.expectedOn(),
                        one.differences()))
                .toList());
    }

    record Line(
            UUID id,
            UUID part,
            String lineCode,
            String partNumber,
            String name,
            String unit,
            String theirNumber,
            Count quantity,
            String cost,
            Amount amount,
            String reason,
            Count received,
            Count missing) {}

    record Step(String what, Instant at, String by) {}

    record Receipt(
            UUID id, String reference, Instant at, String by, String store, int lines, Amount value, Amount landed) {}

    /**
     * @param limit what the person may approve, where the order is above it
     * @param may acts that the order's state and the person's role allow
     */
    record One(
            UUID id,
            String number,
            UUID supplier,
            String supplierName,
            UUID store,
            String storeCode,
            String storeName,
            String currency,
            String rate,
            @Nullable LocalDate expectedOn,
            String note,
            String state,
            String endReason,
            Amount total,
            Amount pesos,
            boolean belowMinimum,
            Amount minimum,
            @Nullable Amount limit,
            List<String> may,
            List<Step> steps,
            List<Line> lines,
            List<Receipt> receipts,
            List<Difference> differences,
            OrderPapers.Mail mail) {}

    record Difference(
            UUID id,
            @Nullable UUID order,
            String orderNumber,
            String store,
            String supplier,
            String part,
            String what,
            String text,
            Instant at,
            @Nullable Instant settledAt,
            @Nullable String settledBy,
            String note) {}

    @GetMapping("/console/api/purchase-orders/{id}")
    One one(@PathVariable UUID id, @AuthenticationPrincipal Person who, Locale locale) {
        return view(known(id), who, locale);
    }

    private PurchaseOrder known(UUID id) {
        return orders.one(id).orElseThrow(() -> ActRefused.of("order-unknown"));
    }

    private One view(PurchaseOrder order, Person who, Locale locale) {
        List<Difference> differences = new ArrayList<>();
        for (boolean settled : new boolean[] {false, true})
            orders.differences(order.id(), settled, MOST).forEach(one -> differences.add(difference(one, locale)));
        Money limit = orders.limit(who).orElse(null);
        boolean withinLimit = Permission.of(who.role()).contains(Permission.PURCHASE_APPROVE)
                && (limit == null || order.totalInPesos().compareTo(limit) <= 0);
        boolean makes = Permission.of(who.role()).contains(Permission.PURCHASE_MAKE);
        return new One(
                order.id(),
                order.number(),
                order.supplier().id(),
                order.supplier().name(),
                order.store().value(),
                order.storeCode(),
                order.storeName(),
                order.currency().getCurrencyCode(),
                order.rate().stripTrailingZeros().toPlainString(),
                order.expectedOn(),
                order.note(),
                order.state().name(),
                order.life().endReason(),
                Amount.of(order.total()),
                Amount.of(order.totalInPesos()),
                order.total().compareTo(order.supplier().minimumOrder()) < 0,
                Amount.of(order.supplier().minimumOrder()),
                limit == null || withinLimit ? null : Amount.of(limit),
                Arrays.stream(PurchaseOrder.Act.values())
                        .filter(act -> order.state().may(act))
                        .filter(act -> act == PurchaseOrder.Act.APPROVE ? withinLimit : makes)
                        .map(Enum::name)
                        .toList(),
                steps(order.life()),
                order.lines().stream()
                        .map(line -> new Line(
                                line.id(),
                                line.part().value(),
                                line.lineCode(),
                                line.partNumber(),
                                line.name(),
                                line.unit(),
                                line.theirNumber(),
                                Count.of(line.quantity()),
                                line.costText(),
                                Amount.of(order.amount(line)),
                                line.reason(),
                                Count.of(line.received()),
                                Count.of(line.missing())))
                        .toList(),
                orders.receipts(order.id()).stream()
                        .map(one -> new Receipt(
                                one.id(),
                                one.reference(),
                                one.at(),
                                one.by(),
                                one.storeCode(),
                                one.lines(),
                                Amount.of(one.value()),
                                Amount.of(one.landed())))
                        .toList(),
                differences,
                papers.mail(order));
    }

    private static List<Step> steps(PurchaseOrder.Life life) {
        List<Step> steps = new ArrayList<>();
        step(steps, "DRAFT", life.createdAt(), life.createdBy());
        step(steps, "APPROVED", life.approvedAt(), life.approvedBy());
        step(steps, "SENT", life.sentAt(), life.sentBy());
        step(steps, "PARTLY_RECEIVED", life.firstReceivedAt(), "");
        step(steps, "RECEIVED", life.receivedAt(), "");
        step(steps, "CLOSED", life.closedAt(), life.closedBy());
        step(steps, "CANCELLED", life.cancelledAt(), life.cancelledBy());
        return steps;
    }

    private static void step(List<Step> steps, String what, @Nullable Instant at, @Nullable String by) {
        if (at != null) steps.add(new Step(what, at, by == null ? "" : by));
    }

    private Difference difference(PurchaseOrders.Difference one, Locale locale) {
        return new Difference(
                one.id(),
                one.order(),
                one.orderNumber(),
                one.storeCode(),
                one.supplier(),
                one.part(),
                one.what().name(),
                messages.text(
                                locale,
                                "purchase.difference." + one.what(),
                                List.of(text(one.expected()), text(one.found())))
                        + kept(one, locale),
                one.at(),
                one.settledAt(),
                one.settledBy(),
                one.note());
    }

    private String kept(PurchaseOrders.Difference one, Locale locale) {
        return switch (one.what()) {
            case MORE, NOT_ORDERED, ORDER_ENDED ->
                one.keptBy().isEmpty()
                        ? ""
                        : " " + messages.text(locale, "purchase.difference.kept", List.of(one.keptBy(), one.keptWhy()));
            case COST, CURRENCY, OTHER_BRANCH, ORDER_UNKNOWN, NOT_SENT, INVOICED -> "";
        };
    }

    private static String text(@Nullable BigDecimal figure) {
        return figure == null ? "" : figure.stripTrailingZeros().toPlainString();
    }

    /** Figures are text, so that what is wrong with one can be told beside it. */
    record TypedLine(
            @NotNull UUID id,
            @NotNull UUID part,
            @Size(max = 200) @Nullable String quantity,
            @Size(max = 200) @Nullable String cost,
            @Size(max = 100) @Nullable String theirNumber,
            @Size(max = 200) @Nullable String reason) {}

    record Typed(
            @NotNull UUID supplier,
            @NotNull UUID store,

            @Size(max = 20) @Pattern(regexp = "([0-9]{1,6}([.][0-9]{1,6})?)?") @Nullable
            String rate,

            @Nullable LocalDate expectedOn,
            @Size(max = 200) @Nullable String note,

            @NotNull @Valid @Size(max = PurchaseOrder.MOST_LINES)
            List<TypedLine> lines) {}

    record RefusedLine(UUID id, String code, String text) {}

    /** @param order null if no line could be taken */
    record Written(@Nullable One order, List<RefusedLine> refused) {}

    @PutMapping("/console/api/purchase-orders/{id}")
    Written keep(
            @PathVariable UUID id,
            @RequestBody @Valid Typed typed,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        Map<PartId, PartCard> cards = catalogue.cards(typed.lines().stream()
                .map(line -> new PartId(line.part()))
                .distinct()
                .toList());
        List<PurchaseOrders.Wanted> wanted = new ArrayList<>();
        List<RefusedLine> refused = new ArrayList<>();
        Set<UUID> parts = new HashSet<>();
        for (TypedLine line : typed.lines()) {
            PartCard card = cards.get(new PartId(line.part()));
            Outcome<StockLine> read = parts.add(line.part())
                    ? StockLine.of(
                            new StockLine.Typed(line.id(), line.part(), or(line.quantity()), "", or(line.cost()), ""),
                            card == null ? null : card.part(),
                            StockLine.Sign.POSITIVE,
                            true)
                    : Outcome.refused("order-line-twice");
            switch (read) {
                case Outcome.Done<StockLine>(StockLine good) -> {
                    BigDecimal cost = good.cost();
                    wanted.add(new PurchaseOrders.Wanted(
                            good.id(),
                            good.part().id(),
                            good.quantity(),
                            cost == null ? BigDecimal.ZERO : cost,
                            or(line.theirNumber()),
                            or(line.reason())));
                }
                case Outcome.Refused<StockLine>(Refusal refusal) ->
                    refused.add(new RefusedLine(
                            line.id(),
                            refusal.code(),
                            messages.text(locale, "refusal." + refusal.code(), refusal.arguments())));
            }
        }
        if (wanted.isEmpty() && !refused.isEmpty()) return new Written(null, refused);
        String rate = or(typed.rate());
        PurchaseOrder kept = ActRefused.unlessDone(orders.keep(
                new PurchaseOrders.Draft(
                        id,
                        typed.supplier(),
                        typed.store(),
                        rate.isEmpty() ? BigDecimal.ONE : new BigDecimal(rate),
                        typed.expectedOn(),
                        or(typed.note()),
                        wanted),
                who));
        return new Written(view(kept, who, locale), refused);
    }

    private static String or(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    record Reason(@Size(max = 200) @Nullable String reason) {}

    @PostMapping("/console/api/purchase-orders/{id}/approve")
    One approve(@PathVariable UUID id, @AuthenticationPrincipal Person who, Locale locale) {
        return act(id, PurchaseOrder.Act.APPROVE, "", who, locale);
    }

    @PostMapping("/console/api/purchase-orders/{id}/draft")
    One backToDraft(@PathVariable UUID id, @AuthenticationPrincipal Person who, Locale locale) {
        return act(id, PurchaseOrder.Act.BACK_TO_DRAFT, "", who, locale);
    }

    @PostMapping("/console/api/purchase-orders/{id}/send")
    One send(@PathVariable UUID id, @AuthenticationPrincipal Person who, Locale locale) {
        return act(id, PurchaseOrder.Act.SEND, "", who, locale);
    }

    @PostMapping("/console/api/purchase-orders/{id}/close")
    One close(
            @PathVariable UUID id,
            @RequestBody @Valid Reason reason,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        return act(id, PurchaseOrder.Act.CLOSE, or(reason.reason()), who, locale);
    }

    @PostMapping("/console/api/purchase-orders/{id}/cancel")
    One cancel(
            @PathVariable UUID id,
            @RequestBody @Valid Reason reason,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        return act(id, PurchaseOrder.Act.CANCEL, or(reason.reason()), who, locale);
    }

    private One act(UUID id, PurchaseOrder.Act act, String reason, Person who, Locale locale) {
        return switch (orders.act(id, act, reason, who)) {
            case Outcome.Done<PurchaseOrder>(PurchaseOrder order) -> view(order, who, locale);
            case Outcome.Refused<PurchaseOrder>(Refusal refusal) -> throw worded(refusal, locale);
        };
    }

    /** A state in the words of the screen. */
    private ActRefused worded(Refusal refusal, Locale locale) {
        return refusal.code().equals("order-state")
                ? ActRefused.of(
                        "order-state",
                        messages.text(
                                locale, "purchase.state." + refusal.arguments().getFirst(), List.of()))
                : new ActRefused(refusal);
    }

    @GetMapping("/console/api/purchase-orders/{id}/file.csv")
    ResponseEntity<byte[]> csv(@PathVariable UUID id) {
        PurchaseOrder order = known(id);
        return file(order, papers.csv(order), new MediaType("text", "csv", StandardCharsets.UTF_8), "csv");
    }

    @GetMapping("/console/api/purchase-orders/{id}/file.pdf")
    ResponseEntity<byte[]> pdf(@PathVariable UUID id) {
        PurchaseOrder order = known(id);
        return file(order, papers.pdf(order), MediaType.APPLICATION_PDF, "pdf");
    }

    private static ResponseEntity<byte[]> file(PurchaseOrder order, byte[] bytes, MediaType type, String ending) {
        return ResponseEntity.ok()
                .contentType(type)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(order.number() + "." + ending)
                                .build()
                                .toString())
                .body(bytes);
    }

    record Differences(List<Difference> differences) {}

    @GetMapping("/console/api/purchase-differences")
    Differences differences(@RequestParam(defaultValue = "false") boolean settled, Locale locale) {
        return new Differences(orders.differences(null, settled, MOST).stream()
                .map(one -> difference(one, locale))
                .toList());
    }

    @PostMapping("/console/api/purchase-differences/{id}/settle")
    Difference settle(
            @PathVariable UUID id,
            @RequestBody @Valid Reason reason,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        return difference(ActRefused.unlessDone(orders.settle(id, or(reason.reason()), who)), locale);
    }

    record GivenBack(
            UUID id,
            String store,
            String supplier,
            String reference,
            String note,
            Instant at,
            String by,
            int lines,
            Amount value) {}

    record AllGivenBack(List<GivenBack> returns) {}

    @GetMapping("/console/api/supplier-returns")
    AllGivenBack givenBack() {
        return new AllGivenBack(orders.givenBack(MOST).stream()
                .map(one -> new GivenBack(
                        one.id(),
                        one.storeCode(),
                        one.supplier(),
                        one.reference(),
                        one.note(),
                        one.at(),
                        one.by(),
                        one.lines(),
                        Amount.of(one.value())))
                .toList());
    }
}
