package mx.refahub.pos.desk;

import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.lender.LenderDesk;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.Person;

/** A company without a lender. */
final class DeskLender implements LenderDesk {
    @Override
    public Standing standing() {
        return Standing.NONE;
    }

    @Override
    public List<Order> of(UUID ticket) {
        return List.of();
    }

    @Override
    public Outcome<Order> ask(UUID id, UUID ticket, Money amount, String phone, Person who) {
        return Outcome.refused("lender-none");
    }

    @Override
    public Outcome<Order> inquire(UUID id, Person who) {
        return Outcome.refused("lender-unknown");
    }

    @Override
    public Outcome<Order> cancel(UUID id, Person who) {
        return Outcome.refused("lender-unknown");
    }
}
