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
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.stock.StockDesk;
import mx.refahub.domain.stock.StockLine;
import mx.refahub.domain.stock.TransferNumber;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Count;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Goods between branches: two documents with the same number, and what is on the way between them. */
@RestController
@Tag(name = "transfers")
class TransfersApi {
    private static final int LONGEST = StockDesk.LONGEST_TEXT;

    private final StockDesk desk;
    private final PartCatalogue catalogue;
    private final StockLines lines;

    TransfersApi(StockDesk desk, PartCatalogue catalogue, StockLines lines) {
        this.desk = desk;
        this.catalogue = catalogue;
        this.lines = lines;
    }

    record Branch(UUID id, String code, String name) {}

    record Branches(List<Branch> branches) {}

    @GetMapping("/pos/api/inventory/branches")
    @Operation(summary = "Open branches that goods can be sent to")
    Branches branches() {
        return new Branches(desk.branches().stream()
                .map(branch -> new Branch(branch.id(), branch.code(), branch.name()))
                .toList());
    }

    /** @param open still on the way; null where only the paper tells what was sent */
    record TransitLine(
            StockView.PartNamed part,
            @Nullable Count sent,
            Count arrived,
            @Nullable Count open) {}

    /** @param incoming false: sent from here */
    record Transit(String number, String from, String to, boolean incoming, Instant sentAt, List<TransitLine> lines) {}

    record Transits(List<Transit> transfers) {}

    @GetMapping("/pos/api/inventory/transfers")
    @Operation(summary = "What is on the way, to here and from here")
    Transits transfers(Locale locale) {
        return new Transits(
                desk.transfers().stream().map(transit -> view(transit, locale)).toList());
    }

    @GetMapping("/pos/api/inventory/transfers/{number}")
    @Operation(
            summary =
                    "What a transfer's number stands for; one that only its paper knows of is refused with transfer-unheard")
    Transit transfer(@PathVariable String number, Locale locale) {
        return view(ActRefused.unlessDone(desk.transfer(number(number))), locale);
    }

    /** @param lease that it keeps, of those that other branches asked for here */
    record Sending(
            @NotNull UUID act,
            @NotNull UUID to,
            @Size(max = LONGEST) @PlainText @Nullable String note,

            @NotNull @Valid @Size(max = StockDesk.MOST_LINES)
            List<StockLines.Typed> lines,

            @Nullable UUID lease) {}

    @PostMapping("/pos/api/inventory/transfers")
    @Operation(summary = "Send goods to another branch; prints the paper that goes with them")
    StockView.Written send(@RequestBody @Valid Sending sending, @AuthenticationPrincipal Person who, Locale locale) {
        StockLines.Checked checked = lines.check(sending.lines(), StockLine.Sign.POSITIVE, false, locale);
        if (checked.lines().isEmpty()) return StockApi.nothing(checked);
        return StockApi.written(
                ActRefused.unlessDone(desk.send(
                        new StockDesk.Sending(
                                sending.act(),
                                sending.to(),
                                StockApi.text(sending.note()),
                                checked.lines(),
                                sending.lease()),
                        who)),
                checked,
                who);
    }

    /** Lines say what came ({@code quantity}) and what never will ({@code lost}). */
    record Arriving(
            @NotNull UUID act,
            @Size(max = LONGEST) @PlainText @Nullable String note,

            @NotNull @Valid @Size(max = StockDesk.MOST_LINES)
            List<StockLines.Typed> lines) {}

    @PostMapping("/pos/api/inventory/transfers/{number}/arrivals")
    @Operation(
            summary =
                    "Take in what came of a transfer, or take back what was sent from here; write off what is missing")
    StockView.Written takeIn(
            @PathVariable String number,
            @RequestBody @Valid Arriving arriving,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        TransferNumber transfer = number(number);
        StockLines.Checked checked = lines.check(arriving.lines(), StockLine.Sign.ZERO_TOO, false, locale);
        if (checked.lines().isEmpty()) return StockApi.nothing(checked);
        return lines.written(
                ActRefused.unlessDone(desk.takeIn(
                        new StockDesk.Arrival(
                                arriving.act(), transfer, StockApi.text(arriving.note()), checked.lines()),
                        who)),
                checked,
                StockApi.maySeeCosts(who),
                locale);
    }

    private static TransferNumber number(String typed) {
        try {
            return new TransferNumber(typed);
        } catch (IllegalArgumentException e) {
            throw ActRefused.of("transfer-number-wrong");
        }
    }

    private Transit view(StockDesk.Transit transit, Locale locale) {
        Map<PartId, PartCard> cards = catalogue.cards(
                transit.lines().stream().map(StockDesk.TransitLine::part).toList());
        return new Transit(
                transit.number().value(),
                transit.from(),
                transit.to(),
                transit.incoming(),
                transit.sentAt(),
                transit.lines().stream().map(line -> line(line, cards, locale)).toList());
    }

    private static TransitLine line(StockDesk.TransitLine line, Map<PartId, PartCard> cards, Locale locale) {
        Quantity sent = line.sent();
        Quantity arrived = line.here().plus(line.elsewhere());
        return new TransitLine(
                StockView.PartNamed.of(line.part().value(), cards.get(line.part()), locale),
                sent == null ? null : Count.of(sent),
                Count.of(arrived),
                sent == null ? null : Count.of(new Quantity(Math.max(0, sent.thousandths() - arrived.thousandths()))));
    }
}
