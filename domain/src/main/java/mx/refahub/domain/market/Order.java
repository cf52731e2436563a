package mx.refahub.domain.market;

import java.time.Instant;
import java.util.List;
import mx.refahub.domain.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * An order as the marketplace has it now. Its id is the key: the same order is fetched many times, and the newest by {@code changedAt} counts.
 *
 * @param pack several orders that a buyer put into one cart travel in one parcel; null for none
 * @param buyer as far as the marketplace tells
 * @param total of the lines, as the buyer pays it, without shipping
 * @param shipment null before there is one
 * @param why of a cancelled one; else empty
 */
public record Order(
        String id,
        @Nullable String pack,
        State state,
        Instant createdAt,
        Instant changedAt,
        String buyer,
        List<Line> lines,
        Money total,
        @Nullable Shipment shipment,
        String why) {
    public enum State {
        /** Not paid yet: nothing is set aside. */
        OPEN,
        PAID,
        SHIPPED,
        DELIVERED,
        CANCELLED
    }

    /**
     * @param id the marketplace's, unique within the order
     * @param sku ours as it stands on the listing; may be empty
     * @param listing the marketplace's id
     * @param fee that the marketplace keeps for the line
     */
    public record Line(String id, String sku, String listing, String title, long pieces, Money unitPrice, Money fee) {
        public Line {
            if (pieces <= 0) throw new IllegalArgumentException("line of " + pieces + " pieces");
        }
    }

    /**
     * @param state as the marketplace names it
     * @param byMarketplace it brings the label itself: nothing has to be told about the parcel
     * @param tracking may be empty
     * @param to name and address on one line; may be empty
     */
    public record Shipment(
            String id, String state, boolean byMarketplace, String carrier, String tracking, String to) {}

    public Order {
        if (id.isBlank()) throw new IllegalArgumentException("order without an id");
        lines = List.copyOf(lines);
        if (lines.isEmpty()) throw new IllegalArgumentException("order " + id + " without lines");
    }
}
