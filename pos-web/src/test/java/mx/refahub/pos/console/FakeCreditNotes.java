package mx.refahub.pos.console;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.fiscal.CreditNotes;
import mx.refahub.domain.store.Person;

final class FakeCreditNotes implements CreditNotes {
    @Override
    public List<Note> latest(int limit) {
        return List.of();
    }

    @Override
    public Outcome<byte[]> xml(UUID sale, UUID related) {
        return Outcome.refused("credit-note-unknown");
    }

    @Override
    public Optional<Refusal> invoiced(UUID related, String uuid, Person who) {
        return Optional.of(Refusal.of("credit-note-unknown"));
    }

    @Override
    public Outcome<Integer> global(String store, LocalDate day, String uuid, Person who) {
        return Outcome.refused("global-without-tickets");
    }

    @Override
    public Outcome<Integer> global(String store, LocalDate day, String uuid, String wrong, Person who) {
        return Outcome.refused("global-unknown", wrong);
    }

    @Override
    public Optional<Refusal> stamped(UUID sale, UUID related, String uuid, Person who) {
        return Optional.of(Refusal.of("credit-note-unknown"));
    }
}
