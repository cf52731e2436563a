package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.lender.LenderDesk;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Amount;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What a lender is asked to pay, or to give back. */
@RestController
@Tag(name = "lender")
class LenderApi {
    private static final long LARGEST = 1_000_000_000_000L;
    private final LenderDesk desk;

    LenderApi(LenderDesk desk) {
        this.desk = desk;
    }

    /** @param open without an answer that says what became of it */
    record OrderView(UUID id, String state, boolean open, boolean refund, Amount amount, String reference) {
        static OrderView of(LenderDesk.Order order) {
            return new OrderView(
                    order.id(),
                    order.state().name(),
                    order.state().isOpen(),
                    order.refund(),
                    Amount.of(order.amount()),
                    order.reference());
        }
    }

    record Orders(LenderDesk.Standing standing, List<OrderView> orders) {}

    /** @param id minted by the screen for this order; the same id again asks for nothing new */
    record NewOrder(
            @NotNull UUID id,
            @NotNull @Min(-LARGEST) @Max(LARGEST) Long amount,
            @NotNull @Size(max = 20) String phone) {}

    @GetMapping("/pos/api/tickets/{id}/lender")
    @Operation(summary = "Whether a lender can be asked, and what it was asked for a ticket that is not closed")
    Orders orders(@PathVariable UUID id) {
        return new Orders(
                desk.standing(), desk.of(id).stream().map(OrderView::of).toList());
    }

    @PostMapping("/pos/api/tickets/{id}/lender")
    @Operation(
            summary =
                    "Ask the lender to pay, or to give back where the ticket comes out negative; the same order again says what became of it")
    OrderView ask(@PathVariable UUID id, @RequestBody @Valid NewOrder order, @AuthenticationPrincipal Person who) {
        return OrderView.of(ActRefused.unlessDone(desk.ask(
                order.id(), id, Money.mxn(order.amount()), order.phone().strip(), who)));
    }

    @PostMapping("/pos/api/lender/{id}/inquiry")
    @Operation(summary = "Ask what became of an order of the lender")
    OrderView inquire(@PathVariable UUID id, @AuthenticationPrincipal Person who) {
        return OrderView.of(ActRefused.unlessDone(desk.inquire(id, who)));
    }

    @PostMapping("/pos/api/lender/{id}/cancellation")
    @Operation(summary = "Take back an order of the lender that has not paid for a ticket")
    OrderView cancel(@PathVariable UUID id, @AuthenticationPrincipal Person who) {
        return OrderView.of(ActRefused.unlessDone(desk.cancel(id, who)));
    }
}
