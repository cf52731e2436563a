package mx.refahub.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import mx.refahub.domain.part.PartId;
import org.junit.jupiter.api.Test;

class WorkersTest {
    private static final int PARTS = 50;

    @Test
    void what_concerns_one_part_is_done_in_the_order_in_which_it_came() throws IOException {
        Workers workers = new Workers();
        Map<PartId, ConcurrentLinkedQueue<Integer>> done = new ConcurrentHashMap<>();
        for (int turn = 0; turn < 40; turn++) {
            for (int part = 0; part < PARTS; part++) {
                PartId id = part(part);
                int each = turn;
                workers.give(
                        id,
                        seen -> done.computeIfAbsent(id, first -> new ConcurrentLinkedQueue<>())
                                .add(each));
            }
        }
        workers.finish();
        List<Integer> turns = IntStream.range(0, 40).boxed().toList();
        assertThat(done).hasSize(PARTS);
        assertThat(done.values()).allSatisfy(each -> assertThat(each).containsExactlyElementsOf(turns));
    }

    @Test
    void a_part_that_was_seen_is_never_taken_for_a_new_one() {
        Workers.Seen seen = new Workers.Seen();
        for (int part = 0; part < PARTS; part++) seen.getAndSet(part(part));
        for (int part = 0; part < PARTS; part++)
            assertThat(seen.getAndSet(part(part))).isTrue();
    }

    @Test
    void what_fails_in_a_thread_is_thrown_to_whoever_waits_for_it() {
        Workers workers = new Workers();
        assertThatThrownBy(() -> {
                    for (int part = 0; part < 10_000; part++)
                        workers.give(part(part), seen -> {
                            throw new IOException("the disk is full");
                        });
                    workers.finish();
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the disk is full");
    }

    private static PartId part(int number) {
        return new PartId(new UUID(number * 31L, number));
    }
}
