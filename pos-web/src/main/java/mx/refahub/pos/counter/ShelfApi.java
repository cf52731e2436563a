package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import mx.refahub.domain.sale.TicketShelf;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Amount;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Tickets that wait. */
@RestController
@Tag(name = "tickets")
class ShelfApi {
    private final TicketShelf shelf;

    ShelfApi(TicketShelf shelf) {
        this.shelf = shelf;
    }

    /** @param note to know it by: a name, a plate */
    record Park(@Size(max = 200) @Nullable String note) {}

    record ParkedView(UUID ticket, String note, String by, Instant at, int lines, Amount total) {
        static ParkedView of(TicketShelf.Parked parked) {
            return new ParkedView(
                    parked.ticket(),
                    parked.note(),
                    parked.by(),
                    parked.at(),
                    parked.lines(),
                    Amount.of(parked.total()));
        }
    }

    @PostMapping("/pos/api/tickets/{id}/park")
    @Operation(summary = "Put the ticket aside; the register is free for the next")
    ParkedView park(@PathVariable UUID id, @RequestBody @Valid Park park, @AuthenticationPrincipal Person who) {
        return ParkedView.of(ActRefused.unlessDone(shelf.park(id, park.note() == null ? "" : park.note(), who)));
    }

    @GetMapping("/pos/api/parked")
    @Operation(summary = "Tickets that wait in this branch, newest first")
    List<ParkedView> parked() {
        return shelf.parked().stream().map(ParkedView::of).toList();
    }

    @PostMapping("/pos/api/registers/{id}/recall/{ticket}")
    @Operation(summary = "Take a waiting ticket in hand; the one in hand waits in its place")
    TicketView recall(
            @PathVariable UUID id, @PathVariable UUID ticket, @AuthenticationPrincipal Person who, Locale locale) {
        return TicketView.of(ActRefused.unlessDone(shelf.recall(new RegisterId(id), ticket, who)), locale);
    }

    @DeleteMapping("/pos/api/parked/{ticket}")
    @Operation(summary = "Throw a waiting ticket away")
    List<ParkedView> drop(@PathVariable UUID ticket, @AuthenticationPrincipal Person who) {
        return ActRefused.unlessDone(shelf.drop(ticket, who)).stream()
                .map(ParkedView::of)
                .toList();
    }
}
