package mx.refahub.domain.pricing;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The list that a customer buys from: {@link #PUBLICO} for whoever has no other.
 *
 * @param code 1 to 20 letters, digits, dashes or low lines, in capitals
 */
public record PriceLevel(String code) implements Comparable<PriceLevel> {
    private static final Pattern FORM = Pattern.compile("[A-Z0-9_-]{1,20}");
    public static final PriceLevel PUBLICO = new PriceLevel("PUBLICO");

    public PriceLevel {
        code = code.strip().toUpperCase(Locale.ROOT);
        if (!FORM.matcher(code).matches()) throw new IllegalArgumentException("price level " + code);
    }

    public boolean isPublic() {
        return equals(PUBLICO);
    }

    @Override
    public int compareTo(PriceLevel other) {
        return code.compareTo(other.code);
    }

    @Override
    public String toString() {
        return code;
    }
}
