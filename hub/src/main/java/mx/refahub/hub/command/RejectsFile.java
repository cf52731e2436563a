package mx.refahub.hub.command;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipInputStream;

/**
 * Rejected rows, put beside the files they are from as {@code NAME.rejects.csv}. The hub sends for each file with rejects its header, three
 * columns in front (line, column, reason), and the rows: as one text, or as a ZIP of several.
 */
final class RejectsFile {
    private static final List<String> IN_FRONT = List.of("line", "column", "reason");
    private static final int COLUMNS_IN_FRONT = IN_FRONT.size();
    private final Map<String, Path> files;
    private final String job;
    private final long run;

    RejectsFile(Map<String, Path> files, String job, long run) {
        this.files = files;
        this.job = job;
        this.run = run;
    }

    /** @return the files written */
    List<Path> keep(byte[] csv) throws IOException {
        String text = csv.length > 1 && csv[0] == 'P' && csv[1] == 'K'
                ? unzipped(csv)
                : new String(csv, StandardCharsets.UTF_8);
        // The mark is for spreadsheets.
        text = text.replace("\uFEFF", "");
        Map<Path, StringBuilder> parts = new LinkedHashMap<>();
        Path first = files.values().stream().findFirst().orElse(Path.of(job));
        Path current = first.resolveSibling(job + "-" + run + ".rejects.csv");
        for (String record : records(text)) {
            Optional<Path> begins = fileWithHeader(record);
            if (begins.isPresent()) current = beside(begins.get());
            parts.computeIfAbsent(current, path -> new StringBuilder()).append(record);
        }
        List<Path> written = new ArrayList<>();
        for (Map.Entry<Path, StringBuilder> part : parts.entrySet()) {
            Files.writeString(part.getKey(), part.getValue());
            written.add(part.getKey());
        }
        return written;
    }

    private static String unzipped(byte[] bytes) throws IOException {
        StringBuilder text = new StringBuilder();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            while (zip.getNextEntry() != null) {
                text.append(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
                if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') text.append('\n');
            }
        }
        return text.toString();
    }

    private static Path beside(Path file) {
        String name = String.valueOf(file.getFileName());
        return file.resolveSibling(name.replaceFirst("(?i)\\.csv$", "") + ".rejects.csv");
    }

    private Optional<Path> fileWithHeader(String record) throws IOException {
        List<String> fields = fields(record);
        if (fields.size() <= COLUMNS_IN_FRONT
                || !fields.subList(0, COLUMNS_IN_FRONT).equals(IN_FRONT)) return Optional.empty();
        List<String> header = fields.subList(COLUMNS_IN_FRONT, fields.size());
        for (Path file : files.values()) if (header.equals(header(file))) return Optional.of(file);
        return Optional.empty();
    }

    private static List<String> header(Path file) throws IOException {
        byte[] start;
        try (var in = Files.newInputStream(file)) {
            start = in.readNBytes(64 * 1024);
        }
        // Column names are ASCII: read so, a header is the same in UTF-8 and Latin-1.
        String text = new String(start, StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u00ef\u00bb\u00bf")) text = text.substring(3);
        List<String> records = records(text);
        return records.isEmpty() ? List.of() : fields(records.getFirst());
    }

    /** Splits at line ends outside of quotes (RFC 4180), keeping the line ends. */
    private static List<String> records(String text) {
        List<String> records = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') quoted = !quoted;
            if (c == '\n' && !quoted) {
                records.add(text.substring(start, i + 1));
                start = i + 1;
            }
        }
        if (start < text.length()) records.add(text.substring(start));
        return records;
    }

    /** Enough for a header row: quotes are taken off, blanks around names do not count. */
    private static List<String> fields(String record) {
        List<String> fields = new ArrayList<>();
        for (String field : record.strip().split(",", -1))
            fields.add(field.strip().replace("\"", "").toLowerCase(Locale.ROOT));
        return fields;
    }
}
