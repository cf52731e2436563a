package mx.refahub.domain.lostsale;

import java.time.Instant;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.UserId;
import org.jspecify.annotations.Nullable;

/**
 * What a customer asked for and did not get.
 *
 * @param asked as it was typed or scanned; may be empty where a part is named
 * @param vehicle in hand at that moment, in words; may be empty
 * @param part if one was on the screen
 * @param partText line, number and name of that part; empty without one
 */
public record LostSale(
        UUID id,
        String asked,
        String vehicle,
        @Nullable PartId part,
        String partText,
        Quantity quantity,
        Reason reason,
        String note,
        Instant at,
        UserId by,
        String byName) {
    public static final int MAX_TEXT = 200;
    private static final Quantity MOST = Quantity.of(99_999);

    public enum Reason {
        NOT_IN_CATALOGUE,
        NO_STOCK,
        PRICE,
        OTHER
    }

    /** What the clerk gave; the part is looked up by whoever takes it. */
    public record Asked(
            String text, String vehicle, @Nullable PartId part, Quantity quantity, Reason reason, String note) {
        /** Refused: {@code lost-sale-empty}, {@code lost-sale-long} (naming the longest), {@code quantity-not-positive}, {@code quantity-too-large}. */
        public Outcome<Asked> checked() {
            Asked clean = new Asked(line(text), line(vehicle), part, quantity, reason, line(note));
            if (clean.text.isEmpty() && part == null) return Outcome.refused("lost-sale-empty");
            if (clean.text.length() > MAX_TEXT || clean.vehicle.length() > MAX_TEXT || clean.note.length() > MAX_TEXT)
                return Outcome.refused("lost-sale-long", Integer.toString(MAX_TEXT));
            if (!quantity.isPositive()) return Outcome.refused("quantity-not-positive");
            if (quantity.compareTo(MOST) > 0) return Outcome.refused("quantity-too-large", MOST.text());
            return Outcome.done(clean);
        }

        private static String line(String text) {
            return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        }
    }
}
