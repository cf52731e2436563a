package mx.refahub.hub.image;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.part.PartGallery;
import org.jspecify.annotations.Nullable;

/**
 * A ZIP of a stranger. Its end record is read first: how many files it has and how long its directory is, before that is taken into memory
 * (APPNOTE 6.3.10, 4.3.16). Names are only read, never used as paths; sizes are counted while inflating, never believed.
 */
final class PictureZip implements AutoCloseable {
    static final int MOST_FILES = 20_000;
    private static final int LONGEST_DIRECTORY = 16 * 1024 * 1024;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_MANIFEST = 5 * 1024 * 1024;
    /** Pictures hardly shrink. What grows more than this is no pictures. */
    private static final int MOST_GROWTH = 10;

    private static final long GROWTH_FREE = 50_000_000;
    private static final int END_LENGTH = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final String MANIFEST = "manifest.csv";

    /** Of names without the flag for UTF-8; it reads any byte. */
    private static final Charset OLD_NAMES = Charset.forName("IBM437");

    private final ZipFile zip;
    private final long mostInflated;
    private final Map<String, ZipEntry> pictures = new LinkedHashMap<>();
    private @Nullable ZipEntry manifest;
    private long inflated;

    /** Thrown when there comes more out of a file than its size allows. */
    static final class TooMuch extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * @param file as the manifest names it, without its folders
     * @param position from 1; empty for the end
     */
    record Listed(String file, String lineCode, String number, String position) {}

    PictureZip(Path file) throws IOException {
        mostInflated = Files.size(file) * MOST_GROWTH + GROWTH_FREE;
        zip = new ZipFile(file.toFile(), OLD_NAMES);
        zip.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> {
            String base = base(entry.getName());
            if (base.equalsIgnoreCase(MANIFEST)) {
                if (manifest == null) manifest = entry;
            } else if (!isLitter(entry.getName(), base)) {
                pictures.putIfAbsent(shown(entry.getName()), entry);
            }
        });
    }

    /** What macOS and Windows leave in every archive. */
    private static boolean isLitter(String name, String base) {
        return base.startsWith(".")
                || name.startsWith("__MACOSX/")
                || base.equalsIgnoreCase("Thumbs.db")
                || base.equalsIgnoreCase("desktop.ini");
    }

    static String base(String name) {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }

    /** The name as it may be written down and shown. */
    private static String shown(String name) {
        int[] kept = name.codePoints()
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT && c != 0xFFFD)
                .limit(LONGEST_NAME)
                .toArray();
        return new String(kept, 0, kept.length);
    }

    /** What keeps the whole of it from being used; cheap. */
    static Optional<Refusal> check(Path file) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            int length = (int) Math.min(in.length(), END_LENGTH + LONGEST_COMMENT);
            if (length < END_LENGTH) return Optional.of(Refusal.of("zip-broken"));
            byte[] tail = new byte[length];
            in.seek(in.length() - length);
            in.readFully(tail);
            int end = end(tail);
            if (end < 0) return Optional.of(Refusal.of("zip-broken"));
            int files = little(tail, end + 10, 2);
            long directory = little(tail, end + 12, 4) & 0xFFFF_FFFFL;
            // All ones: the figures stand in a ZIP64 record, and are beyond the limit.
            if (files > MOST_FILES || directory > LONGEST_DIRECTORY)
                return Optional.of(Refusal.of("zip-too-many-files", Integer.toString(MOST_FILES)));
        } catch (IOException e) {
            return Optional.of(Refusal.of("zip-broken"));
        }
        try (PictureZip zip = new PictureZip(file)) {
            return zip.pictures.isEmpty() ? Optional.of(Refusal.of("zip-empty")) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of(Refusal.of("zip-broken"));
        }
    }

    private static int end(byte[] tail) {
        for (int at = tail.length - END_LENGTH; at >= 0; at--)
            if (tail[at] == 'P' && tail[at + 1] == 'K' && tail[at + 2] == 5 && tail[at + 3] == 6) return at;
        return -1;
    }

    private static int little(byte[] of, int at, int length) {
        int number = 0;
        for (int i = length - 1; i >= 0; i--) number = number << 8 | of[at + i] & 0xFF;
        return number;
    }

    List<String> names() {
        return List.copyOf(pictures.keySet());
    }

    /** The list of what belongs to which part; empty if there is none. */
    Optional<List<Listed>> list() throws IOException {
        ZipEntry entry = manifest;
        if (entry == null) return Optional.empty();
        byte[] bytes = inflated(entry, LONGEST_MANIFEST);
        if (bytes.length > LONGEST_MANIFEST) throw new TooMuch();
        List<Listed> listed = new ArrayList<>();
        try (Reader text = new InputStreamReader(new java.io.ByteArrayInputStream(bytes), StandardCharsets.UTF_8);
                CsvReader<NamedCsvRecord> rows = CsvReader.builder()
                        .detectBomHeader(false)
                        .allowMissingFields(true)
                        .ofNamedCsvRecord(withoutMark(text))) {
            for (NamedCsvRecord row : rows)
                listed.add(new Listed(
                        base(field(row, "file")),
                        field(row, "line_code").toUpperCase(Locale.ROOT),
                        field(row, "part_number").toUpperCase(Locale.ROOT),
                        field(row, "position")));
        } catch (RuntimeException e) {
            throw new ZipException("manifest.csv: " + e.getMessage());
        }
        return Optional.of(listed);
    }

    /** Spreadsheets put a byte order mark in front. */
    private static Reader withoutMark(Reader text) throws IOException {
        java.io.PushbackReader from = new java.io.PushbackReader(text, 1);
        int first = from.read();
        if (first >= 0 && first != '\uFEFF') from.unread(first);
        return from;
    }

    private static String field(NamedCsvRecord row, String name) {
        return row.findField(name).orElse("").strip();
    }

    /** At most one byte more than a picture may have. */
    byte[] content(String name) throws IOException {
        ZipEntry entry = pictures.get(name);
        if (entry == null) throw new IOException("no file " + name);
        return inflated(entry, PartGallery.MOST_BYTES);
    }

    private byte[] inflated(ZipEntry entry, int most) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(most + 1);
            inflated += bytes.length;
            if (inflated > mostInflated) throw new TooMuch();
            return bytes;
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
