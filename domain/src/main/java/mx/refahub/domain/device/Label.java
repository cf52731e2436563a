package mx.refahub.domain.device;

/**
 * What stands on a label.
 *
 * @param barcode what is scanned; the number where the part has none
 * @param price as text, with its sign; empty on a bin label
 * @param location where it lies; may be empty
 */
public record Label(
        Design design, String lineCode, String number, String name, String barcode, String price, String location) {
    public enum Design {
        /** On the box of stock: location and number, large. */
        BIN,
        /** On the piece: number, name, barcode. */
        PART,
        /** On the shelf's edge: name, price, barcode. */
        SHELF
    }

    public Label {
        number = number.strip();
        if (number.isEmpty()) throw new IllegalArgumentException("a label without a number");
        if (barcode.isBlank()) barcode = number;
    }
}
