package mx.refahub.search;

import java.nio.file.Path;
import mx.refahub.domain.fuzz.Mutations;
import org.junit.jupiter.api.Test;

/** A short run; the long one is {@code ./mvnw -Pfuzz}. */
class QueryFuzzTest {
    private static final int TIMES = 300;

    @Test
    void whatever_is_asked_is_answered() {
        Mutations.run(
                Mutations.seeds(Path.of("src", "test", "resources", "fuzz", "query")),
                TIMES,
                QueryFuzz::fuzzerTestOneInput);
    }
}
