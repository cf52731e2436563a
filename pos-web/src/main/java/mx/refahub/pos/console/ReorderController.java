package mx.refahub.pos.console;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.purchase.PurchaseOrder;
import mx.refahub.domain.purchase.PurchaseOrders;
import mx.refahub.domain.purchase.ReorderBoard;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Amount;
import mx.refahub.pos.web.Count;
import mx.refahub.pos.web.Messages;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What should be ordered, and what does not move. */
@RestController
final class ReorderController {
    private static final String JOB = "reorder-alerts";
    private static final int MOST = 500;

    private final ReorderBoard board;
    private final PurchaseOrders orders;
    private final Jobs jobs;
    private final IdSource ids;
    private final Messages messages;

    ReorderController(ReorderBoard board, PurchaseOrders orders, Jobs jobs, IdSource ids, Messages messages) {
        this.board = board;
        this.orders = orders;
        this.jobs = jobs;
        this.ids = ids;
        this.messages = messages;
    }

    @PostMapping("/pos/api/inventory/generate-alerts")
    @ResponseStatus(HttpStatus.ACCEPTED)
    RunRow generate(@AuthenticationPrincipal Person who) {
        return RunRow.of(ActRefused.unlessDone(jobs.start(JOB, Map.of(), Map.of(), who.name())));
    }

    record From(String code, Count quantity) {}

    /** @param why in words, with the figures that led to it */
    record Alert(
            UUID id,
            String kind,
            UUID store,
            String storeCode,
            UUID part,
            String lineCode,
            String partNumber,
            String name,
            Count onHand,
            Count onWay,
            Count onOrder,
            BigDecimal perDay,
            BigDecimal lostPerDay,
            BigDecimal season,
            BigDecimal leadDays,
            Count point,
            Count target,
            Count need,
            Count toOrder,
            List<From> from,
            Amount value,
            @Nullable LocalDate lastSoldOn,
            String supplierName,
            String theirNumber,
            String why,
            Instant raisedAt,
            @Nullable Instant acknowledgedAt,
            @Nullable Instant snoozedUntil,
            @Nullable Instant resolvedAt) {}

    record Alerts(List<Alert> alerts) {}

    @GetMapping("/pos/api/inventory/reorder-alerts")
    Alerts alerts(
            @RequestParam(required = false) ReorderBoard.@Nullable Kind kind,
            @RequestParam(required = false) @Nullable UUID store,
            @RequestParam(defaultValue = "false") boolean snoozed,
            @RequestParam(defaultValue = "false") boolean resolved,
            @RequestParam(defaultValue = "200") @Min(1) @Max(MOST) int limit,
            Locale locale) {
        return new Alerts(board.list(new ReorderBoard.Asked(kind, store, snoozed, resolved, limit)).stream()
                .map(alert -> view(alert, locale))
                .toList());
    }

    private Alert view(ReorderBoard.Alert a, Locale locale) {
        return new Alert(
                a.id(),
                a.kind().name(),
                a.store(),
                a.storeCode(),
                a.part().value(),
                a.lineCode(),
                a.partNumber(),
                a.name(),
                Count.of(a.onHand()),
                Count.of(a.onWay()),
                Count.of(a.onOrder()),
                a.perDay(),
                a.lostPerDay(),
                a.season(),
                a.leadDays(),
                Count.of(a.point()),
                Count.of(a.target()),
                Count.of(a.need()),
                Count.of(a.toOrder()),
                a.from().stream()
                        .map(one -> new From(one.code(), Count.of(one.quantity())))
                        .toList(),
                Amount.of(a.value()),
                a.lastSoldOn(),
                a.supplierName(),
                a.theirNumber(),
                why(a, locale),
                a.raisedAt(),
                a.acknowledgedAt(),
                a.snoozedUntil(),
                a.resolvedAt());
    }

    private String why(ReorderBoard.Alert a, Locale locale) {
        return switch (a.kind()) {
            case REORDER ->
                messages.text(
                        locale,
                        a.lostPerDay().signum() > 0 ? "reorder.why.lost" : "reorder.why",
                        List.of(
                                new Quantity(a.onHand().thousandths()
                                                + a.onWay().thousandths()
                                                + a.onOrder().thousandths())
                                        .text(),
                                a.point().text(),
                                text(a.perDay()),
                                text(a.leadDays()),
                                a.target().text(),
                                text(a.lostPerDay())));
            case SLOW ->
                messages.text(
                        locale,
                        "reorder.why.slow",
                        List.of(a.onHand().text(), text(a.perDay()), a.value().text()));
            case DEAD ->
                messages.text(
                        locale,
                        a.lastSoldOn() == null ? "reorder.why.never" : "reorder.why.dead",
                        List.of(a.onHand().text(), a.value().text(), String.valueOf(a.lastSoldOn())));
        };
    }

