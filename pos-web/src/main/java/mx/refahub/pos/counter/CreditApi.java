package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import mx.refahub.domain.credit.Credits;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Amount;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Store credits at the till. */
@RestController
@Tag(name = "credits")
class CreditApi {
    private final Credits credits;

    CreditApi(Credits credits) {
        this.credits = credits;
    }

    /** @param code what was scanned or typed */
    record Asked(@NotNull @Size(max = 400) String code) {}

    record CreditView(String code, Amount amount, Amount left, LocalDate issuedOn, String issuer) {}

    @PostMapping("/pos/api/credits/look")
    @Operation(summary = "What is left of a store credit, as far as this branch can tell")
    CreditView look(@RequestBody @Valid Asked asked) {
        Credits.Standing credit = ActRefused.unlessDone(credits.look(asked.code()));
        return new CreditView(
                credit.code(),
                Amount.of(credit.amount()),
                Amount.of(credit.left()),
                credit.issuedOn(),
                credit.issuer());
    }
}
