package mx.refahub.store.note;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code refahub.store.notes.*}.
 *
 * @param stations whether one person sells, charges and hands over, or each has a station
 * @param life how long a note waits to be collected
 */
public record NoteSettings(
        @DefaultValue("ONE") Stations stations,
        @DefaultValue("24h") Duration life) {
    public enum Stations {
        /** One person does all. */
        ONE,
        /** Salespeople write notes without a drawer, tills collect them, the warehouse hands over. */
        SEPARATE
    }

    private static final Duration LONGEST = Duration.ofDays(31);

    public NoteSettings {
        if (life.compareTo(Duration.ofMinutes(1)) < 0 || life.compareTo(LONGEST) > 0)
            throw new IllegalArgumentException("refahub.store.notes.life is " + life + ", not one minute to 31 days");
    }

    public boolean separate() {
        return stations == Stations.SEPARATE;
    }
}
