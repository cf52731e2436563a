package mx.refahub.batch.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Rows that a run did not take in. */
public interface Rejects {
    long count(long run);

    /** Writes them as a file into the folder; empty if there are none. */
    Optional<Path> export(long run, Path folder) throws IOException;
}
