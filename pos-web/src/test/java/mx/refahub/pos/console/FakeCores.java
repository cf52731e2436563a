package mx.refahub.pos.console;

import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.core.CoreDesk;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Quantity;
import org.jspecify.annotations.Nullable;

/** Nobody owes an old piece. */
final class FakeCores implements CoreDesk {
    private Terms terms = new Terms(false, null, null);

    @Override
    public Standing standing(int limit) {
        return new Standing(terms, Quantity.ZERO, Money.mxn(0), Money.mxn(0), List.of(), List.of());
    }

    @Override
    public List<Owed> owed(@Nullable UUID customer, int limit) {
        return List.of();
    }

    @Override
    public Outcome<Standing> terms(Terms now, String by) {
        terms = now;
        return Outcome.done(standing(1));
    }

    @Override
    public Outcome<Standing> limit(UUID customer, @Nullable Integer pieces, String by) {
        return Outcome.refused("customer-unknown");
    }

    @Override
    public Outcome<Standing> back(UUID opening, UUID id, String pieces, String by) {
        return Outcome.refused("core-opening-unknown");
    }
}
