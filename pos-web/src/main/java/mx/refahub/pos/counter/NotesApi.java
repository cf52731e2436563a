package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import mx.refahub.domain.note.HandOvers;
import mx.refahub.domain.note.Note;
import mx.refahub.domain.note.Notes;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Amount;
import mx.refahub.pos.web.Count;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Notes: issued by whoever sells, collected by the till, handed over by the warehouse. */
@RestController
@Tag(name = "notes")
class NotesApi {
    private final Notes notes;
    private final HandOvers handOvers;

    NotesApi(Notes notes, HandOvers handOvers) {
        this.notes = notes;
        this.handOvers = handOvers;
    }

    record NoteView(
            UUID ticket,
            long number,
            String code,
            String by,
            Instant at,
            Instant expiresAt,
            int lines,
            Amount total,
            String buyer) {
        static NoteView of(Note note) {
            return new NoteView(
                    note.ticket(),
                    note.number(),
                    note.code(),
                    note.byName(),
                    note.at(),
                    note.expiresAt(),
                    note.lines(),
                    Amount.of(note.total()),
                    note.buyer());
        }
    }

    /** @param separate whether tickets can be written at a register whose drawer is closed */
    record AllNotes(boolean separate, List<NoteView> notes) {}

    @GetMapping("/pos/api/notes")
    @Operation(summary = "Notes to collect in this branch, the oldest first")
    AllNotes waiting() {
        return new AllNotes(
                notes.setting().separate(),
                notes.waiting().stream().map(NoteView::of).toList());
    }

    @PostMapping("/pos/api/tickets/{id}/note")
    @Operation(summary = "Issue the ticket as a numbered note and print it; the register is free for the next")
    NoteView issue(@PathVariable UUID id, @AuthenticationPrincipal Person who) {
        return NoteView.of(ActRefused.unlessDone(notes.issue(id, who)));
    }

    @PostMapping("/pos/api/notes/{ticket}/reprint")
    @Operation(summary = "Print a note again, marked as a reprint")
    NoteView reprint(@PathVariable UUID ticket, @AuthenticationPrincipal Person who) {
        return NoteView.of(ActRefused.unlessDone(notes.reprint(ticket, who)));
    }

    @DeleteMapping("/pos/api/notes/{ticket}")
    @Operation(summary = "Give up a note that nobody will collect")
    AllNotes cancel(@PathVariable UUID ticket, @AuthenticationPrincipal Person who) {
        return new AllNotes(
                notes.setting().separate(),
                ActRefused.unlessDone(notes.cancel(ticket, who)).stream()
                        .map(NoteView::of)
                        .toList());
    }

    /** @param code as its barcode says it, or its number */
    record Collect(@NotNull @Size(max = 40) String code) {}

    @PostMapping("/pos/api/registers/{id}/notes")
    @Operation(summary = "Take a note in hand at this register, to charge it; the ticket in hand waits in its place")
    TicketView collect(
            @PathVariable UUID id,
            @RequestBody @Valid Collect collect,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        return TicketView.of(ActRefused.unlessDone(notes.collect(new RegisterId(id), collect.code(), who)), locale);
    }

    record LineView(UUID line, String code, String name, String unit, Count sold, Count given, Count left) {
        static LineView of(HandOvers.Line line) {
            return new LineView(
                    line.line(),
                    line.code(),
                    line.description(),
                    line.unit(),
                    Count.of(line.sold()),
                    Count.of(line.given()),
                    Count.of(line.left()));
        }
    }

    /** @param settled nothing is owed any more */
    record DueView(
            UUID sale, String folio, long note, Instant soldAt, String buyer, boolean settled, List<LineView> lines) {
        static DueView of(HandOvers.Due due) {
            return new DueView(
                    due.sale(),
                    due.folio(),
                    due.note(),
                    due.soldAt(),
                    due.buyer(),
                    due.settled(),
                    due.lines().stream().map(LineView::of).toList());
        }
    }

    record AllDue(List<DueView> tickets) {}

    @GetMapping("/pos/api/hand-overs")
    @Operation(summary = "Paid tickets that still owe goods, the oldest first")
    AllDue owed() {
        return new AllDue(handOvers.owed().stream().map(DueView::of).toList());
    }

    /** @param code of the note or of the ticket, as scanned or typed */
    record Look(@NotNull @Size(max = 400) String code) {}

    @PostMapping("/pos/api/hand-overs/look")
    @Operation(summary = "What a note or a ticket still owes")
    DueView look(@RequestBody @Valid Look look) {
        return DueView.of(ActRefused.unlessDone(handOvers.find(look.code())));
    }

    record GivenLine(
            @NotNull UUID line,

            @NotNull @DecimalMin("0.001") @DecimalMax("1000000") @Digits(integer = 7, fraction = 3)
            BigDecimal quantity) {}

    /** @param act minted by the screen for this one key press; the same act again changes nothing */
    record HandOver(
            @NotNull UUID act,

            @NotNull @Size(min = 1, max = HandOvers.MOST_LINES)
            List<@Valid GivenLine> lines) {}

    @PostMapping("/pos/api/sales/{id}/hand-overs")
    @Operation(summary = "Confirm that goods were handed over, all or some")
    DueView handOver(@PathVariable UUID id, @RequestBody @Valid HandOver given, @AuthenticationPrincipal Person who) {
        return DueView.of(ActRefused.unlessDone(handOvers.confirm(
                given.act(),
                id,
                given.lines().stream()
                        .map(line -> new HandOvers.Given(line.line(), Quantity.of(line.quantity())))
                        .toList(),
                who)));
    }
}
