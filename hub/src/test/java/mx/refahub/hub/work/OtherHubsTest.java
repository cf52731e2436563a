package mx.refahub.hub.work;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import mx.refahub.domain.job.Workers.Worker;
import mx.refahub.domain.job.Workplace;
import mx.refahub.hub.StartRefused;
import org.junit.jupiter.api.Test;

class OtherHubsTest {
    private static final Workplace ME = new Workplace("hub", true, "pc-1", 7);

    private static Worker hub(String host, long pid, boolean alive) {
        return new Worker("hub", true, host, pid, Instant.EPOCH, Instant.EPOCH, alive, null);
    }

    private static void start(Worker known, boolean runsHere) {
        OtherHubs.refuse(List.of(known), ME, pid -> runsHere);
    }

    @Test
    void a_second_hub_with_a_broker_of_its_own_does_not_start() {
        assertThatThrownBy(() -> start(hub("pc-2", 9, true), false))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("'hub' on pc-2");
        assertThatThrownBy(() -> start(hub("pc-1", 9, true), true)).isInstanceOf(StartRefused.class);
    }

    @Test
    void one_that_was_killed_a_moment_ago_and_workers_hold_up_no_start() {
        assertThatCode(() -> {
                    start(hub("pc-1", 9, true), false);
                    start(hub("pc-1", 7, true), true);
                    start(hub("pc-2", 9, false), false);
                    start(new Worker("w", false, "pc-2", 9, Instant.EPOCH, Instant.EPOCH, true, null), false);
                })
                .doesNotThrowAnyException();
    }
}
