package mx.refahub.pos.console;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import mx.refahub.domain.hub.SecondFactors;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The own second factor, and taking that of somebody else off. */
@RestController
@Tag(name = "session")
final class SecondFactorController {
    private final SecondFactors factors;

    SecondFactorController(SecondFactors factors) {
        this.factors = factors;
    }

    record Typed(@NotBlank @Size(max = 64) String code) {
        /** Never shows the secret. */
        @Override
        public String toString() {
            return "Typed";
        }
    }

    record Whose(@NotBlank @Size(max = 254) String user) {}

    /** @param codes shown this once */
    record Recovery(List<String> codes) {}

    @GetMapping("/console/api/second-factor")
    @Operation(
            summary =
                    "Whether the own sign-in asks for a code of the authenticator, and how many recovery codes are left")
    SecondFactors.State state(@AuthenticationPrincipal Person who) {
        return factors.state(who);
    }

    @PostMapping("/console/api/second-factor/begin")
    @Operation(summary = "A new secret for the authenticator; it counts once a code of it was typed")
    ResponseEntity<SecondFactors.Enrolment> begin(@AuthenticationPrincipal Person who) {
        return unseen(ActRefused.unlessDone(factors.begin(who)));
    }

    @PostMapping("/console/api/second-factor/confirm")
    @Operation(summary = "Switch it on with a first code; answers the recovery codes, this once")
    ResponseEntity<Recovery> confirm(@RequestBody @Valid Typed typed, @AuthenticationPrincipal Person who) {
        return unseen(new Recovery(ActRefused.unlessDone(factors.confirm(who, typed.code()))));
    }

    @PostMapping("/console/api/second-factor/off")
    @Operation(summary = "Switch the own one off, with a code")
    SecondFactors.State off(@RequestBody @Valid Typed typed, @AuthenticationPrincipal Person who) {
        return ActRefused.unlessDone(factors.takeOff(who, typed.code()));
    }

    @PostMapping("/console/api/second-factor/reset")
    @Operation(summary = "Switch somebody's off who has lost the telephone")
    SecondFactors.State reset(@RequestBody @Valid Whose whose, @AuthenticationPrincipal Person who) {
        return ActRefused.unlessDone(factors.reset(whose.user(), who));
    }

    private static <T> ResponseEntity<T> unseen(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }
}
