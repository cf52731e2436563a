package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.stock.StockDesk;
import mx.refahub.domain.stock.StockLeases;
import mx.refahub.domain.stock.StockLine;
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

/** Goods that one branch promises another, and what was sold and is not there: each with what can be done about it. */
@RestController
@Tag(name = "leases")
class LeasesApi {
    private static final int LONGEST = StockDesk.LONGEST_TEXT;
    private static final int MOST_HOURS = 14 * 24;
    private static final int SHOWN = 100;

    private final StockLeases leases;
    private final PartCatalogue catalogue;

    LeasesApi(StockLeases leases, PartCatalogue catalogue) {
        this.leases = leases;
        this.catalogue = catalogue;
    }

    /**
     * @param asking this branch asked; else it gives
     * @param state ASKED, RESERVED, SHORT, REFUSED, SENT, WITHDRAWN or LAPSED
     * @param onHand at the giver, {@code asOf}; null for the own branch, which is always right
     * @param needsSomebody a case: something has to be done about it
     */
    record LeaseView(
            UUID id,
            boolean asking,
            UUID other,
            String otherCode,
            StockView.PartNamed part,
            Count quantity,
            @Nullable Count reserved,
            String state,
            @Nullable UUID ticket,
            @Nullable UUID line,
            String forWhom,
            Instant askedAt,
            String askedBy,
            Instant expiresAt,
            String number,
            String why,
            Count onHand,
            @Nullable Instant asOf,
            boolean oversold,
            boolean needsSomebody) {
        static LeaseView of(StockLeases.Lease lease, Map<PartId, PartCard> cards, Locale locale) {
            Quantity reserved = lease.reserved();
            return new LeaseView(
                    lease.id(),
                    lease.asking(),
                    lease.other(),
                    lease.otherCode(),
                    StockView.PartNamed.of(lease.part().value(), cards.get(lease.part()), locale),
                    Count.of(lease.quantity()),
                    reserved == null ? null : Count.of(reserved),
                    lease.state().name(),
                    lease.ticket(),
                    lease.line(),
                    lease.forWhom(),
                    lease.askedAt(),
                    lease.askedBy(),
                    lease.expiresAt(),
                    lease.number(),
                    lease.why(),
                    Count.of(lease.onHand()),
                    lease.asOf(),
                    lease.oversold(),
                    lease.isCase());
        }
    }

    /** @param elsewhere who has it free */
    record MissingView(StockView.PartNamed part, Count onHand, Instant since, List<StockView.AtBranch> elsewhere) {}

    record Promises(List<LeaseView> leases, List<MissingView> missing) {}

    @GetMapping("/pos/api/inventory/leases")
    @Operation(summary = "What is promised from here and to here, and what was sold and is not there")
    Promises open(Locale locale) {
        List<StockLeases.Lease> open = leases.open();
        List<StockLeases.Missing> missing = leases.missing(SHOWN);
        List<PartId> parts = new ArrayList<>();
        open.forEach(lease -> parts.add(lease.part()));
        missing.forEach(one -> parts.add(one.part()));
        Map<PartId, PartCard> cards = catalogue.cards(parts.stream().distinct().toList());
        return new Promises(
                open.stream().map(lease -> LeaseView.of(lease, cards, locale)).toList(),
                missing.stream()
                        .map(one -> new MissingView(
                                StockView.PartNamed.of(one.part().value(), cards.get(one.part()), locale),
                                Count.of(one.onHand()),
                                one.since(),
                                one.elsewhere().stream()
                                        .map(StockView.AtBranch::of)
                                        .toList()))
                        .toList());
    }

    /**
     * @param quantity as typed
     * @param hours until it lapses
     * @param ticket with {@code line}: what it is for
     */
    record Asking(
            @NotNull UUID act,
            @NotNull UUID giver,
            @NotNull UUID part,
            @NotNull @Size(max = 40) String quantity,
            @Nullable UUID ticket,
            @Nullable UUID line,
            @Size(max = LONGEST) @PlainText @Nullable String forWhom,
            @Min(1) @Max(MOST_HOURS) int hours) {}

    @PostMapping("/pos/api/inventory/leases")
    @Operation(
            summary =
                    "Ask another branch to set goods aside; until it has answered they are only asked for, which the answer says with the age of the figure")
    LeaseView ask(@RequestBody @Valid Asking asking, @AuthenticationPrincipal Person who, Locale locale) {
        PartCard card = catalogue.card(new PartId(asking.part())).orElseThrow(() -> ActRefused.of("part-unknown"));
        Outcome<StockLine> line = StockLine.of(
                new StockLine.Typed(asking.act(), asking.part(), asking.quantity(), "", "", ""),
                card.part(),
                StockLine.Sign.POSITIVE,
                false);
        Quantity quantity = ActRefused.unlessDone(line).quantity();
        return view(
                leases.ask(
                        new StockLeases.Asking(
                                asking.act(),
                                asking.giver(),
                                card.part().id(),
                                quantity,
                                asking.ticket(),
                                asking.line(),
                                StockApi.text(asking.forWhom()),
                                Duration.ofHours(asking.hours())),
                        who),
                locale);
    }

    record Ending(@Size(max = LONGEST) @PlainText @Nullable String why) {}

    @PostMapping("/pos/api/inventory/leases/{id}/withdraw")
    @Operation(summary = "It is not wanted any more, or what became of it has been seen to; by the branch that asked")
    LeaseView withdraw(
            @PathVariable UUID id,
            @RequestBody @Valid Ending ending,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        return view(leases.withdraw(id, StockApi.text(ending.why()), who), locale);
    }

    @PostMapping("/pos/api/inventory/leases/{id}/refuse")
    @Operation(summary = "It will not be sent; by the branch that was asked")
    LeaseView refuse(
            @PathVariable UUID id,
            @RequestBody @Valid Ending ending,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        return view(leases.refuse(id, StockApi.text(ending.why()), who), locale);
    }

    private LeaseView view(Outcome<StockLeases.Lease> outcome, Locale locale) {
        StockLeases.Lease lease = ActRefused.unlessDone(outcome);
        return LeaseView.of(lease, catalogue.cards(List.of(lease.part())), locale);
    }
}
