package mx.refahub.system.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that the checker looks at, read after a round from where it lies: the load's own list, the store's file, the hub's database. */
record Evidence(List<Seller.Sold> acknowledged, Side store, Side hub, Round round) {
    record Sale(String id, String prefix, long number, String session, long total, long lines, long tenders) {}

    record Document(
            long epoch,
            long sequence,
            String id,
            String key,
            String hash,
            String previousHash,
            @Nullable Instant appliedAt) {}

    /** A charge at a terminal, or another act outside the house, with its cause. */
    record Effect(String kind, String cause) {}

    /**
     * What one side has.
     *
     * @param journal what the cash journal says was handed over, by session; at the hub, what its sales say
     * @param handedOver what the tenders say was handed over, by session
     * @param moved stock movements by part; {@code onHand} the balances, without what was there at the start
     * @param troubles differences noted, a store frozen, documents parked or still to apply
     */
    record Side(
            List<Sale> sales,
            List<Document> documents,
            Map<String, Long> journal,
            Map<String, Long> handedOver,
            Map<String, Long> moved,
            Map<String, Long> onHand,
            List<Effect> effects,
            List<String> troubles,
            long last,
            String lastHash,
            String integrity) {
        Side with(List<String> moreTroubles) {
            List<String> all = new ArrayList<>(troubles);
            all.addAll(moreTroubles);
            return new Side(
                    sales,
                    documents,
                    journal,
                    handedOver,
                    moved,
                    onHand,
                    effects,
                    List.copyOf(all),
                    last,
                    lastHash,
                    integrity);
        }
    }

    /**
     * What a watch saw during the round.
     *
     * @param drained from the end of the fault until the hub had all; null: never
     * @param alarm from the fault until somebody was told; null: nobody was
     * @param relayBack from the start of a store with a bad journal until its relay ran; null where no journal was touched
     * @param calmP99 of answer times before any fault, in microseconds, for comparison: the machine is shared
     * @param calmStart of the store before any fault, likewise
     */
    record Round(
            Plan plan,
            long backlog,
            @Nullable Duration drained,
            @Nullable Duration alarm,
            boolean relayMustComeBack,
            @Nullable Duration relayBack,
            long calmP99,
            Duration calmStart,
            List<String> refusals) {}
}
