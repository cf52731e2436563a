package mx.refahub.store.disk;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings {@code refahub.care.disk.*}: free room below which …
 *
 * @param warn it is said
 * @param shed images and log files are no longer kept
 * @param critical the store is degraded
 * @param release the ballast is given back, last of all
 * @param ballast a file whose only use is to be deleted; 0 for none
 * @param look between two looks
 */
public record DiskSettings(
        @DefaultValue("2GB") DataSize warn,
        @DefaultValue("1GB") DataSize shed,
        @DefaultValue("500MB") DataSize critical,
        @DefaultValue("100MB") DataSize release,
        @DefaultValue("256MB") DataSize ballast,
        @DefaultValue("30s") Duration look) {
    public DiskSettings {
        if (warn.compareTo(shed) < 0 || shed.compareTo(critical) < 0 || critical.compareTo(release) < 0)
            throw new IllegalArgumentException("refahub.care.disk: warn " + warn + ", shed " + shed + ", critical "
                    + critical + ", release " + release + " must not rise");
        if (ballast.isNegative() || release.isNegative())
            throw new IllegalArgumentException("refahub.care.disk.ballast is " + ballast);
        if (look.toMillis() < 100) throw new IllegalArgumentException("refahub.care.disk.look is " + look);
    }
}
