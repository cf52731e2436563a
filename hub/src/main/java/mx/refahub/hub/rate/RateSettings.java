package mx.refahub.hub.rate;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code refahub.rates.*}.
 *
 * @param source where the day's rate of the dollar comes from
 * @param every how often the source is asked while the day's rate is not known
 */
@Validated
@ConfigurationProperties(prefix = "refahub.rates", ignoreUnknownFields = false)
record RateSettings(
        @NotNull @DefaultValue("NONE") Source source,
        @NotNull @DefaultValue("1h") Duration every) {
    enum Source {
        /** Rates are set by hand. */
        NONE,
        SIMULATOR
    }

    RateSettings {
        if (every.compareTo(Duration.ofMinutes(1)) < 0)
            throw new IllegalArgumentException("refahub.rates.every is " + every + ", less than a minute");
    }
}
