package mx.refahub.pos.console;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.commission.CommissionRates;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Rates of commission. What they come to is a report. */
@RestController
final class CommissionsController {
    private final CommissionRates rates;

    CommissionsController(CommissionRates rates) {
        this.rates = rates;
    }

    /** @param person null: everybody */
    record Row(
            UUID id,
            @Nullable UUID person,
            String personName,
            String brand,
            String category,
            String percent,
            LocalDate starts,
            @Nullable LocalDate ends,
            String by) {}

    record Someone(UUID id, String name) {}

    record Standing(LocalDate today, List<Row> rates, List<Someone> people) {
        static Standing of(CommissionRates.Standing standing) {
            return new Standing(
                    standing.today(),
                    standing.rates().stream()
                            .map(rate -> new Row(
                                    rate.id(),
                                    rate.person(),
                                    rate.personName(),
                                    rate.brand(),
                                    rate.category(),
                                    rate.percent().toPlainString(),
                                    rate.starts(),
                                    rate.ends(),
                                    rate.by()))
                            .toList(),
                    standing.people().stream()
                            .map(one -> new Someone(one.id(), one.name()))
                            .toList());
        }
    }

    @GetMapping("/console/api/commission-rates")
    Standing rates() {
        return Standing.of(rates.standing());
    }

    record NewRate(
            @Nullable UUID person,
            @Size(max = 200) @Nullable String brand,
            @Size(max = 200) @Nullable String category,
            @NotNull BigDecimal percent,
            @NotNull LocalDate starts) {}

    /** @param id minted by the page for this one press; the same again changes nothing */
    @PutMapping("/console/api/commission-rates/{id}")
    Standing add(@PathVariable UUID id, @RequestBody @Valid NewRate rate, @AuthenticationPrincipal Person who) {
        return Standing.of(ActRefused.unlessDone(rates.add(
                id,
                new CommissionRates.Draft(
                        rate.person(), or(rate.brand()), or(rate.category()), rate.percent(), rate.starts()),
                who)));
    }

    @DeleteMapping("/console/api/commission-rates/{id}")
    Standing end(@PathVariable UUID id, @AuthenticationPrincipal Person who) {
        return Standing.of(ActRefused.unlessDone(rates.end(id, who)));
    }

    private static String or(@Nullable String text) {
        return text == null ? "" : text;
    }
}
