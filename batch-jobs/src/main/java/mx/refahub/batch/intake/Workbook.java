package mx.refahub.batch.intake;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mx.refahub.batch.run.RunRefused;
import org.apache.poi.ooxml.POIXMLException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JRuntimeException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.apache.poi.xssf.usermodel.XSSFRelation;
import org.jspecify.annotations.Nullable;

/**
 * A workbook of Excel 2007 and later (ECMA-376), its parts read as streams. POI opens the package and minds that no part blows up beyond
 * a hundredfold; the sheets themselves go through {@link XmlPull}.
 */
final class Workbook implements Closeable {
    /** Formats by number that show a number as 1.0E5: built in are 11 and 48 (18.8.30). */
    private enum Shows {
        PLAIN,
        DATE,
        SCIENTIFIC
    }

    private static final int MAX_SHEETS_NAMED = 5;

    private final String file;
    private final OPCPackage parts;
    private final XSSFReader reader;
    private final List<Shows> styles = new ArrayList<>();
    private final SharedTexts texts;

    Workbook(String file, Path path) throws IOException {
        this.file = file;
        OPCPackage opened = null;
        boolean good = false;
        try {
            opened = OPCPackage.open(path.toFile(), PackageAccess.READ);
            parts = opened;
            if (!parts.getPartsByContentType("application/vnd.ms-excel.sheet.binary.macroEnabled.main")
                    .isEmpty()) throw refuse("es un libro binario (.xlsb); guárdelo como libro de Excel (.xlsx)");
            reader = new XSSFReader(opened);
            readStyles();
            texts = new SharedTexts(file, part(XSSFRelation.SHARED_STRINGS));
            good = true;
        } catch (OpenXML4JException | OpenXML4JRuntimeException | IllegalArgumentException e) {
            throw isBomb(e) ? bomb() : noWorkbook();
        } catch (IOException e) {
            throw isBomb(e) ? bomb() : noWorkbook();
        } finally {
            if (!good && opened != null) opened.revert();
        }
    }

    private @Nullable InputStream part(XSSFRelation kind) throws IOException {
        List<PackagePart> found = parts.getPartsByContentType(kind.getContentType());
        return found.isEmpty() ? null : found.getFirst().getInputStream();
    }

    /** Which styles show a date, or a number as 1.0E5. */
    private void readStyles() throws IOException {
        InputStream part = part(XSSFRelation.STYLES);
        if (part == null) return;
        Map<Integer, String> formats = new HashMap<>();
        try (XmlPull xml = new XmlPull(file, part)) {
            boolean cells = false;
            while (xml.nextElement()) {
                switch (xml.name()) {
                    case "numFmt" -> formats.put(number(xml.attribute("numFmtId")), xml.attribute("formatCode"));
                    case "cellXfs" -> cells = true;
                    case "cellStyles", "dxfs" -> cells = false;
                    case "xf" -> {
                        if (cells) styles.add(shows(number(xml.attribute("numFmtId")), formats));
                    }
                    default -> {}
                }
                if (formats.size() > 10_000 || styles.size() > 100_000) throw refuse("trae demasiados estilos");
            }
        }
    }

    private static Shows shows(int id, Map<Integer, String> formats) {
        String code = formats.getOrDefault(id, "");
        if (DateUtil.isADateFormat(id, code)) return Shows.DATE;
        boolean exponent = id == 11 || id == 48 || code.toUpperCase(Locale.ROOT).matches(".*[0#]E[+-].*");
        return exponent ? Shows.SCIENTIFIC : Shows.PLAIN;
    }

    static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    boolean showsDate(int style) {
        return style >= 0 && style < styles.size() && styles.get(style) == Shows.DATE;
    }

    boolean showsExponent(int style) {
        return style >= 0 && style < styles.size() && styles.get(style) == Shows.SCIENTIFIC;
    }

    SharedTexts texts() {
        return texts;
    }

    /** The one sheet that has rows; of several the one that is named like the file's parameter. */
    XmlPull sheet() throws IOException {
        List<String> filled = new ArrayList<>();
        int chosen = -1;
        int named = -1;
        int number = 0;
        for (XSSFReader.SheetIterator sheets = sheets(); sheets.hasNext(); number++) {
            try (InputStream part = sheets.next();
                    XmlPull xml = new XmlPull(file, part)) {
                if (!hasCells(xml)) continue;
            } catch (OpenXML4JRuntimeException | POIXMLException e) {
                // A chart's sheet has no rows to read.
                continue;
            }
            filled.add(sheets.getSheetName());
            chosen = number;
            if (sheets.getSheetName().strip().equalsIgnoreCase(file)) named = number;
        }
        if (filled.isEmpty()) throw refuse("está vacío");
        if (filled.size() > 1 && named < 0)
            throw refuse("el libro trae " + filled.size() + " hojas con datos («"
                    + String.join("», «", filled.subList(0, Math.min(filled.size(), MAX_SHEETS_NAMED)))
                    + "»); deja una sola, o llama «" + file + "» a la que vale");
        return open(filled.size() > 1 ? named : chosen);
    }

    private XmlPull open(int number) throws IOException {
        XSSFReader.SheetIterator sheets = sheets();
        for (int i = 0; i < number; i++) sheets.next().close();
        return new XmlPull(file, sheets.next());
    }

    private XSSFReader.SheetIterator sheets() throws IOException {
        try {
            return (XSSFReader.SheetIterator) reader.getSheetsData();
        } catch (OpenXML4JException | RuntimeException e) {
            throw isBomb(e) ? bomb() : noWorkbook();
        }
    }

    private static boolean hasCells(XmlPull xml) throws IOException {
        while (xml.nextElement()) if (xml.name().equals("v") || xml.name().equals("t")) return true;
        return false;
    }

    RunRefused refuse(String why) {
        return new RunRefused("El archivo «" + file + "» no se importó: " + why + ".");
    }

    RunRefused bomb() {
        return refuse("se infla mucho más de lo que pesa, como una bomba ZIP; guárdelo de nuevo desde Excel");
    }

    private RunRefused noWorkbook() {
        return refuse(
                "no es un libro de Excel que se pueda leer, o está dañado; guárdelo de nuevo como .xlsx o «CSV UTF-8»");
    }

    /** POI says so in words only. */
    static boolean isBomb(Exception e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            String message = String.valueOf(t.getMessage());
            if (message.contains("Zip bomb") || message.contains("zip bomb") || message.contains("exceeds the max"))
                return true;
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        try (SharedTexts closing = texts) {
            parts.revert();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
