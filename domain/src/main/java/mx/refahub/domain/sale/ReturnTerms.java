package mx.refahub.domain.sale;

import java.util.Set;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.StoreId;
import org.jspecify.annotations.Nullable;

/**
 * On what terms a line came back.
 *
 * @param soldBy the branch that sold it; null where it is the one that takes it back, or nobody knows
 * @param fee what was kept of it for putting it back on the shelf; null for nothing. The line's amounts are what was paid back, without it
 * @param waived what of the returns policy somebody did not hold to; who and why stand in the line's grant
 * @param vehicle that it did not fit; null where nobody said
 * @param inspected somebody looked at the piece
 */
public record ReturnTerms(
        Source source,
        @Nullable StoreId soldBy,
        @Nullable Fee fee,
        Set<ReturnPolicy.Rule> waived,
        @Nullable Vehicle vehicle,
        boolean inspected) {
    public enum Source {
        /** A ticket of the branch itself, out of its own books. */
        OWN_TICKET,
        /** A ticket of another branch, proven by its signature. */
        SIGNED_TICKET,
        /** Nobody had a ticket: paid back as credit alone. */
        NO_TICKET,
        /** A deposit that another system took, as the opening load brought it: its line is the load's, and there is no sale. */
        OPENING
    }

    /** @param percent hundredths of a percent; {@code base + tax} is what was kept */
    public record Fee(int percent, Money base, Money tax) {
        public Money total() {
            return base.plus(tax);
        }
    }

    /** @param engine may be empty, as may all but make and model; year 0 where nobody knows */
    public record Vehicle(String make, String model, int year, String engine) {
        public static final int LONGEST = 60;

        public Vehicle {
            make = make.strip();
            model = model.strip();
            engine = engine.strip();
            if (make.isEmpty()
                    || model.isEmpty()
                    || make.length() > LONGEST
                    || model.length() > LONGEST
                    || engine.length() > LONGEST
                    || year < 0
                    || year > 9999)
                throw new IllegalArgumentException("vehicle '" + make + "' '" + model + "' " + year);
        }
    }

    public static final ReturnTerms PLAIN = new ReturnTerms(Source.OWN_TICKET, null, null, Set.of(), null, false);

    public ReturnTerms {
        waived = Set.copyOf(waived);
    }
}
