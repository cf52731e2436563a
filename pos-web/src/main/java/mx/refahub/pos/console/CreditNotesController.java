package mx.refahub.pos.console;

import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.fiscal.CreditNotes;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Amount;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Credit notes of what came back of invoiced tickets. */
@RestController
final class CreditNotesController {
    private static final int SHOWN = 200;

    private final CreditNotes notes;

    CreditNotesController(CreditNotes notes) {
        this.notes = notes;
    }

    record NoteView(
            UUID sale,
            String folio,
            String store,
            LocalDate day,
            UUID related,
            String relatedFolio,
            Amount total,
            String receiver,
            @Nullable String invoice,
            boolean global,
            CreditNotes.State state,
            @Nullable String uuid) {
        static NoteView of(CreditNotes.Note note) {
            return new NoteView(
                    note.sale(),
                    note.folio(),
                    note.store(),
                    note.day(),
                    note.related(),
                    note.relatedFolio(),
                    Amount.of(note.total()),
                    note.receiver(),
                    note.invoice(),
                    note.global(),
                    note.state(),
                    note.uuid());
        }
    }

    /** @param tickets that the global invoice holds; null where none was told */
    record Notes(List<NoteView> notes, @Nullable Integer tickets) {}

    record Told(@NotNull @Size(max = 60) String uuid) {}

    /** @param wrong what was told before and is not so; null or empty where nothing was */
    record Global(
            @NotNull @Size(max = 40) String store,
            @NotNull LocalDate day,
            @NotNull @Size(max = 60) String uuid,
            @Nullable @Size(max = 60) String wrong) {}

    private Notes all(@Nullable Integer tickets) {
        return new Notes(notes.latest(SHOWN).stream().map(NoteView::of).toList(), tickets);
    }

    private Notes unless(Optional<Refusal> refused) {
        refused.ifPresent(no -> ActRefused.unlessDone(new Outcome.Refused<>(no)));
        return all(null);
    }

    @GetMapping("/console/api/credit-notes")
    @Operation(summary = "Credit notes of what came back of invoiced tickets")
    Notes all() {
        return all(null);
    }

    @GetMapping("/console/api/credit-notes/{sale}/{related}/xml")
    @Operation(summary = "The credit note as an unsigned CFDI, to be stamped")
    ResponseEntity<byte[]> xml(@PathVariable UUID sale, @PathVariable UUID related) {
        byte[] xml = ActRefused.unlessDone(notes.xml(sale, related));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_XML)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("nota-de-credito-" + sale + ".xml")
                                .build()
                                .toString())
                .body(xml);
    }

    @PutMapping("/console/api/credit-notes/{sale}/{related}")
    @Operation(summary = "The UUID that the credit note was stamped with")
    Notes stamped(
            @PathVariable UUID sale,
            @PathVariable UUID related,
            @RequestBody @Valid Told told,
            @AuthenticationPrincipal Person who) {
        return unless(notes.stamped(sale, related, told.uuid(), who));
    }

    @PutMapping("/console/api/credit-notes/invoices/{related}")
    @Operation(summary = "The UUID of a ticket's own invoice")
    Notes invoiced(@PathVariable UUID related, @RequestBody @Valid Told told, @AuthenticationPrincipal Person who) {
        return unless(notes.invoiced(related, told.uuid(), who));
    }

    @PostMapping("/console/api/credit-notes/global")
    @Operation(summary = "The UUID of the global invoice of a branch's day")
    Notes global(@RequestBody @Valid Global global, @AuthenticationPrincipal Person who) {
        String wrong = global.wrong();
        return all(ActRefused.unlessDone(
                wrong == null || wrong.isBlank()
                        ? notes.global(global.store(), global.day(), global.uuid(), who)
                        : notes.global(global.store(), global.day(), global.uuid(), wrong, who)));
    }
}
