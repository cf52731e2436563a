package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.Returns;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Count;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What customers bring back. */
@RestController
@Tag(name = "returns")
class ReturnsApi {
    private final Returns returns;
    private final Approvals approvals;

    ReturnsApi(Returns returns, Approvals approvals) {
        this.returns = returns;
        this.approvals = approvals;
    }

    /** @param left of each line, by the line's id, in the order of the sale; lines that came back themselves are left out */
    record ReturnableView(SaleView sale, List<Left> lines) {
        record Left(UUID line, Count left) {}
    }

    /** @param act minted by the screen for this one key press; the same act again changes nothing */
    record BringBack(
            @NotNull UUID act,
            @NotNull UUID sale,
            @NotNull UUID line,

            @NotNull @DecimalMin("-1000000") @DecimalMax("1000000") @Digits(integer = 7, fraction = 3)
            BigDecimal quantity,

            @NotNull ReturnOf.Reason reason,
            @Valid Approvals.@Nullable Approval approval) {}

    @GetMapping("/pos/api/returnable")
    @Operation(summary = "The sale with this folio, invoice code or scanned ticket, and what of it can still come back")
    ReturnableView returnable(@RequestParam("code") String code) {
        Sale sale = returns.find(code).orElseThrow(() -> ActRefused.of("sale-not-found", shown(code)));
        Returns.Returnable returnable = ActRefused.unlessDone(returns.returnable(sale.id()));
        return new ReturnableView(
                SaleView.of(returnable.sale()),
                returnable.lines().stream()
                        .map(line -> new ReturnableView.Left(line.sold().id(), Count.of(line.left())))
                        .toList());
    }

    private static String shown(String code) {
        String bare = code.strip();
        return bare.length() > 40 ? bare.substring(0, 40) + "…" : bare;
    }

    @PostMapping("/pos/api/tickets/{id}/returns")
    @Operation(summary = "Put a line that comes back on the ticket")
    TicketView bringBack(
            @PathVariable UUID id,
            @RequestBody @Valid BringBack back,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        return TicketView.of(
                ActRefused.unlessDone(returns.bringBack(
                        id,
                        back.act(),
                        back.sale(),
                        back.line(),
                        Quantity.of(back.quantity()),
                        back.reason(),
                        who,
                        approvals.approver(back.approval()))),
                locale);
    }
}
