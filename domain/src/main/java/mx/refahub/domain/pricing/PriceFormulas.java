package mx.refahub.domain.pricing;

import java.util.List;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;

/** The formulas kept of each supplier, by which price-sync makes prices of lists. */
public interface PriceFormulas {
    /** Of one supplier's table. */
    int MOST = 500;

    /** Names that formulas or costs are kept of, and those of the suppliers that are bought from. */
    List<String> suppliers();

    /**
     * @param seen stands for this very table: who changes it says which one he saw
     */
    record Kept(String supplier, List<PriceFormula> formulas, String seen) {
        public Kept {
            formulas = List.copyOf(formulas);
        }
    }

    /** By brand, category, cost and level; none of an unknown supplier. */
    Kept of(String supplier);

    /**
     * Puts these in the place of all that were kept.
     *
     * @return refused: {@code formulas-changed} (somebody else or a list's file did meanwhile), {@code formulas-supplier} (no name), {@code formulas-twice} (two of
     *     the same brand, category, band and level), {@code formulas-too-many}
     */
    Outcome<Kept> keep(String supplier, List<PriceFormula> formulas, String seen, Person by);
}
