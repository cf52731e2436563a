package mx.refahub.hub.outside;

import jakarta.validation.constraints.NotNull;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code refahub.outside.*}.
 *
 * @param loopback whether a connection may lead to this machine itself: for development and simulators
 * @param simulators port on loopback by kind, of simulators that the hub starts
 */
@Validated
@ConfigurationProperties(prefix = "refahub.outside", ignoreUnknownFields = false)
record OutsideSettings(
        @DefaultValue("false") boolean loopback,
        @NotNull @DefaultValue Map<String, Integer> simulators) {
    OutsideSettings {
        if (!simulators.isEmpty() && !loopback)
            throw new IllegalArgumentException(
                    "refahub.outside.simulators needs refahub.outside.loopback: nothing could speak to them");
    }
}
