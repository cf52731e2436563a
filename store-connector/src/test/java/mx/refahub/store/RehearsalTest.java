package mx.refahub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;

class RehearsalTest {
    /** That a rehearsed start answers is seen by all tests of whole programs: each runs on the cache of one. */
    @Test
    void a_folder_that_holds_anything_is_left_alone(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("sales.db"), "of a shop");

        assertThatThrownBy(() -> Rehearsal.run(new SpringApplication(StoreConnectorApplication.class), folder))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("not empty");

        try (Stream<Path> inside = Files.list(folder)) {
            assertThat(inside).containsExactly(folder.resolve("sales.db"));
        }
    }
}
