package mx.refahub.hub.alert;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** Settings {@code refahub.alerts.*}. @param every how often everything is measured; zero: only when somebody asks */
@Validated
@ConfigurationProperties(prefix = "refahub.alerts", ignoreUnknownFields = false)
record AlertSettings(@NotNull @DefaultValue("1m") Duration every) {
    AlertSettings {
        if (every.isNegative()) throw new IllegalArgumentException("refahub.alerts.every is " + every);
    }
}
