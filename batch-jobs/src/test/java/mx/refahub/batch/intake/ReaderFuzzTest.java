package mx.refahub.batch.intake;

import java.nio.file.Path;
import mx.refahub.domain.fuzz.Mutations;
import org.junit.jupiter.api.Test;

/** A short run; the long one is {@code ./mvnw -Pfuzz}. */
class ReaderFuzzTest {
    private static final int TIMES = 1_500;

    @Test
    void a_file_is_read_or_refused_with_a_sentence() {
        Mutations.run(
                Mutations.seeds(Path.of("src", "test", "resources", "fuzz", "reader")),
                TIMES,
                ReaderFuzz::fuzzerTestOneInput);
    }
}
