package mx.refahub.batch.intake;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.PartNumber;
import org.jspecify.annotations.Nullable;

/**
 * The row under the reader's eye, one object for all rows of a file. Its cells are asked for by the format's column; whatever is wrong is
 * remembered as a problem and a stand-in returned, so that one pass finds every problem of a row. Plain ASCII, which is nearly every cell,
 * takes a short way.
 */
public final class Row {
    /** What a thing that is wrong is told as: column of the file, the value found, and a Spanish sentence. */
    public record Problem(String column, String value, String reason) {}

    private static final int MAX_VALUE_SHOWN = 200;
    private static final int MAX_FIELDS = 16_384;
    private static final int MAX_LENGTH = 1 << 20;
    private static final long MAX_WHOLE = 999_999_999_999L;

    private final List<Column> columns;
    private final int[] places;
    /** Values that hold for every row of the file, by column. */
    private final @Nullable String[] fixed;

    private final Header header;
    private final List<Problem> problems = new ArrayList<>();
    private String[] fields;
    /** As long as the fields; none in a file that has no such doubts. */
    private Doubt @Nullable [] doubts;

    private int count;
    private long length;
    private long line;

    Row(List<Column> columns, Header header) {
        this.columns = columns;
        this.header = header;
        this.fixed = columns.stream().map(c -> header.wording().fixed(c.name())).toArray(String[]::new);
        this.places = columns.stream().mapToInt(c -> header.place(c.name())).toArray();
        this.fields = new String[Math.max(header.width(), 1)];
    }

    void begin(long startingLine) {
        line = startingLine;
        count = 0;
        length = 0;
        problems.clear();
    }

    void field(String value) {
        length += value.length();
        if (count == MAX_FIELDS || length > MAX_LENGTH) throw new TooLong();
        if (count == fields.length) fields = Arrays.copyOf(fields, count * 2);
        Doubt[] all = doubts;
        if (all != null && count < all.length) all[count] = Doubt.NONE;
        fields[count++] = value;
    }

    /** A row that no honest file has. */
    static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    void field(String value, Doubt doubt) {
        field(value);
        Doubt[] all = doubts == null ? new Doubt[fields.length] : doubts;
        if (all.length < fields.length) all = Arrays.copyOf(all, fields.length);
        all[count - 1] = doubt;
        doubts = all;
    }

    private Doubt doubt(int column) {
        Doubt[] all = doubts;
        int place = places[column];
        if (all == null || place < 0 || place >= count || place >= all.length) return Doubt.NONE;
        return Objects.requireNonNullElse(all[place], Doubt.NONE);
    }

    /** Rows of a sheet end with their last filled cell: makes this one as wide as the header, unless it is wider with something in it. */
    void fit(int width) {
        while (count > width && fields[count - 1].isBlank()) count--;
        while (count < width) field("");
    }

    List<String> fields() {
        return List.of(Arrays.copyOf(fields, count));
    }

    /** Spreadsheets leave rows of nothing but separators behind. */
    boolean isBlank() {
        for (int i = 0; i < count; i++) if (!fields[i].isBlank()) return false;
        return true;
    }

    void checkWidth() {
        if (count != header.width())
            problems.add(new Problem(
                    "",
                    "",
                    "El renglón tiene " + count + " campos y el encabezado " + header.width()
                            + "; revisa comas y comillas."));
    }

    public long line() {
        return line;
    }

    public boolean isRejected() {
        return !problems.isEmpty();
    }

    List<Problem> problems() {
        return problems;
    }

    /** The record as it came, as CSV without the line end, but for the columns that a rejects file has in front. */
    String original() {
        StringBuilder out = new StringBuilder();
        boolean first = true;
        for (int i = 0; i < count; i++) {
            if (header.isFeedback(i)) continue;
            if (!first) out.append(',');
            first = false;
            RejectedRows.appendField(out, meant(fields[i]));
        }
        return out.toString();
    }

    public void reject(int column, String reason) {
        String value = raw(column);
        if (value.length() > MAX_VALUE_SHOWN) value = value.substring(0, MAX_VALUE_SHOWN);
        problems.add(new Problem(header.wording().shown(columns.get(column).name()), value, reason));
    }

