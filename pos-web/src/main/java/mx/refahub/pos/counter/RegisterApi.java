package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.cash.CashDesk;
import mx.refahub.domain.cash.CashSession;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.store.Stations;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Amount;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Registers and their drawers. */
@RestController
@Tag(name = "registers")
class RegisterApi {
    private static final long LARGEST_FLOAT = 100_000_000L;

    private final CashDesk desk;
    private final Stations stations;

    RegisterApi(CashDesk desk, Stations stations) {
        this.desk = desk;
        this.stations = stations;
    }

    /**
     * @param cashier who stands at it now
     * @param counted it has been counted and waits for its Z
     */
    record OpenSession(
            UUID id,
            String openedBy,
            Instant openedAt,
            Amount openingFloat,
            UUID cashier,
            String cashierName,
            boolean counted) {
        static OpenSession of(CashSession session) {
            return new OpenSession(
                    session.id(),
                    session.openedByName(),
                    session.openedAt(),
                    Amount.of(session.openingFloat()),
                    session.cashier().value(),
                    session.cashierName(),
                    session.isCounted());
        }
    }

    /**
     * @param session the open cash session, if any
     * @param station without a drawer, and this browser
     */
    record RegisterView(
            UUID id, String name, String prefix, @Nullable OpenSession session, boolean station) {}

    record Registers(List<RegisterView> registers) {}

    /**
     * @param id minted by the screen for this opening; the same again answers with the same session
     * @param openingFloat minor units
     */
    record Opening(
            @NotNull UUID id,
            @NotNull @PositiveOrZero @Max(LARGEST_FLOAT) Long openingFloat) {}

    @GetMapping("/pos/api/registers")
    @Operation(
            summary =
                    "The tills of this store and whether their drawers are open; at a station's browser the station alone")
    Registers registers(@CookieValue(name = StationsApi.COOKIE, required = false) @Nullable String token) {
        Stations.Station here = token == null ? null : stations.of(token).orElse(null);
        if (here != null)
            return new Registers(List.of(new RegisterView(here.id().value(), here.name(), here.prefix(), null, true)));
        return new Registers(desk.registers().stream()
                .map(register -> new RegisterView(
                        register.id().value(),
                        register.name(),
                        register.prefix(),
                        register.session().map(OpenSession::of).orElse(null),
                        false))
                .toList());
    }

    @PostMapping("/pos/api/registers/{id}/sessions")
    @Operation(summary = "Open a drawer with a float; an open one answers as it is")
    OpenSession open(@PathVariable UUID id, @RequestBody @Valid Opening opening, @AuthenticationPrincipal Person who) {
        return OpenSession.of(ActRefused.unlessDone(
                desk.open(opening.id(), new RegisterId(id), Money.mxn(opening.openingFloat()), who)));
    }
}
