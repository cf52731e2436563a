package mx.refahub.adapters.layout;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mx.refahub.domain.Failure;

/**
 * A template of a file, read from text: {@code name = value} by lines, {@code #} begins a remark. {@code file} names the file, {@code format} is
 * {@code text}, {@code csv} or {@code xlsx}, {@code charset} of the first two. Rows of the file are {@code start} and {@code end}; {@code entry}, {@code line} and
 * {@code close} of journal entries; {@code ticket}; {@code invoice}, {@code invoiceLine}, {@code note}, {@code noteLine} and {@code payment} of documents;
 * {@code bill}, {@code billLine}, {@code billCredit} and {@code billCreditLine} of suppliers; {@code stock}. They may come several times; in {@code csv} and {@code xlsx} a semicolon parts their cells.
 *
 * <p>A field is {@code {name}}, with {@code @pattern} for dates, {@code ?debit|credit} for what depends on the side, {@code :<20} or {@code :>20}
 * to fill with blanks on the right or left, {@code :020} with zeros on the left. Longer text is cut; a number that does not fit refuses the file.
 */
final class Layout {
    enum Format {
        TEXT,
        CSV,
        XLSX
    }

    private static final Set<String> ROWS = Set.of(
            "start",
            "entry",
            "line",
            "close",
            "ticket",
            "invoice",
            "invoiceLine",
            "note",
            "noteLine",
            "payment",
            "bill",
            "billLine",
            "billCredit",
            "billCreditLine",
            "stock",
            "end");
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
            "account",
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
            Pattern.compile("\\{([a-zA-Z]+)(?:@([^}:]+))?(?:\\?([^|}:]*)\\|([^}:]*))?(?::([<>0])([0-9]{1,3}))?}");

    private final String name;
    private final String file;
    private final Format format;
    private final Charset charset;
    private final Map<String, List<List<String>>> rows;

    private Layout(String name, String file, Format format, Charset charset, Map<String, List<List<String>>> rows) {
        this.name = name;
        this.file = file;
        this.format = format;
        this.charset = charset;
        this.rows = rows;
    }

    /** @throws Failure {@code REJECTED} naming the line of the template that is wrong */
    static Layout read(String name, String text) {
        String file = "";
        Format format = Format.TEXT;
        Charset charset = Charset.forName("windows-1252");
        Map<String, List<List<String>>> rows = new LinkedHashMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) continue;
            int equals = line.indexOf('=');
            if (equals < 0) throw wrong(name, number, "falta el signo =");
            String key = line.substring(0, equals).strip();
            // One blank after the sign is for reading, more belong to the row.
            String value = line.substring(equals + 1);
            if (value.startsWith(" ")) value = value.substring(1);
            check(name, number, value);
            switch (key) {
                case "file" -> file = value.strip();
                case "format" -> format = format(name, number, value.strip());
                case "charset" -> charset = charset(name, number, value.strip());
                default -> {
                    if (!ROWS.contains(key)) throw wrong(name, number, "no se conoce «" + key + "»");
                    rows.computeIfAbsent(key, none -> new ArrayList<>())
                            .add(format == Format.TEXT ? List.of(value) : List.of(value.split(";", -1)));
                }
            }
        }
        if (file.isEmpty()) throw wrong(name, number, "falta «file»");
        return new Layout(name, file, format, charset, rows);
    }

    private static Format format(String name, int line, String value) {
        for (Format each : Format.values()) if (each.name().equalsIgnoreCase(value)) return each;
        throw wrong(name, line, "el formato es text, csv o xlsx");
    }

    private static Charset charset(String name, int line, String value) {
        try {
            return Charset.forName(value);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw wrong(name, line, "no se conoce el juego de caracteres «" + value + "»");
        }
    }

    private static void check(String name, int line, String value) {
        Matcher field = FIELD.matcher(value);
        while (field.find()) {
            String of = field.group(1);
            if (!DATES.contains(of) && !NUMBERS.contains(of) && !TEXTS.contains(of))
                throw wrong(name, line, "no existe el campo {" + of + "}");
            if (field.group(2) != null) {
                try {
                    DateTimeFormatter.ofPattern(field.group(2), Locale.ROOT)
                            .formatTo(LocalDate.EPOCH, new StringBuilder());
                } catch (IllegalArgumentException | DateTimeException e) {
                    throw wrong(name, line, "la fecha {" + of + "} tiene un formato que no existe");
                }
            }
        }
        if (FIELD.matcher(value).replaceAll("").matches(".*[{}].*"))
            throw wrong(name, line, "un campo está mal escrito");
    }

    private static Failure wrong(String name, int line, String what) {
        return Failure.rejected("La plantilla " + name + ", renglón " + line + ": " + what + ".");
    }

    Format format() {
        return format;
    }

    Charset charset() {
        return charset;
    }

    String file(Map<String, Object> values) {
        return fill(file, values).replaceAll("[^\\p{L}\\p{N}._-]", "_");
    }

    boolean has(String row) {
        return rows.containsKey(row);
    }

    /** The rows of this kind, cell by cell. */
    List<List<String>> rows(String row, Map<String, Object> values) {
        return rows.getOrDefault(row, List.of()).stream()
                .map(cells -> cells.stream().map(cell -> fill(cell, values)).toList())
                .toList();
    }

    /** Whether this cell of the template is a number alone, so that a workbook gets it as one. */
    boolean isNumber(String row, int which, int cell) {
        Matcher field = FIELD.matcher(
                rows.getOrDefault(row, List.of()).get(which).get(cell).strip());
        return field.matches() && NUMBERS.contains(field.group(1)) && field.group(5) == null;
    }

    private String fill(String template, Map<String, Object> values) {
        Matcher field = FIELD.matcher(template);
        StringBuilder filled = new StringBuilder();
        while (field.find()) field.appendReplacement(filled, Matcher.quoteReplacement(value(field, values)));
        return field.appendTail(filled).toString();
    }

    private String value(Matcher field, Map<String, Object> values) {
        String of = field.group(1);
        Object value = values.get(of);
        String text;
        if (value == null) text = "";
        else if (field.group(3) != null) text = value.equals("D") ? field.group(3) : field.group(4);
        else if (value instanceof LocalDate day)
            text = DateTimeFormatter.ofPattern(field.group(2) == null ? "yyyy-MM-dd" : field.group(2), Locale.ROOT)
                    .format(day);
        else text = value.toString().replaceAll("\\p{Cntrl}", " ");
        if (field.group(5) == null) return text;
        int width = Integer.parseInt(field.group(6));
        if (text.length() > width) {
            if (NUMBERS.contains(of) || DATES.contains(of))
                throw Failure.rejected(
                        "La plantilla " + name + ": {" + of + "} no cabe en " + width + " lugares: " + text);
            return text.substring(0, width);
        }
        String fill = (field.group(5).equals("0") ? "0" : " ").repeat(width - text.length());
        return field.group(5).equals("<") ? text + fill : fill + text;
    }
}
