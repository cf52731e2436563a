package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.terminal.CardDesk;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Amount;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Charges of the card terminal. */
@RestController
@Tag(name = "cards")
class TerminalApi {
    private static final long LARGEST = 1_000_000_000_000L;
    private final CardDesk desk;

    TerminalApi(CardDesk desk) {
        this.desk = desk;
    }

    /** @param open without an answer that says what became of it */
    record ChargeView(
            UUID id,
            String state,
            boolean open,
            Amount amount,
            int months,
            Tender.@Nullable Kind kind,
            String authorization,
            String lastFour) {
        static ChargeView of(CardDesk.Charge charge) {
            return new ChargeView(
                    charge.id(),
                    charge.state().name(),
                    charge.state().isOpen(),
                    Amount.of(charge.amount()),
                    charge.months(),
                    charge.kind(),
                    charge.authorization(),
                    charge.lastFour());
        }
    }

    /** @param there whether there is a terminal at all */
    record Charges(boolean there, List<ChargeView> charges) {}

    /** @param id minted by the screen for this charge; the same id again charges nothing */
    record NewCharge(
            @NotNull UUID id,
            @NotNull @Min(-LARGEST) @Max(LARGEST) Long amount,
            int months) {}

    @GetMapping("/pos/api/tickets/{id}/charges")
    @Operation(summary = "What the card terminal has charged for a ticket that is not closed, or may have")
    Charges charges(@PathVariable UUID id) {
        return new Charges(
                desk.isThere(), desk.of(id).stream().map(ChargeView::of).toList());
    }

    @PostMapping("/pos/api/tickets/{id}/charges")
    @Operation(
            summary =
                    "Charge a card for the ticket and wait for the customer; the same charge again says what became of it")
    ChargeView charge(
            @PathVariable UUID id, @RequestBody @Valid NewCharge charge, @AuthenticationPrincipal Person who) {
        return ChargeView.of(
                ActRefused.unlessDone(desk.charge(charge.id(), id, Money.mxn(charge.amount()), charge.months(), who)));
    }

    @PostMapping("/pos/api/charges/{id}/inquiry")
    @Operation(summary = "Ask the terminal what became of a charge")
    ChargeView inquire(@PathVariable UUID id, @AuthenticationPrincipal Person who) {
        return ChargeView.of(ActRefused.unlessDone(desk.inquire(id, who)));
    }

    @PostMapping("/pos/api/charges/{id}/reversal")
    @Operation(summary = "Give back a charge that has not paid for a ticket")
    ChargeView reverse(@PathVariable UUID id, @AuthenticationPrincipal Person who) {
        return ChargeView.of(ActRefused.unlessDone(desk.reverse(id, who)));
    }
}
