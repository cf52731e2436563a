package mx.refahub.batch.partition;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the work of a run is shared among processes.
 *
 * @param slice how much of a file one process takes at a time; a file of less than two is not cut
 * @param beat how often a process says that it is there
 * @param lease how long its slice stays its own without that
 */
@ConfigurationProperties(value = "refahub.work", ignoreUnknownFields = false)
public record WorkSettings(
        @DefaultValue("4MB") DataSize slice,
        @DefaultValue("3s") Duration beat,
        @DefaultValue("15s") Duration lease) {
    public WorkSettings {
        if (slice.toBytes() < 1024)
            throw new IllegalArgumentException("refahub.work.slice is " + slice + ", less than 1KB");
        if (beat.toMillis() < 10) throw new IllegalArgumentException("refahub.work.beat is " + beat + ", not positive");
        if (lease.compareTo(beat.multipliedBy(3)) < 0)
            throw new IllegalArgumentException("refahub.work.lease is " + lease + ", less than three beats of " + beat);
    }

    public static WorkSettings defaults() {
        return new WorkSettings(DataSize.ofMegabytes(4), Duration.ofSeconds(3), Duration.ofSeconds(15));
    }
}
