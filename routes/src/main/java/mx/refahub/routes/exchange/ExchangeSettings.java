package mx.refahub.routes.exchange;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code refahub.exchange.*}.
 *
 * @param every how often what waits for an ERP is looked for
 * @param callsPerSecond most batches that go to ERPs in a second
 */
@Validated
@ConfigurationProperties(prefix = "refahub.exchange", ignoreUnknownFields = false)
public record ExchangeSettings(
        @NotNull @DefaultValue("1m") Duration every,
        @Min(1) @Max(1_000) @DefaultValue("5") int callsPerSecond) {
    public ExchangeSettings {
        if (every.isNegative() || every.isZero())
            throw new IllegalArgumentException("refahub.exchange.every is " + every);
    }
}
