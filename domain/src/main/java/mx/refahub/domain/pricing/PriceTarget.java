package mx.refahub.domain.pricing;

import mx.refahub.domain.part.Part;

/**
 * What a price or a promotion is for.
 *
 * @param value the part's id, the brand or the category as the catalogue writes it; empty for everything. A category stands for those below it too:
 *     {@code Frenos} touches {@code Frenos/Balatas}
 */
public record PriceTarget(Kind kind, String value) {
    /** From the widest to the narrowest: the narrower goes first. */
    public enum Kind {
        ALL,
        BRAND,
        CATEGORY,
        PART
    }

    public static final PriceTarget EVERYTHING = new PriceTarget(Kind.ALL, "");

    public PriceTarget {
        value = value.strip();
        if ((kind == Kind.ALL) != value.isEmpty()) throw new IllegalArgumentException(kind + " target '" + value + "'");
    }

    public boolean touches(Part part) {
        return switch (kind) {
            case ALL -> true;
            case BRAND -> part.brand().equalsIgnoreCase(value);
            case CATEGORY -> part.category().equals(value) || part.category().startsWith(value + "/");
            case PART -> part.id().toString().equals(value);
        };
    }
}
