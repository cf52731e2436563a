package mx.refahub.pos.desk;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.lostsale.LostSale;
import mx.refahub.domain.lostsale.LostSales;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.proposal.CounterParts;
import mx.refahub.domain.proposal.PartDraft;
import mx.refahub.domain.store.Person;

/** What the catalogue lacks, kept in memory. */
final class DeskMissing implements CounterParts, LostSales {
    private final Map<UUID, Made> made = new LinkedHashMap<>();
    private final List<LostSale> lost = new ArrayList<>();
    private final Clock clock;

    DeskMissing(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Outcome<Made> make(UUID act, PartDraft draft, Person who) {
        for (Made each : made.values())
            if (!each.id().value().equals(act) && each.draft().code().equals(draft.code()))
                return Outcome.refused("proposal-exists", draft.code());
        return Outcome.done(
                made.computeIfAbsent(act, id -> new Made(new PartId(id), draft, clock.instant(), who.name(), null)));
    }

    @Override
    public synchronized List<Made> latest(int limit) {
        return List.copyOf(made.values()).reversed();
    }

    @Override
    public synchronized Outcome<LostSale> note(UUID act, LostSale.Asked asked, Person who) {
        if (!(asked.checked() instanceof Outcome.Done<LostSale.Asked>(LostSale.Asked clean)))
            return Outcome.refused("lost-sale-empty");
        LostSale sale = new LostSale(
                act,
                clean.text(),
                clean.vehicle(),
                clean.part(),
                "",
                clean.quantity(),
                clean.reason(),
                clean.note(),
                clock.instant(),
                who.id(),
                who.name());
        lost.add(sale);
        return Outcome.done(sale);
    }
}
