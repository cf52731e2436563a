package mx.refahub.batch.csv;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.PartNumber;
import org.jspecify.annotations.Nullable;

/** One row's values by column name, read as what they should be or rejected with a sentence. Texts are stripped and NFC. */
public final class Values {
    private static final BigDecimal LARGEST_AMOUNT = new BigDecimal("99999999.99");
    private static final BigDecimal LARGEST_QUANTITY = new BigDecimal("9999999");

    private final Map<String, Integer> columns;
    private final List<String> fields;

    Values(Map<String, Integer> columns, List<String> fields) {
        this.columns = columns;
        this.fields = fields;
    }

    private String raw(String column) {
        Integer at = columns.get(column);
        return at == null || at >= fields.size() ? "" : fields.get(at).strip();
    }

    /** Optional text. */
    public String text(String column, int longest) {
        String value = raw(column);
        if (value.isEmpty()) return "";
        boolean plain = true;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c))
                throw new RowRejected(
                        column, value, "tiene caracteres de control (por ejemplo un salto de línea o un tabulador)");
            if (Character.isSurrogate(c) && !isPaired(value, i))
                throw new RowRejected(column, value, "tiene un carácter dañado");
            plain &= c < 0x80;
        }
        if (!plain) value = Normalizer.normalize(value, Normalizer.Form.NFC);
        if (value.codePointCount(0, value.length()) > longest)
            throw new RowRejected(column, value, "tiene más de " + longest + " caracteres");
        return value;
    }

    private static boolean isPaired(String value, int i) {
        return Character.isHighSurrogate(value.charAt(i))
                ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
    }

    public String required(String column, int longest) {
        String value = text(column, longest);
        if (value.isEmpty()) throw new RowRejected(column, "", "está vacío");
        return value;
    }

    public String lineCode() {
        String value = required("line_code", 100);
        try {
            return new LineCode(value).value();
        } catch (IllegalArgumentException e) {
            throw new RowRejected(
                    "line_code",
                    value,
                    "debe tener de 1 a " + LineCode.MAX_LENGTH + " letras o números, sin espacios ni signos");
        }
    }

    public PartNumber partNumber(String column) {
        String value = required(column, 200);
        try {
            return new PartNumber(value);
        } catch (IllegalArgumentException e) {
            throw new RowRejected(
                    column,
                    value,
                    "no es un número de parte: debe tener de 1 a " + PartNumber.MAX_LENGTH + " caracteres");
        }
    }

    /** Pesos with at most two decimals, as centavos; null when empty. */
    public @Nullable Long centavos(String column) {
        String value = raw(column);
        if (value.isEmpty()) return null;
        BigDecimal amount = decimal(column, value);
        if (amount.signum() < 0) throw new RowRejected(column, value, "es negativo");
        if (amount.compareTo(LARGEST_AMOUNT) > 0)
            throw new RowRejected(column, value, "es mayor que " + LARGEST_AMOUNT.toPlainString());
        if (amount.stripTrailingZeros().scale() > 2) throw new RowRejected(column, value, "tiene más de dos decimales");
        return amount.movePointRight(2).longValueExact();
    }

    /** Units with at most three decimals, as thousandths; null when empty. */
    public @Nullable Long thousandths(String column) {
        String value = raw(column);
        if (value.isEmpty()) return null;
        BigDecimal amount = decimal(column, value);
        if (amount.signum() < 0) throw new RowRejected(column, value, "es negativo");
        if (amount.compareTo(LARGEST_QUANTITY) > 0)
            throw new RowRejected(column, value, "es mayor que " + LARGEST_QUANTITY.toPlainString());
        if (amount.stripTrailingZeros().scale() > 3)
            throw new RowRejected(column, value, "tiene más de tres decimales");
        return amount.setScale(3, RoundingMode.UNNECESSARY).unscaledValue().longValueExact();
    }

    private static BigDecimal decimal(String column, String value) {
        if (value.length() <= 20 && value.matches("[+-]?[0-9]+(\\.[0-9]+)?")) return new BigDecimal(value);
        throw new RowRejected(
                column, value, "no es un número: escribe por ejemplo 1234.50, sin comas ni signo de pesos");
    }

    public int year(String column) {
        String value = required(column, 20);
        if (!value.matches("[0-9]{4}") || Integer.parseInt(value) < 1900 || Integer.parseInt(value) > 2100)
            throw new RowRejected(column, value, "no es un año entre 1900 y 2100");
        return Integer.parseInt(value);
    }

    public boolean flag(String column) {
        String value = required(column, 20);
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "1", "si", "sí", "yes" -> true;
            case "false", "0", "no" -> false;
            default -> throw new RowRejected(column, value, "debe decir true o false");
        };
    }

    /** One of these, compared without case. @return upper case */
    public String oneOf(String column, List<String> allowed) {
        String value = required(column, 60);
        String upper = value.toUpperCase(Locale.ROOT);
        if (!allowed.contains(upper))
            throw new RowRejected(
                    column,
                    value,
                    "debe ser uno de: " + String.join(", ", allowed).toLowerCase(Locale.ROOT));
        return upper;
    }

    public String matching(String column, String pattern, String fallback, String sentence) {
        String value = text(column, 60);
        if (value.isEmpty() && !fallback.isEmpty()) return fallback;
        if (!value.matches(pattern)) throw new RowRejected(column, value, sentence);
        return value;
    }
}
