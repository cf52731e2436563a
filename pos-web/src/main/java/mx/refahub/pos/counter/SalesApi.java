package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.sale.Till;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.pos.web.ActRefused;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Finished tickets. */
@RestController
@Tag(name = "sales")
class SalesApi {
    private final Till till;

    SalesApi(Till till) {
        this.till = till;
    }

    record Sales(List<SaleView> sales) {}

    @GetMapping("/pos/api/sales/{id}")
    @Operation(summary = "A finished ticket")
    SaleView sale(@PathVariable UUID id) {
        return SaleView.of(till.sale(id).orElseThrow(() -> ActRefused.of("sale-unknown")));
    }

    @GetMapping("/pos/api/registers/{id}/sales")
    @Operation(summary = "The register's latest sales, newest first")
    Sales latest(@PathVariable UUID id, @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit) {
        return new Sales(till.latest(new RegisterId(id), limit).stream()
                .map(SaleView::of)
                .toList());
    }

    @PostMapping("/pos/api/sales/{id}/reprint")
    @Operation(summary = "Print the ticket again, marked as a reprint")
    SaleView reprint(@PathVariable UUID id, @AuthenticationPrincipal Person who) {
        return SaleView.of(ActRefused.unlessDone(till.reprint(id, who)));
    }
}
