package mx.refahub.domain.part;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.tax.TaxClass;
import org.jspecify.annotations.Nullable;

/**
 * A part as somebody typed it. {@link #check} says of every field what is wrong with it, by the rules that the files are held to as well
 * (docs/formats.md).
 *
 * @param core and {@code price} in pesos with a decimal point; empty for none
 */
public record PartForm(
        String lineCode,
        String number,
        String brand,
        String nameEs,
        String nameEn,
        String category,
        String unit,
        String taxClass,
        String core,
        String satCode,
        String satUnit,
        String taxObject,
        String price,
        boolean priceIncludesTax,
        List<Code> barcodes,
        List<Other> interchanges,
        List<Fit> fitments,
        List<Related> relations) {
    /** @param pack how many pieces, with a decimal point; empty for one */
    public record Code(String value, String pack) {}

    public record Other(String kind, String brand, String number) {}

    /** @param body one or several, with a semicolon between them; empty for any */
    public record Fit(
            String make,
            String model,
            String yearFrom,
            String yearTo,
            String engine,
            String body,
            String position,
            String notes) {}

    /**
     * @param grade empty for none
     * @param quantity how many, with a decimal point; empty for one
     */
    public record Related(
            String kind, String lineCode, String number, String grade, String quantity, String position, String note) {}

    private static final int BRAND_LENGTH = 80;
    private static final int CATEGORY_LENGTH = 200;
    private static final int UNIT_LENGTH = 20;
    private static final int VEHICLE_LENGTH = 80;
    private static final int BODY_LENGTH = 500;
    private static final int NOTES_LENGTH = 500;
    private static final BigDecimal MOST = new BigDecimal("999999999");

    /** @param field as the form names it, e.g. {@code fitments[2].yearTo} */
    public record Fault(String field, Refusal refusal) {}

    /** @param sheet null if there are faults */
    public record Checked(@Nullable PartSheet sheet, List<Fault> faults) {}

    public Checked check() {
        return new Check().run();
    }

    private final class Check {
        private final List<Fault> faults = new ArrayList<>();

        private void fault(String field, String code, String... arguments) {
            faults.add(new Fault(field, Refusal.of(code, arguments)));
        }

        Checked run() {
            LineCode line = line("lineCode", lineCode);
            PartNumber part = number("number", number);
            String brandText = required("brand", brand, BRAND_LENGTH);
            String es = required("nameEs", nameEs, Part.MAX_NAME_LENGTH);
            String en = text("nameEn", nameEn, Part.MAX_NAME_LENGTH);
            String path = text("category", category, CATEGORY_LENGTH);
            String unitText = text("unit", unit, UNIT_LENGTH).toUpperCase(Locale.ROOT);
            TaxClass tax = taxClass();
            Money deposit = money("core", core);
            String sat = satCode();
            String measure = satUnit();
            String object = taxObject();
            Money amount = money("price", price);
            List<Barcode> codes = barcodes();
            List<Interchange> others = interchanges(line, part, brandText);
            List<Fitment> fits = fitments();
            List<PartRelation> related = relations(line, part);
            if (!faults.isEmpty() || line == null || part == null || tax == null)
                return new Checked(null, List.copyOf(faults));
            return new Checked(
                    new PartSheet(
                            line,
                            part,
                            brandText,
                            es,
                            en,
                            path,
                            unitText.isEmpty() ? "PZA" : unitText,
                            tax,
                            deposit == null ? Money.mxn(0) : deposit,
                            sat,
                            measure,
                            object,
                            amount == null ? null : new Price(amount, priceIncludesTax),
                            codes,
                            others,
                            fits,
                            related),
                    List.of());
        }

        private String text(String field, String typed, int longest) {
            String value = java.text.Normalizer.normalize(typed, java.text.Normalizer.Form.NFC)
                    .strip();
            if (value.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0xFFFD || c >= 0xD800 && c < 0xE000))
                fault(field, "field-control");
            else if (value.codePointCount(0, value.length()) > longest)
                fault(field, "field-too-long", Integer.toString(longest));
            else return value;
            return "";
        }

        private String required(String field, String typed, int longest) {
            int before = faults.size();
            String value = text(field, typed, longest);
            if (value.isEmpty() && faults.size() == before) fault(field, "field-empty");
            return value;
        }

        private @Nullable LineCode line(String field, String typed) {
            String value = required(field, typed, Integer.MAX_VALUE);
            if (value.isEmpty()) return null;
            try {
                return new LineCode(value);
            } catch (IllegalArgumentException e) {
                fault(field, "line-code-wrong", Integer.toString(LineCode.MAX_LENGTH));
                return null;
            }
        }

        private @Nullable PartNumber number(String field, String typed) {
            String value = required(field, typed, PartNumber.MAX_LENGTH);
            if (value.isEmpty()) return null;
            PartNumber made = new PartNumber(value);
            if (!made.normal().isEmpty()) return made;
            fault(field, "part-number-wrong");
            return null;
        }

        private @Nullable TaxClass taxClass() {
            for (TaxClass each : TaxClass.values()) if (each.name().equalsIgnoreCase(taxClass.strip())) return each;
            fault("taxClass", "field-choice");
            return null;
        }

        private @Nullable BigDecimal decimal(String field, String typed, int decimals) {
            String value = typed.strip();
            if (value.isEmpty()) return null;
            if (!value.matches("[0-9]{1,12}(\\.[0-9]{1,9})?")) {
                fault(field, "number-wrong");
                return null;
            }
            BigDecimal made = new BigDecimal(value);
            if (made.stripTrailingZeros().scale() > decimals)
                fault(field, "number-too-fine", Integer.toString(decimals));
            else if (made.compareTo(MOST) > 0) fault(field, "number-too-large");
            else return made;
            return null;
        }

        private @Nullable Money money(String field, String typed) {
            BigDecimal amount = decimal(field, typed, 2);
            return amount == null ? null : Money.rounded(amount, Money.MXN);
        }

        private String satCode() {
            String value = required("satCode", satCode, Integer.MAX_VALUE);
            if (!value.isEmpty() && !value.matches("[0-9]{8}")) fault("satCode", "sat-code-wrong");
            return value;
        }

        private String satUnit() {
            String value = required("satUnit", satUnit, Integer.MAX_VALUE).toUpperCase(Locale.ROOT);
            if (!value.isEmpty() && !value.matches("[A-Z0-9]{1,3}")) fault("satUnit", "sat-unit-wrong");
            return value;
        }

        private String taxObject() {
            String value = text("taxObject", taxObject, Integer.MAX_VALUE);
            if (value.isEmpty()) return "02";
            if (!value.matches("0[1-8]")) fault("taxObject", "tax-object-wrong");
            return value;
        }

        private List<Barcode> barcodes() {
            if (barcodes.size() > PartSheet.MOST_BARCODES)
                fault("barcodes", "list-too-long", Integer.toString(PartSheet.MOST_BARCODES));
            List<Barcode> made = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < barcodes.size(); i++) {
                String at = "barcodes[" + i + "].";
                String value = required(at + "value", barcodes.get(i).value(), Barcode.MAX_LENGTH);
                BigDecimal pack = decimal(at + "pack", barcodes.get(i).pack(), 3);
                if (value.isEmpty()) continue;
                if (!value.chars().allMatch(c -> c > 0x20 && c < 0x7f)) fault(at + "value", "barcode-wrong");
                else if (!seen.add(value)) fault(at + "value", "row-twice");
                else if (pack != null && pack.signum() <= 0) fault(at + "pack", "pack-wrong");
                else made.add(new Barcode(value, pack == null ? Quantity.ONE : Quantity.of(pack)));
            }
            return made;
        }

        private List<Interchange> interchanges(@Nullable LineCode line, @Nullable PartNumber part, String ownBrand) {
            if (interchanges.size() > PartSheet.MOST_RELATIONS)
                fault("interchanges", "list-too-long", Integer.toString(PartSheet.MOST_RELATIONS));
            List<Interchange> made = new ArrayList<>();
            Set<Interchange> seen = new HashSet<>();
            for (int i = 0; i < interchanges.size(); i++) {
                Other other = interchanges.get(i);
                String at = "interchanges[" + i + "].";
                Interchange.Kind kind = null;
                for (Interchange.Kind each : Interchange.Kind.values())
                    if (each.name().equalsIgnoreCase(other.kind().strip())) kind = each;
                if (kind == null) fault(at + "kind", "field-choice");
                String otherBrand = required(at + "brand", other.brand(), BRAND_LENGTH);
                PartNumber otherNumber = number(at + "number", other.number());
                if (kind == null || otherBrand.isEmpty() || otherNumber == null) continue;
                Interchange row = new Interchange(kind, otherBrand, otherNumber);
                boolean itself = kind != Interchange.Kind.OEM
                        && otherNumber.equals(part)
                        && (otherBrand.equalsIgnoreCase(ownBrand)
                                || line != null && otherBrand.equalsIgnoreCase(line.value()));
                if (itself) fault(at + "number", "interchange-itself");
                else if (!seen.add(row)) fault(at + "number", "row-twice");
                else made.add(row);
            }
            return made;
        }

        private List<Fitment> fitments() {
            if (fitments.size() > PartSheet.MOST_RELATIONS)
                fault("fitments", "list-too-long", Integer.toString(PartSheet.MOST_RELATIONS));
            List<Fitment> made = new ArrayList<>();
            Set<List<Object>> seen = new HashSet<>();
            for (int i = 0; i < fitments.size(); i++) {
                Fit fit = fitments.get(i);
                String at = "fitments[" + i + "].";
                int before = faults.size();
                String make = required(at + "make", fit.make(), VEHICLE_LENGTH);
                String model = required(at + "model", fit.model(), VEHICLE_LENGTH);
                int from = year(at + "yearFrom", fit.yearFrom());
                int to = year(at + "yearTo", fit.yearTo());
                String engine = text(at + "engine", fit.engine(), VEHICLE_LENGTH);
                String body = text(at + "body", fit.body(), BODY_LENGTH);
                String position = text(at + "position", fit.position(), VEHICLE_LENGTH);
                String notes = text(at + "notes", fit.notes(), NOTES_LENGTH);
                if (faults.size() > before) continue;
                if (from > to) fault(at + "yearTo", "years-turned", Integer.toString(from));
                else if (!seen.add(List.of(make, model, from, to, engine, position))) fault(at + "model", "row-twice");
                else made.add(new Fitment(make, model, from, to, engine, body, position, notes));
            }
            return made;
        }

        private List<PartRelation> relations(@Nullable LineCode line, @Nullable PartNumber part) {
            if (relations.size() > PartSheet.MOST_RELATIONS)
                fault("relations", "list-too-long", Integer.toString(PartSheet.MOST_RELATIONS));
            List<PartRelation> made = new ArrayList<>();
            Set<List<Object>> seen = new HashSet<>();
            for (int i = 0; i < relations.size(); i++) {
                Related row = relations.get(i);
                String at = "relations[" + i + "].";
                int before = faults.size();
                PartRelation.Kind kind = null;
                for (PartRelation.Kind each : PartRelation.Kind.values())
                    if (each.name().equalsIgnoreCase(row.kind().strip())) kind = each;
                if (kind == null) fault(at + "kind", "field-choice");
                PartRelation.Grade grade = grade(at + "grade", row.grade());
                if (kind != null && kind != PartRelation.Kind.ALTERNATIVE && grade != PartRelation.Grade.NONE)
                    fault(at + "grade", "grade-of-another-kind");
                LineCode otherLine = line(at + "lineCode", row.lineCode());
                PartNumber otherNumber = number(at + "number", row.number());
                BigDecimal quantity = decimal(at + "quantity", row.quantity(), 3);
                if (quantity != null && quantity.signum() <= 0) fault(at + "quantity", "pack-wrong");
                String position = text(at + "position", row.position(), PartRelation.MAX_POSITION);
                String note = text(at + "note", row.note(), PartRelation.MAX_NOTE);
                if (faults.size() > before || kind == null || otherLine == null || otherNumber == null) continue;
                if (otherLine.equals(line) && otherNumber.equals(part)) fault(at + "number", "relation-itself");
                else if (!seen.add(List.of(kind, otherLine, otherNumber))) fault(at + "number", "row-twice");
                else
                    made.add(new PartRelation(
                            kind,
                            otherLine,
                            otherNumber,
                            grade,
                            quantity == null ? Quantity.ONE : Quantity.of(quantity),
                            position,
                            note));
            }
            return made;
        }

        private PartRelation.Grade grade(String field, String typed) {
            String value = typed.strip();
            for (PartRelation.Grade each : PartRelation.Grade.values())
                if (each.text().equalsIgnoreCase(value)) return each;
            fault(field, "field-choice");
            return PartRelation.Grade.NONE;
        }

        private int year(String field, String typed) {
            String value = typed.strip();
            if (value.matches("[0-9]{4}")) {
                int year = Integer.parseInt(value);
                if (year >= Fitment.FIRST_YEAR && year <= Fitment.LAST_YEAR) return year;
            }
            fault(field, "year-wrong", Integer.toString(Fitment.FIRST_YEAR), Integer.toString(Fitment.LAST_YEAR));
            return Fitment.FIRST_YEAR;
        }
    }
}
