package mx.refahub.domain.hub;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.delivery.Landing;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the console shows of stores and their documents. Implemented at the hub over PostgreSQL. */
public interface StoreBoard {
    List<StoreView> stores();

    Optional<StoreView> store(StoreId id);

    /**
     * @param heartbeatAt by the hub's clock; null before the first
     * @param outboxLast last sequence that the store reported; documents to come are {@code outboxLast − landed}
     * @param applied documents in the ledgers; {@code parked} need a person
     * @param frozen why nothing is accepted of this store; null when all is well
     * @param cutOff its access was taken away by a person
     * @param claimed a machine has said within ten minutes that it is this store, and may not go on until somebody lets it
     */
    record StoreView(
            StoreId id,
            String slug,
            String code,
            String name,
            Instant registeredAt,
            @Nullable Instant heartbeatAt,
            long clockOffsetMillis,
            String version,
            long outboxLast,
            long landed,
            long applied,
            long waiting,
            long parked,
            @Nullable Instant lastDocumentAt,
            Landing.@Nullable Freeze frozen,
            boolean cutOff,
            boolean claimed,
            Map<Stream, Long> streams) {}

    /** What all branches sold today and on the same day a week before, by the hour of each one's own clock. */
    SalesOfDay salesOfDay(Instant now);

    /**
     * @param today centavos of each of the day's 24 hours, what came back taken off
     * @param weekBefore likewise
     * @param weekBeforeByNow centavos of that day until the same time of day
     * @param minute of the day, by the clock that most branches have
     */
    record SalesOfDay(List<Long> today, List<Long> weekBefore, long weekBeforeByNow, int minute) {
        public static final int HOURS = 24;

        public SalesOfDay {
            today = List.copyOf(today);
            weekBefore = List.copyOf(weekBefore);
        }
    }

    /** Newest landed first, at most 200. Refused with {@code search-too-broad} if the words are so common that looking would take seconds. */
    Outcome<List<DocumentView>> documents(DocumentFilter filter);

    /**
     * @param text words of the body, all of them, the last as a beginning; a document is found by them some seconds after it landed
     * @param from landed then or later
     * @param before landed earlier than this document (for the next page); null for the first page
     */
    record DocumentFilter(
            @Nullable StoreId store,
            String type,
            String key,
            @Nullable DocumentState state,
            String text,
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable UUID before,
            int limit) {}

    enum DocumentState {
        LANDED,
        APPLIED,
        PARKED,
        WAITING,
        /** By a person, with a reason: nothing of it is in the ledgers. */
        DISCARDED
    }

    /**
     * @param appliedAt also of a discard
     * @param amended applied, or to be applied, with another body than its own
     * @param summary one line in plain words for people, e.g. folio and total of a sale
     */
    record DocumentView(
            UUID id,
            StoreId store,
            String storeName,
            int epoch,
            long sequence,
            String type,
            int schema,
            String key,
            DocumentState state,
            Instant occurredAt,
            Instant landedAt,
            @Nullable Instant appliedAt,
            @Nullable String parkedReason,
            boolean amended,
            String summary) {}

    Optional<DocumentDetail> document(UUID id);

    /** @param body the JSON text as it came; {@code lines} those of a sale */
    record DocumentDetail(
            DocumentView document,
            String body,
            String hash,
            String previousHash,
            List<Line> lines,
            List<Paid> tenders) {}

    record Line(
            String lineCode,
            String partNumber,
            String description,
            String quantity,
            String price,
            String tax,
            String total) {}

    record Paid(String kind, String amount, String received, String change) {}
}
