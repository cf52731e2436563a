package mx.refahub.domain.rate;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import mx.refahub.domain.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The company's rates of the dollar and how it rounds cash, at the hub. What is changed goes down to every branch with its settings. A rate set by hand
 * wins over a published one of the same day.
 *
 * <p>Refused: {@code rate-invalid} (not above zero, or more than four decimals), {@code rate-day-invalid} (more than a week ahead or a year back),
 * {@code rate-far} (the rate, the one that holds: more than a fifth off it, and not said to be meant), {@code rate-strange} (the rate: none is known to compare it with, it is outside of the band in the settings, and not said to be meant),
 * {@code rate-source-none} (none is set up), {@code rate-source-away} (it does not answer), {@code rate-not-published} (it has none for the day), {@code rate-published-strange} (the rate: nothing that is known is near it; who believes it sets it by hand), {@code rounding-invalid}.
 */
public interface RateDesk {
    /**
     * @param by who set it; empty if it was published
     * @param source empty if it was set by hand
     * @param published what the source said of the day, where a rate set by hand is above it
     */
    record Known(
            ExchangeRate rate,
            String by,
            String source,
            Instant at,
            @Nullable ExchangeRate published) {}

    record Standing(LocalDate today, CashRounding rounding, List<Known> rates) {
        public Standing {
            rates = List.copyOf(rates);
        }
    }

    /** The latest days first. */
    Standing standing(int limit);

    /**
     * @param meant also if it is far off what holds: a digit too many makes every dollar at the tills worth ten
     * @param by who does it, for the audit trail
     */
    Outcome<Standing> set(LocalDate day, BigDecimal pesos, boolean meant, String by);

    /** Takes back what was set by hand: the published one counts again, if there is one. Repeated, it changes nothing. */
    Outcome<Standing> takeBack(LocalDate day, String by);

    /** Asks the source for the present day. */
    Outcome<Standing> fetch(String by);

    Outcome<Standing> round(long step, String by);
}
