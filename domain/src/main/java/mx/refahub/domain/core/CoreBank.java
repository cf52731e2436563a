package mx.refahub.domain.core;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Quantity;
import org.jspecify.annotations.Nullable;

/** What a customer has left as deposits at this branch, and may bring old pieces for. Implemented by the store connector; works with no network. */
public interface CoreBank {
    /**
     * @param sale that left the deposit; for one of the opening load the deposit's own id, as is the line
     * @param folio empty where another system took the deposit
     * @param left pieces that have not come
     * @param deposit what is paid back for all of them
     * @param days since it was sold
     * @param until the last day; null where there is none
     */
    record Owed(
            UUID sale,
            UUID line,
            String folio,
            String lineCode,
            String partNumber,
            String description,
            Quantity left,
            Money deposit,
            LocalDate soldOn,
            long days,
            @Nullable LocalDate until,
            boolean expired) {}

    /** @param limit how many pieces the customer may owe; empty: any number */
    record Standing(List<Owed> owed, Quantity pieces, Money deposits, Optional<Long> limit) {
        public Standing {
            owed = List.copyOf(owed);
        }
    }

    /** The oldest first. */
    Standing of(UUID customer);
}
