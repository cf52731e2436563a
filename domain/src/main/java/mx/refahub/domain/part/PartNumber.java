package mx.refahub.domain.part;

import java.text.Normalizer;
import java.util.Locale;

/** A maker's number as printed on the box, upper case, NFC, at most 48 characters, no control characters. */
public record PartNumber(String value) {
    public static final int MAX_LENGTH = 48;

    public PartNumber {
        value = Normalizer.normalize(value, Normalizer.Form.NFC).strip().toUpperCase(Locale.ROOT);
        if (value.isEmpty()) throw new IllegalArgumentException("part number is empty");
        if (value.codePointCount(0, value.length()) > MAX_LENGTH)
            throw new IllegalArgumentException("part number is longer than " + MAX_LENGTH + " characters");
        if (value.codePoints().anyMatch(Character::isISOControl))
            throw new IllegalArgumentException("part number has control characters");
    }

    /** What two spellings of a number share: letters and digits only, so {@code BKR6E-11} and {@code bkr6e11} meet. */
    public String normal() {
        return normal(value);
    }

    /** The normal form of any typed text; empty if it has no letter and no digit. Compatibility forms are folded (NFKC). */
    public static String normal(String text) {
        String normal = folded(text);
        // Letters that a mark kept apart may join once it is gone; plain ones never do.
        while (!normal.chars().allMatch(c -> c < 128)) {
            String again = folded(normal);
            if (again.equals(normal)) break;
            normal = again;
        }
        return normal;
    }

    private static String folded(String text) {
        StringBuilder out = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    @Override
    public String toString() {
        return value;
    }
}