    public boolean has(int column) {
        return places[column] >= 0 || fixed[column] != null;
    }

    private String raw(int column) {
        String always = fixed[column];
        if (always != null) return always;
        int place = places[column];
        if (place < 0 || place >= count) return "";
        return meant(fields[place]);
    }

    private String meant(String field) {
        return header.isFeedback() ? RejectedRows.withoutApostrophe(field) : field;
    }

    /** The cell in NFC, stripped, without control characters; empty if the column is absent. */
    public String text(int column, int maxLength) {
        Doubt doubt = doubt(column);
        if (doubt != Doubt.NONE) {
            reject(column, doubt.sentence());
            return "";
        }
        return clean(column, maxLength);
    }

    private String number(int column) {
        Doubt doubt = doubt(column);
        if (doubt.spoilsNumbers()) {
            reject(column, doubt.sentence());
            return "";
        }
        return clean(column, Integer.MAX_VALUE);
    }

    private String clean(int column, int maxLength) {
        String value = raw(column);
        if (!isPlain(value)) {
            value = Normalizer.normalize(value, Normalizer.Form.NFC).strip();
            String trouble = trouble(value);
            if (trouble != null) {
                reject(column, trouble);
                return "";
            }
        } else if (!value.isEmpty() && (value.charAt(0) == ' ' || value.charAt(value.length() - 1) == ' ')) {
            value = value.strip();
        }
        if (value.length() > maxLength && value.codePointCount(0, value.length()) > maxLength) {
            reject(
                    column,
                    "Tiene " + value.codePointCount(0, value.length()) + " caracteres; el máximo es " + maxLength
                            + ".");
            return "";
        }
        return value;
    }

    /** Like {@link #text}, and not empty. */
    public String requiredText(int column, int maxLength) {
        int before = problems.size();
        String value = text(column, maxLength);
        if (value.isEmpty() && problems.size() == before) reject(column, "Está vacío, y este dato es obligatorio.");
        return value;
    }

    /** Null if the file does not have the column; the default if the cell is empty. */
    public @Nullable String optionalText(int column, int maxLength, String whenEmpty) {
        if (!has(column)) return null;
        String value = text(column, maxLength);
        return value.isEmpty() ? whenEmpty : value;
    }

    /** Upper case, as {@link LineCode} keeps it. */
    public String lineCode(int column) {
        String value = requiredText(column, Integer.MAX_VALUE);
        if (value.isEmpty()) return value;
        if (value.length() <= LineCode.MAX_LENGTH && isAsciiAlphanumeric(value)) return upper(value);
        try {
            return new LineCode(value).value();
        } catch (IllegalArgumentException e) {
            reject(
                    column,
                    "Un código de línea lleva de 1 a " + LineCode.MAX_LENGTH
                            + " letras o dígitos, sin espacios ni signos.");
            return "";
        }
    }

    /** Upper case, as {@link PartNumber} keeps it. */
    public String partNumber(int column) {
        String value = requiredText(column, PartNumber.MAX_LENGTH);
        if (value.isEmpty() || isPlain(value)) return upper(value);
        try {
            return new PartNumber(value).value();
        } catch (IllegalArgumentException e) {
            reject(column, "No es un número de parte: pasa de " + PartNumber.MAX_LENGTH + " caracteres.");
            return "";
        }
    }

    /** As {@link PartNumber#normal(String)}. */
    public static String normal(String partNumber) {
        for (int i = 0; i < partNumber.length(); i++) {
            char c = partNumber.charAt(i);
            if (c >= 0x7f) return PartNumber.normal(partNumber);
            if (!isAsciiAlphanumeric(c)) return normalFrom(partNumber, i);
        }
        return upper(partNumber);
    }

