package mx.refahub.pos.console;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import mx.refahub.domain.rate.RateDesk;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Rates of the dollar and the rounding of cash. */
@RestController
final class RatesController {
    private static final int SHOWN = 30;

    private final RateDesk desk;

    RatesController(RateDesk desk) {
        this.desk = desk;
    }

    /** @param published what the source said, where a rate set by hand is above it */
    record Row(
            LocalDate day,
            String pesos,
            String by,
            String source,
            Instant at,
            @Nullable String published) {}

    /** @param rounding centavos; 0 for none */
    record Standing(LocalDate today, long rounding, List<Row> rates) {
        static Standing of(RateDesk.Standing standing) {
            return new Standing(
                    standing.today(),
                    standing.rounding().step(),
                    standing.rates().stream()
                            .map(known -> new Row(
                                    known.rate().day(),
                                    known.rate().text(),
                                    known.by(),
                                    known.source(),
                                    known.at(),
                                    known.published() == null
                                            ? null
                                            : known.published().text()))
                            .toList());
        }
    }

    @GetMapping("/console/api/rates")
    Standing rates() {
        return Standing.of(desk.standing(SHOWN));
    }

    /** @param meant also if it is far off what holds; null is false */
    record NewRate(@NotNull BigDecimal pesos, @Nullable Boolean meant) {}

    @PutMapping("/console/api/rates/{day}")
    Standing set(@PathVariable LocalDate day, @RequestBody @Valid NewRate rate, @AuthenticationPrincipal Person who) {
        return Standing.of(
                ActRefused.unlessDone(desk.set(day, rate.pesos(), Boolean.TRUE.equals(rate.meant()), who.name())));
    }

    @DeleteMapping("/console/api/rates/{day}")
    Standing takeBack(@PathVariable LocalDate day, @AuthenticationPrincipal Person who) {
        return Standing.of(ActRefused.unlessDone(desk.takeBack(day, who.name())));
    }

    @PostMapping("/console/api/rates/fetch")
    Standing fetch(@AuthenticationPrincipal Person who) {
        return Standing.of(ActRefused.unlessDone(desk.fetch(who.name())));
    }

    record NewRounding(long step) {}

    @PutMapping("/console/api/cash-rounding")
    Standing round(@RequestBody @Valid NewRounding rounding, @AuthenticationPrincipal Person who) {
        return Standing.of(ActRefused.unlessDone(desk.round(rounding.step(), who.name())));
    }
}
