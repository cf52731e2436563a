package mx.refahub.domain.part;

/**
 * A part of the catalogue that belongs to another one, told of that one and not the other way round.
 *
 * @param grade of an alternative against the part itself; {@code NONE} if nothing is said, and for the other kinds
 * @param quantity how many go with one piece, or are in one kit
 * @param position where it goes: izquierda, delantera …; may be empty
 */
public record PartRelation(
        Kind kind, LineCode lineCode, PartNumber number, Grade grade, Quantity quantity, String position, String note) {
    public static final int MAX_POSITION = 80;
    public static final int MAX_NOTE = 200;

    public enum Kind {
        /** Sold in its place. */
        ALTERNATIVE,
        /** Sold together with it. */
        ACCESSORY,
        /** What this part, a kit, holds. */
        COMPONENT,
        /** The same for the other side of the vehicle. */
        OPPOSITE
    }

    public enum Grade {
        NONE,
        SAME_BRAND,
        ECONOMY,
        PREMIUM;

        /** As files and tables have it: nothing for {@link #NONE}. */
        public String text() {
            return this == NONE ? "" : name();
        }

        /** @throws IllegalArgumentException for an unknown one */
        public static Grade ofText(String text) {
            return text.isEmpty() ? NONE : valueOf(text);
        }
    }

    public PartRelation {
        if (grade != Grade.NONE && kind != Kind.ALTERNATIVE) throw new IllegalArgumentException("a grade for " + kind);
        if (!quantity.isPositive()) throw new IllegalArgumentException("relation without a quantity");
        position = position.strip();
        note = note.strip();
    }
}
