package mx.refahub.pos.desk;

import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.terminal.CardDesk;

/** A branch that notes its cards by hand. */
final class DeskCards implements CardDesk {
    @Override
    public boolean isThere() {
        return false;
    }

    @Override
    public List<Charge> of(UUID ticket) {
        return List.of();
    }

    @Override
    public Outcome<Charge> charge(UUID id, UUID ticket, Money amount, int months, Person who) {
        return Outcome.refused("card-terminal-none");
    }

    @Override
    public Outcome<Charge> inquire(UUID id, Person who) {
        return Outcome.refused("card-terminal-none");
    }

    @Override
    public Outcome<Charge> reverse(UUID id, Person who) {
        return Outcome.refused("card-terminal-none");
    }
}
