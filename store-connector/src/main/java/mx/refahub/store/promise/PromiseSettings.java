package mx.refahub.store.promise;

import mx.refahub.domain.promise.Promises;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code refahub.store.promises.*}.
 *
 * @param quoteDays how long a quote holds, its own day included
 * @param layawayDays how long a layaway waits
 * @param firstPercent what of a layaway is paid at once, at least
 * @param orderPercent the same of a special order
 * @param penaltyPercent what of a layaway's deposit is kept when it is cancelled; 0 for nothing
 */
public record PromiseSettings(
        @DefaultValue("15") int quoteDays,
        @DefaultValue("60") int layawayDays,
        @DefaultValue("20") int firstPercent,
        @DefaultValue("50") int orderPercent,
        @DefaultValue("0") int penaltyPercent) {
    static final int LONGEST = 366;
    private static final int HUNDRED = 100;

    public PromiseSettings {
        check("quote-days", quoteDays, 1, LONGEST);
        check("layaway-days", layawayDays, 1, LONGEST);
        check("first-percent", firstPercent, 0, HUNDRED);
        check("order-percent", orderPercent, 0, HUNDRED);
        check("penalty-percent", penaltyPercent, 0, HUNDRED);
    }

    Promises.Rules rules() {
        return new Promises.Rules(quoteDays, layawayDays, firstPercent, orderPercent, penaltyPercent);
    }

    private static void check(String key, int value, int least, int most) {
        if (value < least || value > most)
            throw new IllegalArgumentException(
                    "refahub.store.promises." + key + " is " + value + ", not between " + least + " and " + most);
    }
}
