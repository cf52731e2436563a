package mx.refahub.pos.console;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.commission.CommissionRates;
import mx.refahub.domain.store.Person;

/** Rates of commission in memory. */
final class FakeCommissions implements CommissionRates {
    private final List<Rate> rates = new ArrayList<>();

    @Override
    public synchronized Standing standing() {
        return new Standing(LocalDate.parse("2026-03-02"), rates, List.of());
    }

    @Override
    public synchronized Outcome<Standing> add(UUID id, Draft draft, Person who) {
        rates.add(new Rate(
                id,
                draft.person(),
                "",
                draft.brand(),
                draft.category(),
                draft.percent(),
                draft.starts(),
                null,
                who.name()));
        return Outcome.done(standing());
    }

    @Override
    public synchronized Outcome<Standing> end(UUID id, Person who) {
        return rates.removeIf(rate -> rate.id().equals(id))
                ? Outcome.done(standing())
                : Outcome.refused("commission-unknown");
    }
}
