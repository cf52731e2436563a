package mx.refahub.adapters.layout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip with a file for each journal entry, each with the template's own beginning and end. Written again it is the same to the byte. */
final class PackedRows implements LayoutRows {
    private final Layout layout;
    private final ZipOutputStream zip;
    private final TextRows rows;
    private final Set<String> names = new HashSet<>();
    private Map<String, Object> open = Map.of();

    PackedRows(Layout layout, Path file) throws IOException {
        this.layout = layout;
        zip = new ZipOutputStream(Files.newOutputStream(file));
        rows = new TextRows(layout, zip);
    }

    @Override
    public void write(String row, Map<String, Object> values) {
        // Each file begins and ends by itself.
        if (row.equals("start") || row.equals("end")) return;
        try {
            if (row.equals("entry")) {
                finish();
                begin(values);
            }
            rows.write(row, values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void begin(Map<String, Object> values) throws IOException {
        String name = layout.fileOfEntry(values);
        if (!names.add(name)) throw layout.twice(name);
        ZipEntry entry = new ZipEntry(name);
        if (values.get("day") instanceof LocalDate day) entry.setTimeLocal(day.atStartOfDay());
        zip.putNextEntry(entry);
        open = Map.copyOf(values);
        rows.write("start", open);
    }

    private void finish() throws IOException {
        if (open.isEmpty()) return;
        rows.write("end", open);
        rows.flush();
        zip.closeEntry();
        open = Map.of();
    }

    @Override
    public void close() throws IOException {
        try (rows) {
            finish();
        }
    }
}
