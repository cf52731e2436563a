package mx.refahub.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.Interchange;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.search.IndexedPart;
import mx.refahub.domain.tax.TaxClass;

/** The sample catalogue that the project brings along, read from its CSV files. */
final class SampleCatalogue {
    private static final Path FOLDER = Path.of("..", "batch-jobs", "sample");

    private SampleCatalogue() {}

    /** By line code and number: {@code NG BKR6E-11}. */
    static Map<String, IndexedPart> parts() throws IOException {
        Map<String, List<Interchange>> interchanges = new HashMap<>();
        for (List<String> row : rows(FOLDER.resolve("interchange.csv")))
            interchanges
                    .computeIfAbsent(row.get(0) + ' ' + row.get(1), key -> new ArrayList<>())
                    .add(new Interchange(
                            Interchange.Kind.valueOf(row.get(2).toUpperCase(Locale.ROOT)),
                            row.get(3),
                            new PartNumber(row.get(4))));
        Map<String, List<Fitment>> fitments = new HashMap<>();
        for (List<String> row : rows(FOLDER.resolve("fitments.csv")))
            fitments.computeIfAbsent(row.get(0) + ' ' + row.get(1), key -> new ArrayList<>())
                    .add(new Fitment(
                            row.get(2),
                            row.get(3),
                            Integer.parseInt(row.get(4)),
                            Integer.parseInt(row.get(5)),
                            row.get(6),
                            row.get(7),
                            row.get(8)));
        Map<String, IndexedPart> parts = new LinkedHashMap<>();
        for (List<String> row : rows(FOLDER.resolve("parts.csv"))) {
            String key = row.get(0) + ' ' + row.get(1);
            Part part = new Part(
                    new PartId(UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8))),
                    new LineCode(row.get(0)),
                    new PartNumber(row.get(1)),
                    row.get(2),
                    row.get(3),
                    row.get(4),
                    row.get(5),
                    row.get(6),
                    TaxClass.GENERAL,
                    Money.mxn(0),
                    row.get(12),
                    row.get(13),
                    row.get(14),
                    List.of());
            parts.put(
                    key,
                    new IndexedPart(
                            part, interchanges.getOrDefault(key, List.of()), fitments.getOrDefault(key, List.of())));
        }
        return parts;
    }

    /** Rows of an RFC 4180 file without line breaks in its fields, without the header. */
    static List<List<String>> rows(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .filter(line -> !line.isBlank())
                .map(SampleCatalogue::fields)
                .toList();
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"')
                field.append(line.charAt(i++));
            else if (c == '"') quoted = !quoted;
            else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else field.append(c);
        }
        fields.add(field.toString());
        return fields;
    }
}
