package mx.refahub.pos.counter;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the till's pages.
 *
 * @param sessionIdle a browser that did nothing for this long has to sign in again
 * @param bills banknotes offered as quick keys when paying, in whole pesos
 * @param paperKept sheets of the simulated printer that the page shows
 */
@Validated
@ConfigurationProperties(prefix = "refahub.pos", ignoreUnknownFields = false)
public record PosSettings(
        @DefaultValue("12h") Duration sessionIdle,

        @DefaultValue({"20", "50", "100", "200", "500", "1000"}) @NotEmpty
        List<@Positive Integer> bills,

        @DefaultValue("20") @Positive int paperKept) {
    public PosSettings {
        bills = bills.stream().sorted().distinct().toList();
    }

    @AssertTrue(message = "session-idle must be positive")
    boolean isSound() {
        return sessionIdle.isPositive();
    }
}
