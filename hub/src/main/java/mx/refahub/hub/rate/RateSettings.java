package mx.refahub.hub.rate;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code refahub.rates.*}.
 *
 * @param source where the job rate-sync and the page's button ask for the day's rate of the dollar
 */
@Validated
@ConfigurationProperties(prefix = "refahub.rates", ignoreUnknownFields = false)
record RateSettings(@NotNull @DefaultValue("SIMULATOR") Source source) {
    enum Source {
        /** Rates are set by hand. */
        NONE,
        SIMULATOR
    }
}
