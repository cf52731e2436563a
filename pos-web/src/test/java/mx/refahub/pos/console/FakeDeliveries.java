package mx.refahub.pos.console;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.erp.DeliveryDesk;
import mx.refahub.domain.erp.ErpDeliveries.Standing;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/** One entry that was refused, until it is sent again. */
final class FakeDeliveries implements DeliveryDesk {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private State state = State.REFUSED;

    @Override
    public Standing standing(ErpTarget target) {
        return new Standing(
                target,
                state == State.WAITING ? 1 : 0,
                0,
                state == State.REFUSED ? 1 : 0,
                Money.mxn(0),
                Money.mxn(11_600));
    }

    @Override
    public List<Row> rows(ErpTarget target, State asked, int most) {
        return asked != state
                ? List.of()
                : List.of(new Row(
                        new UUID(1, 1),
                        "RH-CEN-20260401-1",
                        LocalDate.of(2026, 4, 1),
                        "CEN",
                        Money.mxn(11_600),
                        state,
                        null,
                        "-5002",
                        "Invalid account",
                        1,
                        NOW,
                        NOW));
    }

    @Override
    public Outcome<Long> again(ErpTarget target, @Nullable String reference, Person by) {
        if (state == State.WAITING) return Outcome.refused("delivery-unknown", "");
        state = State.WAITING;
        return Outcome.done(1L);
    }
}
