package mx.refahub.domain.credit;

import java.time.LocalDate;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;

/** Store credits as far as this branch can tell. Implemented by the store connector; works with no network. */
public interface Credits {
    /**
     * @param code for people
     * @param left of it, less what was spent here, and elsewhere as far as this branch was told
     * @param issuer code of the branch that owes it
     */
    record Standing(
            UUID id, String code, Money amount, Money left, LocalDate issuedOn, String issuer, StoreCredit.Kind kind) {}

    /**
     * The credit of a scanned slip, of any branch, or of a typed code that this branch has seen.
     * Refused: {@code credit-mistyped} (no such code can be), {@code credit-unknown} (not seen here: the slip must be scanned), {@code credit-false} (no branch signed it),
     * {@code credit-spent} (nothing is left), {@code credit-short} (when paying: naming what is left).
     *
     * @param text of the slip's QR, or its code
     */
    Outcome<Standing> look(String text);
}