    private static String text(BigDecimal figure) {
        return figure.setScale(2, java.math.RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    @PutMapping("/pos/api/inventory/reorder-alerts/{id}/acknowledge")
    Alert acknowledge(@PathVariable UUID id, @AuthenticationPrincipal Person who, Locale locale) {
        return view(ActRefused.unlessDone(board.acknowledge(id, who)), locale);
    }

    record Sleep(@Min(1) @Max(90) int days) {}

    @PutMapping("/pos/api/inventory/reorder-alerts/{id}/snooze")
    Alert snooze(
            @PathVariable UUID id,
            @RequestBody @Valid Sleep sleep,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        return view(ActRefused.unlessDone(board.snooze(id, sleep.days(), who)), locale);
    }

    record Why(@Size(max = 200) @Nullable String reason) {}

    @PutMapping("/pos/api/inventory/reorder-alerts/{id}/resolve")
    Alert resolve(
            @PathVariable UUID id, @RequestBody @Valid Why why, @AuthenticationPrincipal Person who, Locale locale) {
        String reason = why.reason();
        return view(ActRefused.unlessDone(board.resolve(id, reason == null ? "" : reason.strip(), who)), locale);
    }

    record Suggestion(
            @Nullable UUID supplier,
            String supplierName,
            UUID store,
            String storeCode,
            Amount total,
            Amount minimum,
            boolean belowMinimum,
            List<Alert> lines,
            boolean fills,
            List<Filler> fillers) {}

    /** @param why it comes along, in words */
    record Filler(UUID part, String lineCode, String partNumber, String name, Count quantity, String why) {}

    private Filler view(ReorderBoard.Filler one, Locale locale) {
        return new Filler(
                one.part().value(),
                one.lineCode(),
                one.partNumber(),
                one.name(),
                Count.of(one.quantity()),
                why(one, locale));
    }

    private String why(ReorderBoard.Filler one, Locale locale) {
        return messages.text(
                locale,
                "reorder.why.fill",
                List.of(
                        one.available().text(),
                        one.point().text(),
                        one.days().setScale(0, java.math.RoundingMode.HALF_UP).toPlainString(),
                        one.target().text()));
    }

    record Suggestions(List<Suggestion> suggestions) {}

    @GetMapping("/pos/api/inventory/reorder-suggest-po")
    Suggestions suggested(Locale locale) {
        return new Suggestions(board.suggested().stream()
                .map(one -> new Suggestion(
                        one.supplier(),
                        one.supplierName(),
                        one.store(),
                        one.storeCode(),
                        Amount.of(one.total()),
                        Amount.of(one.minimumOrder()),
                        one.total().compareTo(one.minimumOrder()) < 0,
                        one.lines().stream().map(line -> view(line, locale)).toList(),
                        one.fills(),
                        one.fillers().stream().map(line -> view(line, locale)).toList()))
                .toList());
    }

    /** @param rate pesos per unit of the supplier's currency; blank for pesos */
    record Wanted(
            @NotNull UUID supplier,
            @NotNull UUID store,

            @Size(max = 20) @jakarta.validation.constraints.Pattern(regexp = "([0-9]{1,6}([.][0-9]{1,6})?)?") @Nullable
            String rate) {}

    record Made(UUID order, String number) {}

    /** A draft of what is suggested now; its lines carry the reason. */
    @PostMapping("/pos/api/inventory/reorder-suggest-po")
    Made make(@RequestBody @Valid Wanted wanted, @AuthenticationPrincipal Person who, Locale locale) {
        ReorderBoard.Suggestion suggestion = board.suggested().stream()
                .filter(one -> wanted.supplier().equals(one.supplier())
                        && wanted.store().equals(one.store()))
                .findFirst()
                .orElseThrow(() -> ActRefused.of("order-no-lines"));
        String rate = wanted.rate();
        PurchaseOrder order = ActRefused.unlessDone(orders.keep(
                new PurchaseOrders.Draft(
                        ids.next(),
                        wanted.supplier(),
                        wanted.store(),
                        rate == null || rate.isEmpty() ? BigDecimal.ONE : new BigDecimal(rate),
                        null,
                        "",
                        Stream.concat(
                                        suggestion.lines().stream().map(line -> wanted(line, locale)),
                                        suggestion.fillers().stream().map(line -> wanted(line, locale)))
                                .limit(PurchaseOrder.MOST_LINES)
                                .toList()),
                who));
        return new Made(order.id(), order.number());
    }

    private PurchaseOrders.Wanted wanted(ReorderBoard.Alert line, Locale locale) {
        BigDecimal cost = line.cost();
        return new PurchaseOrders.Wanted(
                ids.next(),
                line.part(),
                line.toOrder(),
                cost == null ? BigDecimal.ZERO : cost,
                line.theirNumber(),
                why(line, locale));
    }

    private PurchaseOrders.Wanted wanted(ReorderBoard.Filler line, Locale locale) {
        return new PurchaseOrders.Wanted(
                ids.next(), line.part(), line.quantity(), line.cost(), line.theirNumber(), why(line, locale));
    }

    /** @param minimum and maximum, as typed; blank takes the rule away */
    record Limits(
            @NotNull UUID store,
            @Size(max = 20) @Nullable String minimum,
            @Size(max = 20) @Nullable String maximum) {}

    record Kept(boolean kept) {}

    @PutMapping("/console/api/stock/{part}/limits")
    Kept limits(@PathVariable UUID part, @RequestBody @Valid Limits limits, @AuthenticationPrincipal Person who) {
        return new Kept(ActRefused.unlessDone(board.limits(
                limits.store(), new PartId(part), pieces(limits.minimum()), pieces(limits.maximum()), who)));
    }

    private static @Nullable Quantity pieces(@Nullable String typed) {
        String text = typed == null ? "" : typed.strip();
        if (text.isEmpty()) return null;
        if (!text.matches("\\d{1,7}([.]\\d{1,3})?")) throw ActRefused.of("reorder-limits-wrong");
        return Quantity.of(new BigDecimal(text));
    }
}
