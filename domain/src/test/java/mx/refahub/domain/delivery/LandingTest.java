package mx.refahub.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Documents;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.store.StoreId;
import org.junit.jupiter.api.Test;

class LandingTest {
    private static final StoreId STORE = StoreId.of("01939b8e-0000-7000-8000-000000000001");
    private static final StoreId OTHER = StoreId.of("01939b8e-0000-7000-8000-000000000002");
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private final List<Document> chain = Documents.chain(STORE, 10);
    private final Landing fresh = Landing.fresh(STORE, 1, 1);

    @Test
    void documents_in_order_land_and_are_acknowledged_up_to_the_last() {
        Landing.Result result = land(fresh, chain.subList(0, 5));
        assertThat(result.store()).isEqualTo(chain.subList(0, 5));
        assertThat(result.next().acknowledgement())
                .isEqualTo(new Acknowledgement(STORE, 1, 1, 5, chain.get(4).hash()));
        assertThat(result.gap()).isEmpty();
    }

    @Test
    void frames_that_overlap_store_each_document_once() {
        Landing at5 = land(fresh, chain.subList(0, 5)).next();
        Landing.Result result = land(at5, chain.subList(2, 8));
        assertThat(result.store()).isEqualTo(chain.subList(5, 8));
        assertThat(result.duplicates()).isEqualTo(3);
    }

    @Test
    void what_comes_too_early_waits_and_the_gap_is_asked_for_but_not_every_time() {
        Landing.Result early = land(fresh, chain.subList(4, 6));
        assertThat(early.store()).isEmpty();
        assertThat(early.hold()).containsExactlyInAnyOrderElementsOf(chain.subList(4, 6));
        assertThat(early.gap()).contains(new GapRequest(STORE, 1, 1, 1));

        Landing.Result again = land(early.next(), chain.subList(7, 8), waiting(4, 6), NOW.plusSeconds(29), d -> true);
        assertThat(again.gap()).isEmpty();
        Landing.Result later = land(early.next(), chain.subList(8, 9), waiting(4, 6), NOW.plusSeconds(30), d -> true);
        assertThat(later.gap()).isPresent();
    }

    @Test
    void the_missing_document_lets_those_that_waited_in() {
        Landing early = land(fresh, chain.subList(1, 4)).next();
        Landing.Result result = land(early, chain.subList(0, 1), waiting(1, 4), NOW, d -> true);
        assertThat(result.store()).isEqualTo(chain.subList(0, 4));
        assertThat(result.hold()).isEmpty();
        assertThat(result.next().landed()).isEqualTo(4);
        assertThat(result.next().gapAskedAt()).isNull();
    }

    @Test
    void another_content_under_a_landed_sequence_freezes_the_store() {
        Landing at5 = land(fresh, chain.subList(0, 5)).next();
        Document forked = Documents.after(STORE, 1, 5, chain.get(3).hash(), "clone");
        Landing.Result result = land(at5, List.of(forked));
        assertThat(result.acknowledges()).isFalse();
        assertThat(result.aside()).containsExactly(new Landing.PutAside(forked, Landing.Aside.FORK));

        Landing.Result after = land(result.next(), chain.subList(5, 6));
        assertThat(after.store()).isEmpty();
        assertThat(after.aside()).containsExactly(new Landing.PutAside(chain.get(5), Landing.Aside.FROZEN));
    }

    @Test
    void a_document_that_does_not_continue_the_chain_freezes_the_store() {
        Landing at5 = land(fresh, chain.subList(0, 5)).next();
        Document forked = Documents.after(STORE, 1, 6, Sha256.digest(new byte[] {9}), "");
        assertThat(land(at5, List.of(forked)).acknowledges()).isFalse();
    }

    @Test
    void two_contents_waiting_for_one_sequence_are_a_fork_too() {
        Landing early = land(fresh, chain.subList(4, 5)).next();
        Document other = Documents.after(STORE, 1, 5, chain.get(3).hash(), "clone");
        assertThat(land(early, List.of(other), waiting(4, 5), NOW, d -> true).acknowledges())
                .isFalse();
    }

    @Test
    void a_store_cannot_speak_for_another() {
        Landing.Result result = fresh.land(OTHER, chain.subList(0, 1), Map.of(), Map.of(), d -> true, NOW);
        assertThat(result.aside()).extracting(Landing.PutAside::why).containsExactly(Landing.Aside.FOREIGN);
        assertThat(result.next()).isEqualTo(fresh);
    }

    @Test
    void an_epoch_that_was_not_granted_and_a_false_signature_are_put_aside() {
        Document oldEpoch = Documents.after(STORE, 2, 1, Sha256.NONE, "");
        assertThat(land(fresh, List.of(oldEpoch)).aside())
                .extracting(Landing.PutAside::why)
                .containsExactly(Landing.Aside.WRONG_EPOCH);
        Landing.Result unsigned = land(fresh, chain.subList(0, 1), Map.of(), NOW, d -> false);
        assertThat(unsigned.aside()).extracting(Landing.PutAside::why).containsExactly(Landing.Aside.NOT_AUTHENTIC);
        assertThat(unsigned.next().landed()).isZero();
    }

    private Map<Long, Document> waiting(int from, int to) {
        Map<Long, Document> waiting = new HashMap<>();
        chain.subList(from, to).forEach(document -> waiting.put(document.sequence(), document));
        return waiting;
    }

    private Landing.Result land(Landing state, List<Document> documents) {
        return land(state, documents, Map.of(), NOW, d -> true);
    }

    private Landing.Result land(
            Landing state,
            List<Document> documents,
            Map<Long, Document> waiting,
            Instant now,
            Predicate<Document> authentic) {
        Map<Long, Sha256> known = new HashMap<>();
        chain.subList(0, (int) state.landed()).forEach(document -> known.put(document.sequence(), document.hash()));
        return state.land(STORE, documents, known, waiting, authentic, now);
    }
}
