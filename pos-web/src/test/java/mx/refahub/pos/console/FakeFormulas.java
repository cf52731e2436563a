package mx.refahub.pos.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.pricing.PriceFormula;
import mx.refahub.domain.pricing.PriceFormulas;
import mx.refahub.domain.store.Person;

/** Formulas in memory; their count stands for the table that was seen. */
final class FakeFormulas implements PriceFormulas {
    private final Map<String, List<PriceFormula>> kept = new LinkedHashMap<>();

    @Override
    public List<String> suppliers() {
        return List.copyOf(kept.keySet());
    }

    @Override
    public Kept of(String supplier) {
        List<PriceFormula> there = kept.getOrDefault(supplier, List.of());
        return new Kept(supplier, there, "" + there.size());
    }

    @Override
    public Outcome<Kept> keep(String supplier, List<PriceFormula> formulas, String seen, Person by) {
        if (!of(supplier).seen().equals(seen)) return Outcome.refused("formulas-changed");
        kept.put(supplier, formulas);
        return Outcome.done(of(supplier));
    }
}
