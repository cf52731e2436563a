package mx.refahub.domain.wire;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Row of the transfers stream: a transfer from or to the store that reads it, as the hub has tied its documents together.
 *
 * @param done nothing is on the way any more: a store forgets it
 */
public record TransferRow(
        String number,
        UUID from,
        String fromCode,
        UUID to,
        String toCode,
        Instant sentAt,
        boolean done,
        List<LineRow> lines) {
    /**
     * @param sentValue centavos
     * @param arrived thousandths that the receiver took in or that were written off, or that came back
     * @param mine what of {@code arrived} the store that reads this has told itself; null from a hub that did not say
     */
    public record LineRow(
            UUID part,
            long sent,
            long sentValue,
            long arrived,
            @Nullable Long mine) {
        public LineRow(UUID part, long sent, long sentValue, long arrived) {
            this(part, sent, sentValue, arrived, null);
        }

        /**
         * What has arrived anywhere, with what the store did since the hub heard of it last.
         *
         * @param here what this store took in, by its own books
         */
        public long arrivedWith(long here) {
            return mine == null ? Math.max(arrived, here) : arrived - mine + Math.max(here, mine);
        }
    }

    public TransferRow {
        lines = List.copyOf(lines);
    }
}
