package mx.refahub.adapters.layout;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mx.refahub.domain.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a template's row: {@code {name}}, with {@code @pattern} for dates, {@code ?debit|credit} for what depends on the side, {@code :<20} or {@code :>20} to
 * fill with blanks on the right or left, {@code :020} with zeros on the left, {@code :.20} for at most so many, {@code :#21} for an account's groups joined, zeros on
 * the right, and its level in the last place. Longer text is cut; a number, a date or an account that does not fit refuses the file.
 */
final class LayoutFields {
    private static final String ACCOUNT = "account";
    private static final Set<String> DATES = Set.of("day", "until", "due");
    private static final Set<String> NUMBERS = Set.of(
            "amount",
            "debit",
            "credit",
            "net",
            "discount",
            "base",
            "tax",
            "total",
            "entry",
            "position",
            "lines",
            "number",
            "folioNumber",
            "quantity",
            "price",
            "ratePercent");
    private static final Set<String> TEXTS = Set.of(
            "reference",
            "store",
            "storeName",
            "concept",
            ACCOUNT,
            "accountName",
            "costCenter",
            "role",
            "kind",
            "folio",
            "rfc",
            "company",
            "export",
            "side",
            "series",
            "warehouse",
            "customer",
            "customerName",
            "customerRfc",
            "corrects",
            "item",
            "description",
            "unit",
            "rate",
            "taxCode",
            "tender",
            "payment",
            "supplier",
            "supplierName",
            "supplierRfc",
            "fiscalId");
    private static final Pattern FIELD =
            Pattern.compile("\\{([a-zA-Z]+)(?:@([^}:]+))?(?:\\?([^|}:]*)\\|([^}:]*))?(?::([<>0.#])([0-9]{1,3}))?}");
    private static final String NO_LETTER = "[^\\p{L}\\p{N}]+";

    private LayoutFields() {}

    /** What is wrong with the row's fields, in words; null if nothing is. */
    static @Nullable String mistake(String row) {
        Matcher field = FIELD.matcher(row);
        while (field.find()) {
            String of = field.group(1);
            if (!DATES.contains(of) && !NUMBERS.contains(of) && !TEXTS.contains(of))
                return "no existe el campo {" + of + "}";
            if (field.group(2) != null && !isPattern(field.group(2)))
                return "la fecha {" + of + "} tiene un formato que no existe";
            if ("#".equals(field.group(5)) && !of.equals(ACCOUNT)) return "«:#» es sólo de {" + ACCOUNT + "}";
        }
        return FIELD.matcher(row).replaceAll("").matches(".*[{}].*") ? "un campo está mal escrito" : null;
    }

    private static boolean isPattern(String date) {
        try {
            DateTimeFormatter.ofPattern(date, Locale.ROOT).formatTo(LocalDate.EPOCH, new StringBuilder());
            return true;
        } catch (IllegalArgumentException | DateTimeException e) {
            return false;
        }
    }

    /** @param cell stripped; it is one number and nothing else */
    static boolean isNumber(String cell) {
        Matcher field = FIELD.matcher(cell);
        return field.matches() && NUMBERS.contains(field.group(1)) && field.group(5) == null;
    }

    /** @param template whose, for the sentence of a refusal @param xml what is filled in is escaped */
    static String fill(String template, String row, Map<String, Object> values, boolean xml) {
        Matcher field = FIELD.matcher(row);
        StringBuilder filled = new StringBuilder();
        while (field.find()) {
            String value = value(template, field, values);
            field.appendReplacement(filled, Matcher.quoteReplacement(xml ? XmlText.escaped(value) : value));
        }
        return field.appendTail(filled).toString();
    }

    private static String value(String template, Matcher field, Map<String, Object> values) {
        String of = field.group(1);
        Object value = values.get(of);
        String text;
        if (value == null) text = "";
        else if (field.group(3) != null) text = value.equals("D") ? field.group(3) : field.group(4);
        else if (value instanceof LocalDate day)
            text = DateTimeFormatter.ofPattern(field.group(2) == null ? "yyyy-MM-dd" : field.group(2), Locale.ROOT)
                    .format(day);
        else text = value.toString().replaceAll("\\p{Cntrl}", " ");
        String way = field.group(5);
        if (way == null) return text;
        int width = Integer.parseInt(field.group(6));
        if (way.equals("#")) return levelled(template, text, width);
        if (text.length() > width) {
            if (of.equals(ACCOUNT) || NUMBERS.contains(of) || DATES.contains(of))
                throw tooLong(template, of, width, text);
            boolean halves = width > 0 && Character.isHighSurrogate(text.charAt(width - 1));
            text = text.substring(0, halves ? width - 1 : width);
        }
        int rest = width - text.length();
        return switch (way) {
            case "<" -> text + " ".repeat(rest);
            case ">" -> " ".repeat(rest) + text;
            case "0" -> "0".repeat(rest) + text;
            default -> text;
        };
    }

    /** {@code 1110-001-000} in 21 places: {@code 11100010000000000000} and 2, for the last group with something in it is the second. */
    private static String levelled(String template, String account, int width) {
        String[] groups = account.strip().split(NO_LETTER, -1);
        int level = groups.length;
        while (level > 1 && groups[level - 1].matches("0*")) level--;
        String joined = String.join("", groups);
        if (joined.length() > width - 1 || level > 9) throw tooLong(template, ACCOUNT, width, account);
        return joined + "0".repeat(width - 1 - joined.length()) + level;
    }

    private static Failure tooLong(String template, String field, int width, String text) {
        return Failure.rejected(
                "La plantilla " + template + ": {" + field + "} no cabe en " + width + " lugares: " + text);
    }
}
