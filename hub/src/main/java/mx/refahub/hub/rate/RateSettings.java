package mx.refahub.hub.rate;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.math.BigDecimal;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code refahub.rates.*}.
 *
 * @param source where the job rate-sync and the page's button ask for the day's rate of the dollar
 * @param leastFirst what a dollar is worth at least where no rate is known to compare with; below it a person is asked, and nothing published is taken
 * @param mostFirst as much at most
 */
@Validated
@ConfigurationProperties(prefix = "refahub.rates", ignoreUnknownFields = false)
record RateSettings(
        @NotNull @DefaultValue("SIMULATOR") Source source,
        @NotNull @Positive @DefaultValue("10") BigDecimal leastFirst,
        @NotNull @Positive @DefaultValue("40") BigDecimal mostFirst) {
    RateSettings {
        if (leastFirst.compareTo(mostFirst) >= 0)
            throw new IllegalArgumentException("refahub.rates.least-first is not below most-first");
    }

    enum Source {
        /** Rates are set by hand. */
        NONE,
        SIMULATOR
    }
}
