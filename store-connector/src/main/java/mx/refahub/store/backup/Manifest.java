package mx.refahub.store.backup;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code manifest.json} of a backup.
 *
 * @param format of this file and of the folder around it
 * @param store null before registration
 * @param lastSequence of the outbox in the copy; 0 if it is empty
 * @param lastHash of that document, hexadecimal; empty if there is none
 */
record Manifest(
        int format,
        Instant at,
        String version,
        @Nullable String store,
        int epoch,
        long lastSequence,
        String lastHash,
        List<Entry> files) {
    static final int FORMAT = 1;
    static final String NAME = "manifest.json";

    Manifest {
        files = List.copyOf(files);
    }

    /** @param sha256 hexadecimal */
    record Entry(String name, long bytes, String sha256) {}
}
