package mx.refahub.domain.credit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import org.jspecify.annotations.Nullable;

/** The company's store credits at the hub: what it owes, and to whom it was paid. */
public interface CreditBoard {
    /**
     * @param amount null while only its spending is known
     * @param spent over all branches; more than the amount where somebody paid twice with it
     */
    record Credit(
            UUID id,
            String code,
            String issuer,
            @Nullable Money amount,
            Money spent,
            @Nullable Instant issuedAt,
            List<Spending> spendings,
            StoreCredit.Kind kind) {
        public Credit {
            spendings = List.copyOf(spendings);
        }

        public boolean isOverspent() {
            return amount != null && spent.compareTo(amount) > 0;
        }
    }

    /**
     * @param store code of the branch that took it
     * @param folio of the ticket, or number of the layaway or special order that it paid a deposit of
     */
    record Spending(String store, String folio, Money amount, Instant at) {}

    /**
     * @param liability what is left of all credits that were paid back, together
     * @param vouchers the same of gift vouchers
     */
    record Standing(Money liability, Money vouchers, List<Credit> credits) {
        public Standing {
            credits = List.copyOf(credits);
        }
    }

    /** Those spent beyond their amount first, then the newest. */
    Standing standing(int limit);
}
