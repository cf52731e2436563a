package mx.refahub.routes.exchange;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code refahub.exchange.*}.
 *
 * @param every how often what waits for an ERP is looked for
 * @param callsPerSecond most batches that go to ERPs in a second
 */
@ConfigurationProperties(prefix = "refahub.exchange", ignoreUnknownFields = false)
public record ExchangeSettings(
        @DefaultValue("1m") Duration every,
        @DefaultValue("5") int callsPerSecond) {
    public ExchangeSettings {
        if (every.isNegative() || every.isZero())
            throw new IllegalArgumentException("refahub.exchange.every is " + every + ", not positive");
        if (callsPerSecond < 1 || callsPerSecond > 1_000)
            throw new IllegalArgumentException(
                    "refahub.exchange.calls-per-second is " + callsPerSecond + ", not 1 to 1000");
    }
}
