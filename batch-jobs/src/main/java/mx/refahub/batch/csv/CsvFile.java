package mx.refahub.batch.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file after one pass over its bytes: UTF-8 or recognised as Latin-1, RFC 4180, with a header row. Read again for its records.
 *
 * @param records rows after the header
 */
public record CsvFile(Path path, Charset charset, List<String> header, long records) {
    private static final int BUFFER = 1 << 16;
    private static final int BINARY_LOOK = 1 << 16;

    /** @throws FileRefused if the file is empty, binary, has an unclosed quote or no usable header */
    public static CsvFile open(Path path) throws IOException {
        Scan scan = Scan.of(path);
        if (scan.records == 0)
            throw new FileRefused(
                    "El archivo está vacío: debe tener una fila de encabezados y al menos una fila de datos.");
        try (CsvReader<CsvRecord> reader = reader(path, scan.charset)) {
            List<String> header = new ArrayList<>();
            for (String name : reader.iterator().next().getFields())
                header.add(name.strip().toLowerCase(Locale.ROOT));
            return new CsvFile(path, scan.charset, List.copyOf(header), scan.records - 1);
        } catch (CsvParseException | NoSuchElementException e) {
            throw new FileRefused("La primera fila no se puede leer como encabezados de un CSV.");
        }
    }

    /** Records from the header on; lines are those of the file, from 1. */
    public CsvReader<CsvRecord> read() throws IOException {
        return reader(path, charset);
    }

    /** Where each column stands. @throws FileRefused naming a required column that is missing or one that stands twice */
    public Map<String, Integer> columns(List<String> required) {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            if (!header.get(i).isEmpty() && columns.put(header.get(i), i) != null)
                throw new FileRefused("La columna " + header.get(i) + " aparece dos veces en la primera fila.");
        }
        List<String> missing =
                required.stream().filter(name -> !columns.containsKey(name)).toList();
        if (!missing.isEmpty())
            throw new FileRefused(
                    (missing.size() == 1 ? "Falta la columna " : "Faltan las columnas ") + String.join(", ", missing)
                            + ". La primera fila del archivo dice: " + String.join(", ", header) + ".");
        return columns;
    }

    private static CsvReader<CsvRecord> reader(Path path, Charset charset) throws IOException {
        return CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .skipEmptyLines(true)
                .detectBomHeader(true)
                .ofCsvRecord(path, charset);
    }

    /** One pass over the bytes: which charset, how many records, whether quotes are closed. */
    private static final class Scan {
        private Charset charset = StandardCharsets.UTF_8;
        private long records;
        private long line = 1;
        private long quoteOpenedAt;
        private boolean inQuotes;
        private boolean fieldStart = true;
        private boolean recordHasContent;
        private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        private final CharBuffer sink = CharBuffer.allocate(BUFFER);
        private @Nullable ByteBuffer rest;

        static Scan of(Path path) throws IOException {
            Scan scan = new Scan();
            byte[] buffer = new byte[BUFFER];
            long at = 0;
            try (InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER)) {
                for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                    if (at < BINARY_LOOK) refuseBinary(buffer, read);
                    scan.decode(buffer, read);
                    for (int i = 0; i < read; i++) scan.take(buffer[i]);
                    at += read;
                }
            }
            if (scan.inQuotes)
                throw new FileRefused("Hay comillas que se abren en la línea " + scan.quoteOpenedAt
                        + " y no se cierran: corrige esa línea y vuelve a subir el archivo.");
            ByteBuffer left = scan.rest;
            if (left != null && left.hasRemaining()) scan.charset = StandardCharsets.ISO_8859_1;
            if (scan.recordHasContent) scan.records++;
            return scan;
        }

        private static void refuseBinary(byte[] buffer, int read) {
            if (read >= 2 && buffer[0] == 'P' && buffer[1] == 'K')
                throw new FileRefused(
                        "Esto es un libro de Excel o un ZIP, no un CSV: guárdalo como 'CSV UTF-8' y súbelo de nuevo.");
            for (int i = 0; i < read; i++)
                if (buffer[i] == 0) throw new FileRefused("El archivo es binario, no un CSV de texto.");
        }

        private void decode(byte[] buffer, int read) {
            if (!charset.equals(StandardCharsets.UTF_8)) return;
            ByteBuffer left = rest;
            ByteBuffer bytes = ByteBuffer.allocate(read + (left == null ? 0 : left.remaining()));
            if (left != null) bytes.put(left);
            bytes.put(buffer, 0, read).flip();
            while (true) {
                CoderResult result = decoder.decode(bytes, sink.clear(), false);
                if (result.isError()) {
                    charset = StandardCharsets.ISO_8859_1;
                    rest = null;
                    return;
                }
                if (result.isUnderflow()) break;
            }
            rest = bytes;
        }

        private void take(byte b) {
            if (b == '\n') line++;
            if (inQuotes) {
                if (b == '"') inQuotes = false;
                return;
            }
            if (b == '"' && (fieldStart || !recordHasContent)) {
                inQuotes = true;
                quoteOpenedAt = line;
                recordHasContent = true;
                fieldStart = true;
            } else if (b == '\n' || b == '\r') {
                if (recordHasContent) records++;
                recordHasContent = false;
                fieldStart = true;
            } else if (b == ',') {
                recordHasContent = true;
                fieldStart = true;
            } else {
                recordHasContent = true;
                fieldStart = false;
            }
        }
    }
}
