package mx.refahub.batch.intake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mx.refahub.batch.run.RunRefused;

/** Any bytes as a supplier's file: it is read, or refused with a sentence; nothing else happens. */
public final class ReaderFuzz {
    private static final List<Column> COLUMNS =
            List.of(Column.required("line_code"), Column.required("part_number"), Column.optional("name_es"));
    private static final int MAX_TEXT = 4_000;
    private static final Path FILE = file();

    private ReaderFuzz() {}

    private static Path file() {
        try {
            return Files.createTempFile("reader-fuzz", ".file");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Called by Jazzer: as CSV or a workbook, whatever it looks like, and as XML. */
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        table(bytes);
        xml(bytes);
    }

    private static void table(byte[] bytes) throws IOException {
        Files.write(FILE, bytes);
        try {
            FileInspection inspected = FileInspection.of("parts", FILE, COLUMNS, Wording.OURS);
            try (RowSource rows = RowSource.open("parts", FILE, inspected.coding(), COLUMNS, Wording.OURS)) {
                long read = 0;
                for (Row row = rows.next(); row != null; row = rows.next())
                    if (++read > bytes.length) throw new IllegalStateException("more rows than bytes");
            }
        } catch (RunRefused refused) {
            sentence(refused);
        }
    }

    private static void xml(byte[] bytes) throws IOException {
        try (XmlPull xml = new XmlPull("pies", new ByteArrayInputStream(bytes))) {
            while (xml.nextElement()) {
                xml.attribute("MaintenanceType");
                if (xml.name().startsWith("P")) xml.text(MAX_TEXT);
                else if (xml.name().startsWith("D")) xml.skip();
            }
        } catch (RunRefused refused) {
            sentence(refused);
        }
    }

    static void sentence(RunRefused refused) {
        String said = String.valueOf(refused.getMessage());
        if (!said.endsWith(".") || said.contains("null"))
            throw new IllegalStateException("no sentence: " + said, refused);
    }
}
