package mx.refahub.domain.commission;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/**
 * Rates of commission. A rate holds for a person or for all, for a brand or for all, for a category with all below it or for all. Of those that hold on
 * the day of the sale the most particular counts: the person's before everybody's, then the brand's, then the deepest category's, then the one that
 * began last.
 */
public interface CommissionRates {
    BigDecimal MOST = BigDecimal.valueOf(100);
    int MOST_TEXT = 120;

    /**
     * @param person null: everybody; {@code brand}, {@code category} empty: all
     * @param percent with two decimals at most
     * @param ends the last day; null: until further notice
     */
    record Rate(
            UUID id,
            @Nullable UUID person,
            String personName,
            String brand,
            String category,
            BigDecimal percent,
            LocalDate starts,
            @Nullable LocalDate ends,
            String by) {}

    record Someone(UUID id, String name) {}

    /** @param today at head office */
    record Standing(LocalDate today, List<Rate> rates, List<Someone> people) {
        public Standing {
            rates = List.copyOf(rates);
            people = List.copyOf(people);
        }
    }

    /** Those that hold or will hold. */
    Standing standing();

    record Draft(@Nullable UUID person, String brand, String category, BigDecimal percent, LocalDate starts) {}

    /**
     * Refused: {@code commission-percent} (not 0 to 100 with two decimals), {@code commission-person-unknown}, {@code commission-text} (longer than
     * {@value #MOST_TEXT}), {@code commission-past} (what is paid out already does not change).
     */
    Outcome<Standing> add(UUID id, Draft draft, Person who);

    /** Holds today for the last time; one that has not begun is gone. Refused: {@code commission-unknown}. */
    Outcome<Standing> end(UUID id, Person who);
}
