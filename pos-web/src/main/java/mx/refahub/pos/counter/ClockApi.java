package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Precautions;
import mx.refahub.pos.web.ActRefused;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A manager's word that the clock is right although it does not look so. */
@RestController
@Tag(name = "clock")
class ClockApi {
    static final String PATH = "/pos/api/clock";

    private final ObjectProvider<Precautions> precautions;

    ClockApi(ObjectProvider<Precautions> precautions) {
        this.precautions = precautions;
    }

    record Word(@NotBlank @Size(max = 300) String reason) {}

    /** @param at what the clock says, as it was accepted */
    record Accepted(String at) {}

    @PostMapping(PATH)
    @Operation(summary = "Accepts the clock for a day, with a reason")
    Accepted accept(@Valid @RequestBody Word word, @AuthenticationPrincipal Person person) {
        Precautions asked = precautions.getIfAvailable();
        if (asked == null) throw ActRefused.of("clock-not-wrong");
        return new Accepted(ActRefused.unlessDone(asked.acceptClock(person, word.reason())));
    }
}
