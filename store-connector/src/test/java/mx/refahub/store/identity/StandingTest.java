package mx.refahub.store.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import mx.refahub.domain.Refusal;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandingTest {
    @Test
    void a_machine_is_behind_only_while_the_hub_has_more_than_lies_here(@TempDir Path folder) {
        try (TestStore store = TestStore.open(folder)) {
            Standing standing = new Standing(store.sales, store.clock);

            // Written and landed while the hub was being asked.
            standing.said("store-behind-hub", 1_020, 1_019);
            assertThat(standing.refusal()).isEmpty();

            standing.said("store-behind-hub", 900, 1_019);
            assertThat(standing.refusal()).contains(Refusal.of("store-behind-hub", "1019", "900"));
            assertThat(new Standing(store.sales, store.clock).refusal())
                    .as("kept over a restart")
                    .isPresent();

            standing.said(null, 900, 1_019);
            assertThat(standing.refusal()).isEmpty();
        }
    }
}
