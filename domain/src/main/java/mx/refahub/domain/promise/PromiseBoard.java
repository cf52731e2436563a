package mx.refahub.domain.promise;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import org.jspecify.annotations.Nullable;

/** What all branches have promised, as the hub's ledger has it. Implemented by the hub over PostgreSQL; only reads. */
public interface PromiseBoard {
    int MOST = 500;

    enum View {
        /** Open layaways and special orders. */
        OPEN,
        /** Special orders that nobody has noted as arrived: what is to be ordered. */
        TO_ORDER,
        QUOTES,
        CLOSED
    }

    /**
     * @param store code of the branch
     * @param deposit held now
     * @param late days since its day; 0 before
     */
    record Row(
            UUID id,
            Promise.Kind kind,
            String number,
            String store,
            String customer,
            Money total,
            Money deposit,
            LocalDate day,
            LocalDate dueOn,
            long late,
            Promise.State state,
            String parts) {}

    /**
     * @param held what the company owes for all open promises
     * @param ageing of what is held, by days since the promise was made: up to 30, 60, 90 and above
     */
    record Standing(Money held, List<Money> ageing, List<Row> rows) {
        public Standing {
            ageing = List.copyOf(ageing);
            rows = List.copyOf(rows);
        }
    }

    /** @param text begins a number or stands in a customer's name; empty for all */
    Standing list(View view, String text, LocalDate today);

    record Line(String lineCode, String number, String description, String quantity, Money total) {}

    record Entry(String kind, Money amount, @Nullable String tender, String reference, Instant at, String byName) {}

    record Sheet(Row row, String phone, String note, String byName, List<Line> lines, List<Entry> entries) {
        public Sheet {
            lines = List.copyOf(lines);
            entries = List.copyOf(entries);
        }
    }

    Optional<Sheet> sheet(UUID id, LocalDate today);
}
