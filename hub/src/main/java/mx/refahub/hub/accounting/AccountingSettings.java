package mx.refahub.hub.accounting;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of what goes to the accountant's systems.
 *
 * @param layouts folder of templates that go before those of the program
 * @param zone in which workbooks show times, and whose yesterday an export ends with
 */
@Validated
@ConfigurationProperties(prefix = "refahub.accounting", ignoreUnknownFields = false)
record AccountingSettings(
        @NotNull @DefaultValue("config/accounting") Path layouts,
        @NotNull @DefaultValue("America/Mexico_City") ZoneId zone) {}
