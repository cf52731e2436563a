package mx.refahub.domain.customer;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.fiscal.CfdiUse;
import mx.refahub.domain.fiscal.Rfc;
import mx.refahub.domain.fiscal.TaxRegime;

/** What is known of a customer, field by field: two stores that mend different fields do not undo each other's work. */
public enum CustomerField {
    NAME(120),
    PHONE(20),
    EMAIL(254),
    RFC(20),
    /** As the tax certificate says it. */
    FISCAL_NAME(300),
    POSTAL_CODE(5),
    /** c_RegimenFiscal. */
    REGIME(3),
    /** c_UsoCFDI. */
    TAX_USE(4),
    /** One a line: the plate, a blank, what car it is. */
    VEHICLES(1200),
    /** Code of the price level; {@link #STANDARD_LEVEL} unless somebody says otherwise. */
    PRICE_LEVEL(20),
    NOTES(500);

    public static final String STANDARD_LEVEL = "PUBLICO";
    private static final int MOST_VEHICLES = 20;
    private static final int LEAST_DIGITS = 7;
    private static final int MOST_DIGITS = 15;
    private static final Set<Integer> UNSEEN = Set.of(
            (int) Character.CONTROL,
            (int) Character.FORMAT,
            (int) Character.SURROGATE,
            (int) Character.PRIVATE_USE,
            (int) Character.UNASSIGNED,
            (int) Character.LINE_SEPARATOR,
            (int) Character.PARAGRAPH_SEPARATOR);

    private final int longest;

    CustomerField(int longest) {
        this.longest = longest;
    }

    public int longest() {
        return longest;
    }

    /**
     * The field in its normal form, from what somebody typed; empty takes it off.
     *
     * <p>Refused: {@code customer-name}, {@code customer-phone}, {@code email-invalid}, {@code rfc-invalid}, {@code fiscal-name-invalid}, {@code postal-code-invalid}, {@code regime-invalid},
     * {@code use-invalid}, {@code customer-plate} (naming what is none), {@code customer-vehicles} (naming the most), {@code customer-level}, {@code customer-note}. A check digit
     * of an RFC that does not fit refuses nothing.
     */
    public Outcome<String> typed(String text) {
        String value = Normalizer.normalize(text, Normalizer.Form.NFC).strip();
        if (this != VEHICLES && this != NOTES) value = value.replaceAll("[\\s\\h]+", " ");
        if (value.isEmpty()) {
            if (this == NAME) return Outcome.refused("customer-name", Integer.toString(longest));
            return Outcome.done(this == PRICE_LEVEL ? STANDARD_LEVEL : "");
        }
        return switch (this) {
            case NAME ->
                plain(value) ? Outcome.done(value) : Outcome.refused("customer-name", Integer.toString(longest));
            case PHONE -> phone(value);
            case EMAIL -> isEmail(value) ? Outcome.done(value) : Outcome.refused("email-invalid");
            case RFC -> rfc(value);
            case FISCAL_NAME ->
                plain(value) && value.indexOf('|') < 0
                        ? Outcome.done(value.toUpperCase(Locale.ROOT))
                        : Outcome.refused("fiscal-name-invalid");
            case POSTAL_CODE ->
                value.matches("[0-9]{5}") ? Outcome.done(value) : Outcome.refused("postal-code-invalid");
            case REGIME -> TaxRegime.of(value).isPresent() ? Outcome.done(value) : Outcome.refused("regime-invalid");
            case TAX_USE ->
                CfdiUse.of(value.toUpperCase(Locale.ROOT)).isPresent()
                        ? Outcome.done(value.toUpperCase(Locale.ROOT))
                        : Outcome.refused("use-invalid");
            case VEHICLES -> vehicles(value);
            case PRICE_LEVEL -> {
                String code = value.toUpperCase(Locale.ROOT);
                yield code.matches("[A-Z0-9][A-Z0-9_-]{0,19}") ? Outcome.done(code) : Outcome.refused("customer-level");
            }
            case NOTES -> {
                String note = value.replace("\r\n", "\n").replace('\r', '\n');
                yield plain(note.replace('\n', ' '))
                        ? Outcome.done(note)
                        : Outcome.refused("customer-note", Integer.toString(longest));
            }
        };
    }

    private boolean plain(String value) {
        return value.length() <= longest && value.codePoints().noneMatch(c -> UNSEEN.contains(Character.getType(c)));
    }

    private Outcome<String> phone(String value) {
        String digits = value.replaceAll("[^0-9]", "");
        boolean shaped = value.matches("\\+?[0-9 ().-]+");
        return shaped && digits.length() >= LEAST_DIGITS && digits.length() <= MOST_DIGITS && value.length() <= longest
                ? Outcome.done((value.startsWith("+") ? "+" : "") + digits)
                : Outcome.refused("customer-phone");
    }

    private static Outcome<String> rfc(String value) {
        try {
            return Outcome.done(new Rfc(value).value());
        } catch (IllegalArgumentException e) {
            return Outcome.refused("rfc-invalid");
        }
    }

    private boolean isEmail(String text) {
        int at = text.lastIndexOf('@');
        return at > 0 && at < text.length() - 1 && plain(text) && text.indexOf(' ') < 0;
    }

    private Outcome<String> vehicles(String value) {
        List<String> lines = new ArrayList<>();
        for (String line : value.split("\\R")) {
            String one = line.strip().replaceAll("[\\s\\h]+", " ");
            if (one.isEmpty()) continue;
            int blank = one.indexOf(' ');
            String plate = (blank < 0 ? one : one.substring(0, blank)).toUpperCase(Locale.ROOT);
            if (!plate.matches("[A-Z0-9](?:-?[A-Z0-9]){3,9}"))
                return Outcome.refused("customer-plate", plate.substring(0, Math.min(plate.length(), 20)));
            lines.add(blank < 0 ? plate : plate + one.substring(blank));
        }
        String all = lines.stream().collect(Collectors.joining("\n"));
        return lines.size() <= MOST_VEHICLES && plain(all.replace('\n', ' '))
                ? Outcome.done(all)
                : Outcome.refused("customer-vehicles", Integer.toString(MOST_VEHICLES));
    }
}
