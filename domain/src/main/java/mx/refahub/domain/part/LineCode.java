package mx.refahub.domain.part;

import java.util.Locale;

/** A brand's short code in front of a part number: 1 to 8 letters or digits, upper case. */
public record LineCode(String value) {
    public static final int MAX_LENGTH = 8;

    public LineCode {
        value = value.strip().toUpperCase(Locale.ROOT);
        if (value.isEmpty()) throw new IllegalArgumentException("line code is empty");
        if (value.length() > MAX_LENGTH)
            throw new IllegalArgumentException("line code '" + value + "' is longer than " + MAX_LENGTH);
        if (!value.codePoints().allMatch(Character::isLetterOrDigit))
            throw new IllegalArgumentException("line code '" + value + "' has something other than letters and digits");
    }

    @Override
    public String toString() {
        return value;
    }
}
