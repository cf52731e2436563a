package mx.refahub.adapters.layout;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import mx.refahub.domain.Failure;
import org.jspecify.annotations.Nullable;

/**
 * A template of a file, read from text: {@code name = value} by lines, {@code #} begins a remark. {@code file} names the file, {@code format} is
 * {@code text}, {@code csv}, {@code xlsx} or {@code xml}, {@code charset} of all but the workbook. With {@code zip} each entry has a file of its own, all of them in
 * the zip of this name. Rows of the file are {@code start} and {@code end}; {@code entry}, {@code line} and
 * {@code close} of journal entries; {@code ticket}; {@code invoice}, {@code invoiceLine}, {@code note}, {@code noteLine} and {@code payment} of documents;
 * {@code bill}, {@code billLine}, {@code billCredit} and {@code billCreditLine} of suppliers; {@code stock}. They may come several times; in {@code csv} and {@code xlsx} a semicolon parts their cells.
 *
 * <p>Fields: {@link LayoutFields}.
 */
final class Layout {
    enum Format {
        TEXT,
        CSV,
        XLSX,
        XML
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
    private static final Set<String> OF_ENTRIES = Set.of("start", "entry", "line", "close", "end");

    private final String name;
    private final String file;
    private final @Nullable String zip;
    private final Format format;
    private final Charset charset;
    private final Map<String, List<List<String>>> rows;

    private Layout(
            String name,
            String file,
            @Nullable String zip,
            Format format,
            Charset charset,
            Map<String, List<List<String>>> rows) {
        this.name = name;
        this.file = file;
        this.zip = zip;
        this.format = format;
        this.charset = charset;
        this.rows = rows;
    }

    /** @throws Failure {@code REJECTED} naming the line of the template that is wrong */
    static Layout read(String name, String text) {
        String file = "";
        Format format = Format.TEXT;
        String zip = null;
        Charset charset = null;
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
            String mistake = LayoutFields.mistake(value);
            if (mistake != null) throw wrong(name, number, mistake);
            switch (key) {
                case "file" -> file = value.strip();
                case "zip" -> zip = value.strip();
                case "format" -> format = format(name, number, value.strip());
                case "charset" -> charset = charset(name, number, value.strip());
                default -> {
                    if (!ROWS.contains(key)) throw wrong(name, number, "no se conoce «" + key + "»");
                    rows.computeIfAbsent(key, none -> new ArrayList<>())
                            .add(
                                    format == Format.TEXT || format == Format.XML
                                            ? List.of(value)
                                            : List.of(value.split(";", -1)));
                }
            }
        }
        if (file.isEmpty()) throw wrong(name, number, "falta «file»");
        if (zip != null
                && (format == Format.XLSX || !rows.containsKey("entry") || !OF_ENTRIES.containsAll(rows.keySet())))
            throw Failure.rejected(
                    "La plantilla " + name
                            + ": con «zip» va un archivo por póliza; lleva un renglón «entry», sólo renglones de póliza, y no es xlsx.");
        if (charset == null) charset = format == Format.XML ? StandardCharsets.UTF_8 : Charset.forName("windows-1252");
        return new Layout(name, file, zip, format, charset, rows);
    }

    private static Format format(String name, int line, String value) {
        for (Format each : Format.values()) if (each.name().equalsIgnoreCase(value)) return each;
        throw wrong(name, line, "el formato es text, csv, xlsx o xml");
    }

    private static Charset charset(String name, int line, String value) {
        try {
            return Charset.forName(value);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw wrong(name, line, "no se conoce el juego de caracteres «" + value + "»");
        }
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

    /** One file for each entry, all of them in a zip; else all is one file. */
    boolean isPacked() {
        return zip != null;
    }

    /** What is offered for download. */
    String file(Map<String, Object> values) {
        return safe(LayoutFields.fill(name, zip == null ? file : zip, values, false));
    }

    /** The entry's own file inside of the zip, with the folders that the template names. */
    String fileOfEntry(Map<String, Object> values) {
        return Arrays.stream(file.split("/", -1))
                .map(part -> safe(LayoutFields.fill(name, part, values, false)))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("/"));
    }

    private static String safe(String name) {
        return name.replaceAll("[^\\p{L}\\p{N}._-]", "_").replaceFirst("^\\.+$", "_");
    }

    /** Two entries have the same file in the zip. */
    Failure twice(String file) {
        return Failure.rejected("La plantilla " + name + ": dos pólizas darían el mismo archivo, «" + file
                + "». Pon {reference} o {entry} en «file».");
    }

    boolean has(String row) {
        return rows.containsKey(row);
    }

    /** The rows of this kind, cell by cell. */
    List<List<String>> rows(String row, Map<String, Object> values) {
        return rows.getOrDefault(row, List.of()).stream()
                .map(cells -> cells.stream()
                        .map(cell -> LayoutFields.fill(name, cell, values, format == Format.XML))
                        .toList())
                .toList();
    }

    /** Whether this cell of the template is a number alone, so that a workbook gets it as one. */
    boolean isNumber(String row, int which, int cell) {
        return LayoutFields.isNumber(
                rows.getOrDefault(row, List.of()).get(which).get(cell).strip());
    }
}
