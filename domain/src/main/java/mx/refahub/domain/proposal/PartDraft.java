package mx.refahub.domain.proposal;

import java.util.List;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Barcode;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.MiscItem;
import mx.refahub.domain.tax.TaxClass;
import org.jspecify.annotations.Nullable;

/**
 * A part as a clerk describes it in half a minute: enough to sell it and to find it again.
 *
 * @param brand may be empty: often only the line is known
 * @param category may be empty
 * @param barcode of one piece; null if the box has none
 */
public record PartDraft(
        LineCode lineCode,
        PartNumber number,
        String brand,
        String name,
        String category,
        String unit,
        @Nullable String barcode,
        Price price,
        TaxClass taxClass,
        String satCode,
        String satUnit) {
    private static final int MAX_BRAND = 80;
    private static final int MAX_CATEGORY = 200;
    private static final String UNIT = "PZA";
    private static final String TAXABLE = "02";

    public PartDraft {
        if (number.normal().isEmpty()) throw new IllegalArgumentException("number without a letter or digit");
        if (isWrong(name, Part.MAX_NAME_LENGTH) || name.isBlank()) throw new IllegalArgumentException("name of a part");
        if (isWrong(brand, MAX_BRAND) || isWrong(category, MAX_CATEGORY))
            throw new IllegalArgumentException("brand or category of a part");
        if (price.amount().isZero()) throw new IllegalArgumentException("a part without a price");
    }

    /**
     * As somebody typed it.
     *
     * @param price in centavos
     * @param barcode may be empty
     */
    public record Typed(
            String lineCode,
            String number,
            String brand,
            String name,
            String category,
            String barcode,
            long price,
            boolean includesTax,
            TaxClass taxClass) {}

    /**
     * What was typed, with SAT's general keys until the hub knows better.
     *
     * <p>Refused: {@code proposal-line-code}, {@code proposal-number}, {@code proposal-name} (naming the longest), {@code proposal-category},
     * {@code proposal-barcode}, {@code misc-price}.
     */
    public static Outcome<PartDraft> of(Typed typed) {
        String name = inOneLine(typed.name());
        String brand = inOneLine(typed.brand());
        String category = inOneLine(typed.category());
        String barcode = typed.barcode().strip();
        String line = typed.lineCode().strip();
        String number = typed.number().strip();
        if (!line.matches("[A-Za-z0-9Ññ]{1," + LineCode.MAX_LENGTH + "}"))
            return Outcome.refused("proposal-line-code", Integer.toString(LineCode.MAX_LENGTH));
        if (isWrong(number, PartNumber.MAX_LENGTH) || !number.matches(".*[A-Za-z0-9].*"))
            return Outcome.refused("proposal-number", Integer.toString(PartNumber.MAX_LENGTH));
        if (name.isEmpty() || isWrong(name, Part.MAX_NAME_LENGTH))
            return Outcome.refused("proposal-name", Integer.toString(Part.MAX_NAME_LENGTH));
        if (isWrong(brand, MAX_BRAND) || isWrong(category, MAX_CATEGORY)) return Outcome.refused("proposal-category");
        if (!barcode.isEmpty() && !barcode.matches("[\\x21-\\x7e]{1," + Barcode.MAX_LENGTH + "}"))
            return Outcome.refused("proposal-barcode", Integer.toString(Barcode.MAX_LENGTH));
        if (typed.price() <= 0) return Outcome.refused("misc-price");
        return Outcome.done(new PartDraft(
                new LineCode(line),
                new PartNumber(number),
                brand,
                name,
                category,
                UNIT,
                barcode.isEmpty() ? null : barcode,
                new Price(Money.mxn(typed.price()), typed.includesTax()),
                typed.taxClass(),
                MiscItem.ANY_PRODUCT,
                MiscItem.PIECE));
    }

    /** Tabs and line breaks come with what is pasted. */
    private static String inOneLine(String text) {
        return text.strip().replaceAll("[\\s\\h]+", " ");
    }

    private static boolean isWrong(String text, int longest) {
        return text.length() > longest || text.codePoints().anyMatch(Character::isISOControl);
    }

    /** {@code FRI 7974-D1045}. */
    public String code() {
        return lineCode + " " + number;
    }

    public Part part(PartId id) {
        return new Part(
                id,
                lineCode,
                number,
                brand,
                name,
                "",
                category,
                unit,
                taxClass,
                Money.mxn(0),
                satCode,
                satUnit,
                TAXABLE,
                barcode == null ? List.of() : List.of(new Barcode(barcode, Quantity.ONE)));
    }
}
