package mx.refahub.domain.part;

/** A code on a package and how many pieces the package holds. */
public record Barcode(String value, Quantity pack) {
    public static final int MAX_LENGTH = 48;

    public Barcode {
        value = value.strip();
        if (value.isEmpty() || value.length() > MAX_LENGTH || !value.chars().allMatch(c -> c > 0x20 && c < 0x7f))
            throw new IllegalArgumentException(
                    "barcode '" + value + "' is not 1 to " + MAX_LENGTH + " printable ASCII characters");
        if (!pack.isPositive())
            throw new IllegalArgumentException("barcode '" + value + "' with a pack quantity that is not positive");
    }
}
