package mx.refahub.store.clock;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code refahub.care.clock.*}.
 *
 * @param banner further from the hub's clock than this is shown
 * @param tolerance further from the hub's clock than this, or before the newest document or the program's own date by more, nothing is dated by it
 * @param longest further after the newest document than this, with no hub to ask, nothing is dated by it
 */
public record ClockSettings(
        @DefaultValue("2m") Duration banner,
        @DefaultValue("1d") Duration tolerance,
        @DefaultValue("366d") Duration longest) {
    public ClockSettings {
        if (banner.isNegative() || banner.isZero())
            throw new IllegalArgumentException("refahub.care.clock.banner is " + banner);
        if (tolerance.compareTo(banner) < 0)
            throw new IllegalArgumentException("refahub.care.clock.tolerance " + tolerance + " is less than banner");
        if (longest.toDays() < 60)
            throw new IllegalArgumentException("refahub.care.clock.longest is " + longest + ", less than 60d");
    }
}
