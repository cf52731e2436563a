package mx.refahub.domain.job;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who shares the work of the runs, and how it is shared. */
public interface Workers {
    /** Processes that take work, the hub first. */
    List<Worker> all();

    /** How the work of this run is shared, in its order; none if it is not. */
    List<Slice> slices(long run);

    /**
     * @param name of the process
     * @param hub it serves console and stores too
     * @param alive it has said so a moment ago
     * @param doing the slice that it does now; null if none
     */
    record Worker(
            String name,
            boolean hub,
            String host,
            long pid,
            Instant startedAt,
            Instant beatAt,
            boolean alive,
            @Nullable Doing doing) {}

    record Doing(long run, String job, String step, int slice) {}

    /**
     * @param step of the run
     * @param number from 1
     * @param worker who does it or has done it; null while nobody has
     * @param attempts how often it was taken; more than once if somebody was lost
     */
    record Slice(
            String step,
            int number,
            Jobs.Status status,
            @Nullable String worker,
            int attempts,
            long read,
            long written,
            long skipped) {}
}
