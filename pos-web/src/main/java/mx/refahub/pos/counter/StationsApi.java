package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.store.Stations;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Stations without a drawer: which there are, and the browser that becomes one. */
@RestController
@Tag(name = "stations")
class StationsApi {
    /** Says which station this browser is; it lets nobody in. */
    static final String COOKIE = "refahub-station";

    /** As long as browsers keep any. */
    private static final Duration KEPT = Duration.ofDays(400);

    private final Stations stations;

    StationsApi(Stations stations) {
        this.stations = stations;
    }

    /** @param here it is this browser */
    record StationView(UUID id, String name, String prefix, Instant pairedAt, String pairedBy, boolean here) {
        static StationView of(Stations.Station station, boolean here) {
            return new StationView(
                    station.id().value(),
                    station.name(),
                    station.prefix(),
                    station.pairedAt(),
                    station.pairedBy(),
                    here);
        }
    }

    record All(List<StationView> stations) {}

    record Named(@NotNull @Size(max = 200) @PlainText String name) {}

    record InvitationView(String code, String name, Instant expiresAt) {}

    record Typed(@NotNull @Size(max = 40) String code) {
        /** Never shows the code. */
        @Override
        public String toString() {
            return "Typed[]";
        }
    }

    @GetMapping("/pos/api/stations")
    @Operation(summary = "Stations without a drawer, by name")
    All all(@CookieValue(name = COOKIE, required = false) @Nullable String token) {
        return all(stations.all(), token);
    }

    private All all(List<Stations.Station> all, @Nullable String token) {
        UUID here = token == null
                ? null
                : stations.of(token).map(one -> one.id().value()).orElse(null);
        return new All(all.stream()
                .map(one -> StationView.of(one, one.id().value().equals(here)))
                .toList());
    }

    @PostMapping("/pos/api/stations")
    @Operation(summary = "A code for a browser to become a station with this name")
    InvitationView invite(@RequestBody @Valid Named named, @AuthenticationPrincipal Person who) {
        Stations.Invitation made = ActRefused.unlessDone(stations.invite(named.name(), who));
        return new InvitationView(made.code(), made.name(), made.expiresAt());
    }

    @PostMapping("/pos/api/stations/pairing")
    @Operation(summary = "Make this browser the station that the code is for")
    StationView pair(
            @RequestBody @Valid Typed typed,
            @AuthenticationPrincipal Person who,
            HttpServletRequest request,
            HttpServletResponse response) {
        Stations.Paired paired = ActRefused.unlessDone(stations.pair(typed.code(), who));
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(COOKIE, paired.token())
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .sameSite("Strict")
                        .path("/")
                        .maxAge(KEPT)
                        .build()
                        .toString());
        return StationView.of(paired.station(), true);
    }

    @DeleteMapping("/pos/api/stations/{id}")
    @Operation(summary = "Its browser is no station any more; a ticket in hand there waits with the others")
    All revoke(
            @PathVariable UUID id,
            @CookieValue(name = COOKIE, required = false) @Nullable String token,
            @AuthenticationPrincipal Person who) {
        return all(ActRefused.unlessDone(stations.revoke(new RegisterId(id), who)), token);
    }
}
