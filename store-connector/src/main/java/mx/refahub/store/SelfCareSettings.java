package mx.refahub.store;

import java.time.Duration;
import mx.refahub.store.backup.BackupSettings;
import mx.refahub.store.clock.ClockSettings;
import mx.refahub.store.disk.DiskSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Settings {@code refahub.care.*}: how the store looks after itself. A key that is not one of them stops the start. */
@ConfigurationProperties(prefix = "refahub.care", ignoreUnknownFields = false)
public record SelfCareSettings(
        @DefaultValue BackupSettings backup,
        @DefaultValue DiskSettings disk,
        @DefaultValue ClockSettings clock,
        @DefaultValue OutboxSettings outbox) {

    /** @param retention how long a document stays after the hub has acknowledged it */
    public record OutboxSettings(@DefaultValue("35d") Duration retention) {}
}
