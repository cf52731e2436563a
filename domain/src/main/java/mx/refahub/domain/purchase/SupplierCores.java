package mx.refahub.domain.purchase;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/**
 * Old pieces that the company owes to its suppliers. A receipt of a part with a supplier's core charge opens a debt; pieces that a branch gives close the oldest debts of
 * that part first; the supplier's credit pays the charge back. All of it in the supplier's currency.
 */
public interface SupplierCores {
    /** Of debts by age in days. */
    record Age(Quantity pieces, Money amount) {}

    /**
     * @param days within which a supplier takes old pieces back; 0 for no end
     * @param overdue what may not be taken back any more
     * @param awaited credit for pieces that were given
     */
    record Standing(
            UUID supplier,
            String name,
            int days,
            @Nullable LocalDate oldest,
            Age to30,
            Age to60,
            Age to90,
            Age more,
            Money overdue,
            Money awaited) {}

    /** Suppliers to whom pieces are owed or who owe a credit, by name. */
    List<Standing> standings();

    /**
     * @param reference of the receipt
     * @param open of {@code bought}; {@code amount} is what comes back for them
     */
    record Charge(
            UUID id,
            String store,
            String lineCode,
            String partNumber,
            String name,
            String reference,
            LocalDate on,
            @Nullable LocalDate due,
            long days,
            Quantity bought,
            Quantity open,
            Money amount) {}

    record Credit(UUID id, Money amount, String reference, Instant at, String by) {}

    /**
     * @param supplier null while nobody has said who that is
     * @param pieces of which {@code surplus} close no debt
     * @param expected for the debts that it closes
     * @param settledAt all was credited, or somebody said that no more will come
     */
    record Given(
            UUID id,
            String store,
            @Nullable UUID supplier,
            String supplierName,
            String reference,
            String note,
            Instant at,
            String by,
            Quantity pieces,
            Quantity surplus,
            Money expected,
            Money credited,
            @Nullable Instant settledAt,
            String settledNote,
            List<Credit> credits) {
        public Given {
            credits = List.copyOf(credits);
        }
    }

    /** Debts of a supplier that are open, the oldest first. */
    List<Charge> charges(UUID supplier, int limit);

    /** @param supplier null for all; those that wait for their supplier or their credit first, then the newest */
    List<Given> given(@Nullable UUID supplier, int limit);

    Optional<Given> one(UUID given);

    /**
     * What should go back from a branch: the lesser of what lies there and what is owed for that part, to the supplier whose debt is the oldest.
     *
     * @param lies what customers left at the branch, less what went on
     */
    record Proposed(
            UUID store,
            String storeCode,
            UUID supplier,
            String supplierName,
            UUID part,
            String lineCode,
            String partNumber,
            String name,
            Quantity lies,
            Quantity quantity,
            Money amount,
            @Nullable LocalDate due) {}

    /** What is due soonest first. */
    List<Proposed> proposed(int limit);

    /**
     * The supplier's credit came.
     *
     * @param id minted by the screen: the same credit again changes nothing
     * @return refused: {@code cores-given-unknown}, {@code cores-supplier-missing}, {@code cores-amount-wrong}, {@code cores-credit-more} (naming what is still expected),
     *     {@code cores-settled}, {@code cores-credit-other}
     */
    Outcome<Given> credit(UUID given, UUID id, String amount, String reference, Person by);

    /** No more will come. @return refused: {@code cores-given-unknown}, {@code reason-needed} */
    Outcome<Given> settle(UUID given, String note, Person by);

    /** Says whose pieces these were, where the hub did not know. @return refused: {@code cores-given-unknown}, {@code supplier-unknown}, {@code cores-settled} */
    Outcome<Given> assign(UUID given, UUID supplier, Person by);

    /**
     * What a supplier charges for the old piece of a part, and until when it takes it back; what was bought keeps what it was bought with.
     *
     * @param charge text in the supplier's currency; empty or 0 for none
     * @return how many of the supplier's numbers mean that part; refused: {@code supplier-unknown}, {@code supplier-part-unknown}, {@code cores-amount-wrong}
     */
    Outcome<Integer> charge(UUID supplier, UUID part, String charge, Person by);
}
