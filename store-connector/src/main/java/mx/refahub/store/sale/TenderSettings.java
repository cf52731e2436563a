package mx.refahub.store.sale;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code refahub.store.tenders.*}.
 *
 * @param rateMaxAge how old the rate of the dollar may be, in whole days; with an older one no dollars are taken
 */
public record TenderSettings(@DefaultValue("4d") Duration rateMaxAge) {
    private static final int MOST_DAYS = 60;

    public TenderSettings {
        if (rateMaxAge.isNegative() || rateMaxAge.toDays() > MOST_DAYS)
            throw new IllegalArgumentException(
                    "refahub.store.tenders.rate-max-age is " + rateMaxAge + ", not from 0 to " + MOST_DAYS + " days");
    }
}
