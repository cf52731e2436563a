package mx.refahub.domain.part;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.tax.TaxClass;
import org.jspecify.annotations.Nullable;

/**
 * All that a person may say of a part by hand. It comes apart into {@link #values plain values by field}, which is how changes are told,
 * kept and undone, and together again from them.
 *
 * @param price list price; null while the part cannot be sold
 * @param interchanges told of this part itself; what follows from other parts' rows is not among them
 * @param relations other parts of the catalogue that belong to this one; one of each kind for each part
 */
public record PartSheet(
        LineCode lineCode,
        PartNumber number,
        String brand,
        String nameEs,
        String nameEn,
        String category,
        String unit,
        TaxClass taxClass,
        Money core,
        String satCode,
        String satUnit,
        String taxObject,
        @Nullable Price price,
        List<Barcode> barcodes,
        List<Interchange> interchanges,
        List<Fitment> fitments,
        List<PartRelation> relations) {
    public static final int MOST_BARCODES = 50;
    public static final int MOST_RELATIONS = 500;

    /** Between the pieces of a value that has several. Stands in none of them. */
    public static final char SEPARATOR = '\u001f';

    private static final String WITH_TAX = "with-tax";
    private static final String WITHOUT_TAX = "without-tax";

    public PartSheet {
        if (number.normal().isEmpty()) throw new IllegalArgumentException("number without a letter or digit");
        if (brand.isBlank() || nameEs.isBlank()) throw new IllegalArgumentException("part without brand or name");
        if (core.isNegative()) throw new IllegalArgumentException("negative core charge");
        barcodes = List.copyOf(barcodes);
        interchanges = List.copyOf(interchanges);
        fitments = List.copyOf(fitments);
        relations = List.copyOf(relations);
    }

    /** Every field with its values: none for an empty text, at most one where the field is not a list. */
    public Map<PartField, Set<String>> values() {
        Map<PartField, Set<String>> values = new EnumMap<>(PartField.class);
        for (PartField field : PartField.values()) values.put(field, new LinkedHashSet<>());
        put(values, PartField.LINE_CODE, lineCode.value());
        put(values, PartField.NUMBER, number.value());
        put(values, PartField.BRAND, brand);
        put(values, PartField.NAME_ES, nameEs);
        put(values, PartField.NAME_EN, nameEn);
        put(values, PartField.CATEGORY, category);
        put(values, PartField.UNIT, unit);
        put(values, PartField.TAX_CLASS, taxClass.name());
        if (!core.isZero()) put(values, PartField.CORE, Long.toString(core.minor()));
        put(values, PartField.SAT_CODE, satCode);
        put(values, PartField.SAT_UNIT, satUnit);
        put(values, PartField.TAX_OBJECT, taxObject);
        if (price != null)
            put(
                    values,
                    PartField.PRICE,
                    joined(Long.toString(price.amount().minor()), price.includesTax() ? WITH_TAX : WITHOUT_TAX));
        for (Barcode code : barcodes)
            put(
                    values,
                    PartField.BARCODE,
                    joined(code.value(), Long.toString(code.pack().thousandths())));
        for (Interchange other : interchanges)
            put(
                    values,
                    PartField.INTERCHANGE,
                    joined(
                            other.kind().name(),
                            other.otherBrand(),
                            other.otherNumber().value()));
        for (Fitment fit : fitments) put(values, PartField.FITMENT, fitment(fit));
        for (PartRelation other : relations)
            put(
                    values,
                    PartField.RELATION,
                    joined(
                            other.kind().name(),
                            other.lineCode().value(),
                            other.number().value(),
                            other.grade().text(),
                            Long.toString(other.quantity().thousandths()),
                            other.position(),
                            other.note()));
        return values;
    }

    /** A body stands last, and only where there is one: what is kept of changes from before there were any says the same. */
    private static String fitment(Fitment fit) {
        String value = joined(
                fit.make(),
                fit.model(),
                Integer.toString(fit.yearFrom()),
                Integer.toString(fit.yearTo()),
                fit.engine(),
                fit.position(),
                fit.notes());
        return fit.body().isEmpty() ? value : joined(value, fit.body());
    }

    private static void put(Map<PartField, Set<String>> values, PartField field, String value) {
        Set<String> of = values.get(field);
        if (of != null && !value.isEmpty()) of.add(value);
    }

    private static String joined(String... pieces) {
        return String.join(String.valueOf(SEPARATOR), pieces);
    }

    /** The pieces of a value as {@link #values} made it. */
    public static List<String> pieces(String value) {
        return List.of(value.split(String.valueOf(SEPARATOR), -1));
    }

    /** @throws IllegalArgumentException if the values do not make a part */
    public static PartSheet of(Map<PartField, Set<String>> values) {
        List<Barcode> barcodes = new ArrayList<>();
        for (String value : values.getOrDefault(PartField.BARCODE, Set.of())) {
            List<String> of = pieces(value);
            barcodes.add(new Barcode(of.get(0), new Quantity(Long.parseLong(of.get(1)))));
        }
        List<Interchange> interchanges = new ArrayList<>();
        for (String value : values.getOrDefault(PartField.INTERCHANGE, Set.of())) {
            List<String> of = pieces(value);
            interchanges.add(
                    new Interchange(Interchange.Kind.valueOf(of.get(0)), of.get(1), new PartNumber(of.get(2))));
        }
        List<Fitment> fitments = new ArrayList<>();
        for (String value : values.getOrDefault(PartField.FITMENT, Set.of())) fitments.add(fitment(value));
        List<PartRelation> relations = values.getOrDefault(PartField.RELATION, Set.of()).stream()
                .map(PartSheet::relation)
                .toList();
        String core = one(values, PartField.CORE);
        return new PartSheet(
                new LineCode(one(values, PartField.LINE_CODE)),
                new PartNumber(one(values, PartField.NUMBER)),
                one(values, PartField.BRAND),
                one(values, PartField.NAME_ES),
                one(values, PartField.NAME_EN),
                one(values, PartField.CATEGORY),
                one(values, PartField.UNIT),
                TaxClass.valueOf(one(values, PartField.TAX_CLASS)),
                Money.mxn(core.isEmpty() ? 0 : Long.parseLong(core)),
                one(values, PartField.SAT_CODE),
                one(values, PartField.SAT_UNIT),
                one(values, PartField.TAX_OBJECT),
                price(one(values, PartField.PRICE)),
                barcodes,
                interchanges,
                fitments,
                relations);
    }

    /** Out of a value of {@link PartField#RELATION}. */
    public static PartRelation relation(String value) {
        List<String> of = pieces(value);
        return new PartRelation(
                PartRelation.Kind.valueOf(of.get(0)),
                new LineCode(of.get(1)),
                new PartNumber(of.get(2)),
                PartRelation.Grade.ofText(of.get(3)),
                new Quantity(Long.parseLong(of.get(4))),
                of.get(5),
                of.get(6));
    }

    /** Out of a value of {@link PartField#FITMENT}. */
    public static Fitment fitment(String value) {
        List<String> of = pieces(value);
        return new Fitment(
                of.get(0),
                of.get(1),
                Integer.parseInt(of.get(2)),
                Integer.parseInt(of.get(3)),
                of.get(4),
                of.size() > 7 ? of.get(7) : "",
                of.get(5),
                of.get(6));
    }

    private static @Nullable Price price(String value) {
        if (value.isEmpty()) return null;
        List<String> of = pieces(value);
        return new Price(Money.mxn(Long.parseLong(of.get(0))), of.get(1).equals(WITH_TAX));
    }

    private static String one(Map<PartField, Set<String>> values, PartField field) {
        Set<String> of = values.getOrDefault(field, Set.of());
        if (of.size() > 1) throw new IllegalArgumentException("two values for " + field);
        return of.isEmpty() ? "" : of.iterator().next();
    }
}
