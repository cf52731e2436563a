package mx.refahub.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.search.Shelves;

/** Stock as a test says it is. */
final class StockBeside implements Shelves.Look {
    private final Set<PartId> here = new HashSet<>();
    private final Set<PartId> near = new HashSet<>();
    final List<List<PartId>> asked = new ArrayList<>();

    StockBeside here(PartId... parts) {
        here.addAll(List.of(parts));
        return this;
    }

    StockBeside near(PartId... parts) {
        near.addAll(List.of(parts));
        return this;
    }

    @Override
    public Predicate<PartId> stocked() {
        return here::contains;
    }

    @Override
    public Map<PartId, Shelves.OnHand> onHand(List<PartId> candidates) {
        asked.add(candidates);
        Map<PartId, Shelves.OnHand> onHand = new HashMap<>();
        for (PartId part : candidates) onHand.put(part, new Shelves.OnHand(here.contains(part), near.contains(part)));
        return onHand;
    }

    @Override
    public Map<PartId, PartCard> cards(Collection<PartId> parts) {
        return Map.of();
    }
}
