package mx.refahub.domain.core;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Quantity;
import org.jspecify.annotations.Nullable;

/** The company's core bank at the hub: what customers of all branches have left as deposits, and the terms. Pieces and deposits are what has not come back. */
public interface CoreDesk {
    int MOST_DAYS = 3_650;
    int MOST_PIECES = 100_000;

    /**
     * @param taxed whether a deposit is taxed like its part; else it is owed, without tax
     * @param days in which an old piece comes back; null for ever
     * @param limit pieces that a customer may owe; null for any number
     */
    record Terms(
            boolean taxed, @Nullable Integer days, @Nullable Integer limit) {}

    /** @param upTo days since the sale, the last one without an end (null) */
    record Age(@Nullable Integer upTo, Quantity pieces, Money deposits) {}

    /**
     * @param customer null: those who left no name, all together
     * @param ages as {@link Standing#ages}
     * @param limit of this customer alone; null where the company's holds
     * @param expired of the deposits, those whose day has passed
     */
    record Customer(
            @Nullable UUID customer,
            String name,
            Quantity pieces,
            Money deposits,
            List<Age> ages,
            LocalDate oldest,
            @Nullable Integer limit,
            Money expired) {
        public Customer {
            ages = List.copyOf(ages);
        }
    }

    /** @param customers who owe, those with the oldest piece first */
    record Standing(
            Terms terms, Quantity pieces, Money deposits, Money expired, List<Age> ages, List<Customer> customers) {
        public Standing {
            ages = List.copyOf(ages);
            customers = List.copyOf(customers);
        }
    }

    /**
     * @param line of the sale, or the opening deposit's id
     * @param folio empty where it came with the opening load
     * @param run of the opening load; null for a sale's
     */
    record Owed(
            UUID line,
            String store,
            String folio,
            @Nullable Long run,
            String lineCode,
            String partNumber,
            String description,
            Quantity left,
            Money deposit,
            LocalDate soldOn,
            @Nullable LocalDate until) {}

    Standing standing(int limit);

    /** Of a customer, or of those without a name; the oldest first. */
    List<Owed> owed(@Nullable UUID customer, int limit);

    /** Goes down with the settings; tickets that were sold keep theirs. Refused: {@code core-days}, {@code core-limit-invalid}. */
    Outcome<Standing> terms(Terms terms, String by);

    /**
     * A customer's own limit in place of the company's; null takes it off. Refused: {@code customer-unknown}, {@code core-limit-invalid}.
     */
    Outcome<Standing> limit(UUID customer, @Nullable Integer pieces, String by);

    /**
     * Pieces of an opening deposit came; their deposit is no longer owed. The same id again is the same act. Refused: {@code core-pieces-invalid}, {@code core-opening-unknown},
     * {@code core-back-more} (left), {@code core-back-other}.
     */
    Outcome<Standing> back(UUID opening, UUID id, String pieces, String by);
}