    private static String normalFrom(String text, int start) {
        StringBuilder out = new StringBuilder(text.length());
        out.append(text, 0, start);
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x7f) return PartNumber.normal(text);
            if (isAsciiAlphanumeric(c)) out.append(c);
        }
        return upper(out.toString());
    }

    /** A decimal with a point as an integer of its last place ({@code decimals} 2: centavos). Null if the cell is empty or wrong. */
    public @Nullable Long decimal(int column, int decimals) {
        String value = number(column);
        if (value.isEmpty()) return null;
        int i = value.charAt(0) == '-' ? 1 : 0;
        long whole = 0;
        int digits = 0;
        int seen = -1;
        boolean number = i < value.length();
        boolean tooBig = false;
        for (; i < value.length() && number; i++) {
            char c = value.charAt(i);
            if (c == '.' && seen < 0 && digits > 0) {
                seen = 0;
            } else if (c >= '0' && c <= '9') {
                digits++;
                if (seen >= 0) seen++;
                if (seen <= decimals) {
                    whole = whole * 10 + (c - '0');
                    if (whole > MAX_WHOLE * 1000) {
                        tooBig = true;
                        whole = MAX_WHOLE;
                    }
                }
            } else {
                number = false;
            }
        }
        String reason = null;
        if (!number || seen == 0)
            reason = "No es un número; escríbelo como 1234.50, con punto decimal y sin comas ni signos.";
        else if (value.charAt(0) == '-') reason = "Es negativo, y aquí no puede serlo.";
        else if (seen > decimals) reason = "Tiene más de " + decimals + " decimales.";
        else {
            for (int missing = decimals - Math.max(seen, 0); missing > 0; missing--) whole *= 10;
            if (tooBig || whole > MAX_WHOLE) reason = "Es demasiado grande.";
        }
        if (reason == null) return whole;
        reject(column, reason);
        return null;
    }

    /** A whole number in these bounds; the lower bound if the cell is wrong. */
    public int whole(int column, int from, int to) {
        String value = requiredText(column, Integer.MAX_VALUE);
        if (value.isEmpty()) return from;
        int number = 0;
        boolean good = value.length() <= 9;
        for (int i = 0; i < value.length() && good; i++) {
            char c = value.charAt(i);
            good = c >= '0' && c <= '9';
            number = number * 10 + (c - '0');
        }
        if (good && number >= from && number <= to) return number;
        reject(column, "No es un número entero de " + from + " a " + to + ".");
        return from;
    }

    /** {@code true}, {@code false}, {@code sí}, {@code no}, {@code 1}, {@code 0}; false if wrong. */
    public boolean flag(int column) {
        String value = requiredText(column, Integer.MAX_VALUE);
        switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "1", "sí", "si", "yes" -> {
                return true;
            }
            case "false", "0", "no" -> {
                return false;
            }
            default -> {
                if (!value.isEmpty()) reject(column, "No es true ni false.");
                return false;
            }
        }
    }

    /** One of the choices, whatever its case, in upper case; the first if wrong. */
    public String choice(int column, List<String> choices) {
        String value = requiredText(column, Integer.MAX_VALUE);
        for (String choice : choices) if (choice.equalsIgnoreCase(value)) return choice;
        if (!value.isEmpty())
            reject(column, "No es ninguno de: " + String.join(", ", choices).toLowerCase(Locale.ROOT) + ".");
        return choices.getFirst();
    }

    static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x20 || c > 0x7e) return false;
        }
        return true;
    }

    public static boolean isAsciiAlphanumeric(String value) {
        for (int i = 0; i < value.length(); i++) if (!isAsciiAlphanumeric(value.charAt(i))) return false;
        return true;
    }

    private static boolean isAsciiAlphanumeric(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    private static String upper(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            char c = ascii.charAt(i);
            if (c >= 'a' && c <= 'z') return ascii.toUpperCase(Locale.ROOT);
        }
        return ascii;
    }

    /** Why a text cannot be kept, as a sentence; null if it can. */
    private static @Nullable String trouble(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\n' || c == '\r') return "Tiene un salto de línea; quítelo.";
            if (Character.isISOControl(c))
                return "Tiene un carácter de control (U+" + String.format(Locale.ROOT, "%04X", (int) c)
                        + ") en la posición " + (i + 1) + "; quítelo.";
            if (c == '\uFFFD') return "Tiene un carácter ilegible en la posición " + (i + 1) + "; escríbelo de nuevo.";
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < value.length()
                        && Character.isLowSurrogate(value.charAt(i + 1))) i++;
                else return "Tiene un carácter ilegible en la posición " + (i + 1) + "; escríbelo de nuevo.";
            }
        }
        return null;
    }
}
