package mx.refahub.batch;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the jobs.
 *
 * @param folder where files wait until their run is done, and rejects files are written for download
 * @param chunk rows per commit; also how finely progress moves and how soon a stop is heeded
 * @param owner what people call this hub process; told apart from others of the same name by what stands in its folder
 * @param keepFailed how long the files of a failed run are kept for its restart, and rejects files for download
 * @param stopWait how long a shutdown waits for running steps to reach their next commit
 * @param keepUndo how many runs of the catalogue can be taken back, the newest
 * @param lease after how long without a word from its process a run counts as left behind and may be taken up by another
 */
@ConfigurationProperties("refahub.batch")
public record BatchSettings(
        @DefaultValue("data/jobs") Path folder,
        @DefaultValue("50000") int chunk,
        @DefaultValue(HUB) String owner,
        @DefaultValue("14d") Duration keepFailed,
        @DefaultValue("20s") Duration stopWait,
        @DefaultValue("10") int keepUndo,
        @DefaultValue("1m") Duration lease) {
    /** Name of a hub that is given none. */
    public static final String HUB = "hub";

    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(2);

    public BatchSettings {
        if (chunk < 1 || chunk > 1_000_000)
            throw new IllegalArgumentException("refahub.batch.chunk is " + chunk + ", not 1 to 1000000");
        if (owner.isBlank()) throw new IllegalArgumentException("refahub.batch.owner is empty");
        if (keepFailed.isNegative() || keepFailed.isZero())
            throw new IllegalArgumentException("refahub.batch.keep-failed is " + keepFailed + ", not positive");
        if (keepUndo < 0 || keepUndo > 1000)
            throw new IllegalArgumentException("refahub.batch.keep-undo is " + keepUndo + ", not 0 to 1000");
        if (lease.compareTo(SHORTEST_LEASE) < 0)
            throw new IllegalArgumentException("refahub.batch.lease is " + lease + ", less than " + SHORTEST_LEASE);
        if (stopWait.isNegative())
            throw new IllegalArgumentException("refahub.batch.stop-wait is " + stopWait + ", negative");
    }
}
