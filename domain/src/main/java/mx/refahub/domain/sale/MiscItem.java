package mx.refahub.domain.sale;

import java.util.List;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.tax.TaxClass;

/**
 * Something sold once that no catalogue knows: an <i>artículo varios</i>. It has what a ticket and an invoice need and moves no stock.
 *
 * @param satProduct c_ClaveProdServ, 8 digits
 * @param satUnit c_ClaveUnidad
 */
public record MiscItem(String description, Price price, TaxClass taxClass, String satProduct, String satUnit) {
    public static final String ANY_PRODUCT = "01010101";
    public static final String PIECE = "H87";
    public static final int MAX_DESCRIPTION = 120;
    private static final LineCode LINE = new LineCode("VAR");
    private static final PartNumber NUMBER = new PartNumber("VARIOS");
    private static final String UNIT = "PZA";
    private static final String TAXABLE = "02";

    public MiscItem {
        description = description.strip();
        if (description.isEmpty()
                || description.length() > MAX_DESCRIPTION
                || description.codePoints().anyMatch(Character::isISOControl))
            throw new IllegalArgumentException("a description of " + description.length() + " characters");
        if (price.amount().isZero()) throw new IllegalArgumentException("an item without a price");
        if (!isSatProduct(satProduct)) throw new IllegalArgumentException("product key '" + satProduct + "'");
        if (!isSatUnit(satUnit)) throw new IllegalArgumentException("unit key '" + satUnit + "'");
    }

    /**
     * The item as somebody typed it; an empty key is SAT's general one.
     *
     * <p>Refused: {@code misc-description} (naming the longest), {@code misc-price}, {@code sat-product-invalid}, {@code sat-unit-invalid}.
     *
     * @param price in centavos
     */
    public static Outcome<MiscItem> typed(
            String description, long price, boolean includesTax, TaxClass taxClass, String satProduct, String satUnit) {
        String words = description.strip().replaceAll("[\\s\\h]+", " ");
        if (words.isEmpty()
                || words.length() > MAX_DESCRIPTION
                || words.codePoints().anyMatch(Character::isISOControl))
            return Outcome.refused("misc-description", Integer.toString(MAX_DESCRIPTION));
        if (price <= 0) return Outcome.refused("misc-price");
        String product = satProduct.isBlank() ? ANY_PRODUCT : satProduct.strip();
        String unit = satUnit.isBlank() ? PIECE : satUnit.strip();
        if (!isSatProduct(product)) return Outcome.refused("sat-product-invalid");
        if (!isSatUnit(unit)) return Outcome.refused("sat-unit-invalid");
        return Outcome.done(new MiscItem(words, new Price(Money.mxn(price), includesTax), taxClass, product, unit));
    }

    private static boolean isSatProduct(String key) {
        return key.matches("[0-9]{8}");
    }

    private static boolean isSatUnit(String key) {
        return key.matches("[A-Z0-9]{1,3}");
    }

    /** What stands on the line in the place of a part: told by {@link PartId#NONE}. */
    public Part standIn() {
        return new Part(
                PartId.NONE,
                LINE,
                NUMBER,
                "",
                description,
                "",
                "",
                UNIT,
                taxClass,
                Money.mxn(0),
                satProduct,
                satUnit,
                TAXABLE,
                List.of());
    }
}
