package mx.refahub.pos.desk;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.note.HandOvers;
import mx.refahub.domain.note.Note;
import mx.refahub.domain.note.Notes;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;

/** A branch where one person does all: no notes, nothing to hand over. */
final class DeskNotes implements Notes, HandOvers {
    @Override
    public Setting setting() {
        return new Setting(false, Duration.ofHours(24));
    }

    @Override
    public Outcome<Note> issue(UUID ticket, Person who) {
        return Outcome.refused("ticket-unknown");
    }

    @Override
    public List<Note> waiting() {
        return List.of();
    }

    @Override
    public Outcome<Ticket> collect(RegisterId register, String code, Person who) {
        return Outcome.refused("note-unknown", code);
    }

    @Override
    public Outcome<List<Note>> cancel(UUID ticket, Person who) {
        return Outcome.refused("note-unknown", "");
    }

    @Override
    public Outcome<Note> reprint(UUID ticket, Person who) {
        return Outcome.refused("note-unknown", "");
    }

    @Override
    public List<Due> owed() {
        return List.of();
    }

    @Override
    public Outcome<Due> find(String code) {
        return Outcome.refused("hand-over-unknown", code);
    }

    @Override
    public Outcome<Due> confirm(UUID act, UUID sale, List<Given> lines, Person who) {
        return Outcome.refused("hand-over-unknown", "");
    }
}
