package mx.refahub.batch.intake;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import mx.refahub.batch.run.RunRefused;
import org.apache.poi.ss.usermodel.DateUtil;
import org.jspecify.annotations.Nullable;

/** The rows of a workbook's sheet (ECMA-376 part 1, 18.3.1); a row's line is its number in the sheet. */
final class SheetSource implements RowSource {
    /** A double tells so many digits apart; the sheet shows no more either. */
    private static final MathContext DIGITS = new MathContext(15);

    private static final int MAX_COLUMNS = 16_384;

    private final String file;
    private final Workbook workbook;
    private final XmlPull xml;
    private final Header header;
    private final Row row;
    private long line;

    /** @throws RunRefused if it is no workbook, or none with one sheet of rows */
    SheetSource(String file, Path path, List<Column> columns, Wording wording) throws IOException {
        this.file = file;
        workbook = new Workbook(file, path);
        XmlPull opened = null;
        boolean good = false;
        try {
            opened = workbook.sheet();
            xml = opened;
            Row names = new Row(List.of(), new Header(List.of()));
            if (!read(names, 0)) throw workbook.refuse("está vacío");
            header = new Header(names.fields(), wording);
            row = new Row(columns, header);
            good = true;
        } catch (IOException e) {
            if (Workbook.isBomb(e)) throw workbook.bomb();
            throw e;
        } finally {
            if (!good) closeAfterFailure(opened);
        }
    }

    private void closeAfterFailure(@Nullable XmlPull opened) throws IOException {
        try (Workbook closing = workbook) {
            if (opened != null) opened.close();
        }
    }

    @Override
    public Header header() {
        return header;
    }

    @Override
    public @Nullable Row next() throws IOException {
        try {
            return read(row, header.width()) ? row : null;
        } catch (IOException e) {
            if (Workbook.isBomb(e)) throw workbook.bomb();
            throw e;
        }
    }

    @Override
    public void skipThrough(long reached) throws IOException {
        while (line < reached && xml.nextElement()) if (xml.name().equals("row") && turn() >= reached) xml.skip();
    }

    /** Takes up the number of the row that was just met. */
    private long turn() {
        String said = xml.attribute("r");
        long number = said.isEmpty() ? line + 1 : Workbook.number(said);
        if (number <= line) throw workbook.refuse("sus renglones no están en orden cerca del " + line);
        line = number;
        return line;
    }

    /** The next row with anything in it. */
    private boolean read(Row into, int width) throws IOException {
        while (xml.nextElement()) {
            if (!xml.name().equals("row")) continue;
            into.begin(turn());
            readCells(into);
            if (into.isBlank()) continue;
            into.fit(width);
            return true;
        }
        return false;
    }

    private void readCells(Row into) throws IOException {
        int outer = xml.depth();
        int next = 0;
        while (xml.nextInside(outer)) {
            if (!xml.name().equals("c")) continue;
            int place = place(xml.attribute("r"), next);
            if (place < next || place >= MAX_COLUMNS)
                throw workbook.refuse("las celdas del renglón " + line + " no están en orden");
            while (next < place) {
                into.field("");
                next++;
            }
            readCell(into);
            next++;
        }
    }

    /** The column of a reference like AB12, from 0. */
    private static int place(String reference, int next) {
        int place = 0;
        for (int i = 0; i < reference.length(); i++) {
            char c = reference.charAt(i);
            if (c < 'A' || c > 'Z') break;
            place = place * 26 + (c - 'A' + 1);
            if (place > MAX_COLUMNS) return MAX_COLUMNS;
        }
        return place == 0 ? next : place - 1;
    }

    private void readCell(Row into) throws IOException {
        String type = xml.attribute("t");
        int style = Workbook.number(xml.attribute("s"));
        boolean formula = false;
        String value = "";
        int outer = xml.depth();
        while (xml.nextInside(outer)) {
            switch (xml.name()) {
                case "f" -> {
                    formula = true;
                    xml.skip();
                }
                case "v" -> value = xml.text(SharedTexts.MAX_TEXT);
                case "is" -> value = xml.text(SharedTexts.MAX_TEXT, "rPh");
                default -> xml.skip();
            }
        }
        if (type.equals("s")) value = shared(value);
        else if (type.equals("b")) value = value.equals("1") ? "true" : "false";
        Doubt doubt = Doubt.NONE;
        if (type.equals("e")) doubt = Doubt.ERROR;
        else if (type.isEmpty() || type.equals("n")) {
            doubt = doubt(value, style);
            value = doubt == Doubt.DATE ? date(value) : plain(value);
        } else if (type.equals("d")) doubt = Doubt.DATE;
        into.field(value, formula ? Doubt.FORMULA : doubt);
    }

    private String shared(String number) {
        String text = null;
        try {
            text = workbook.texts().text(Long.parseLong(number.strip()));
        } catch (NumberFormatException e) {
            // refused below
        }
        if (text == null)
            throw new RunRefused("El archivo «" + file
                    + "» no se importó: el libro está dañado: falta un texto del renglón " + line + ".");
        return text;
    }

    private Doubt doubt(String value, int style) {
        if (value.isBlank()) return Doubt.NONE;
        if (workbook.showsDate(style)) return Doubt.DATE;
        if (workbook.showsExponent(style)) return Doubt.EXPONENT;
        try {
            return new BigDecimal(value.strip()).abs().compareTo(LARGEST) >= 0 ? Doubt.DIGITS_LOST : Doubt.NONE;
        } catch (NumberFormatException e) {
            return Doubt.NONE;
        }
    }

    private static final BigDecimal LARGEST = BigDecimal.TEN.pow(15);

    /** The number as a person would write it: 489.10000000000002 is 489.1. */
    private static String plain(String value) {
        if (value.isBlank() || value.length() > 40) return value;
        try {
            BigDecimal number = new BigDecimal(value.strip());
            if (Math.abs((long) number.scale()) > 400) return value;
            number = number.round(DIGITS).stripTrailingZeros();
            return number.signum() == 0 ? "0" : number.toPlainString();
        } catch (NumberFormatException e) {
            return value;
        }
    }

    private static String date(String value) {
        try {
            LocalDateTime date = DateUtil.getLocalDateTime(Double.parseDouble(value.strip()));
            if (date == null) return value;
            return date.toLocalTime().equals(LocalTime.MIDNIGHT)
                    ? date.toLocalDate().toString()
                    : date.toString();
        } catch (RuntimeException e) {
            return value;
        }
    }

    @Override
    public void close() throws IOException {
        try (Workbook closing = workbook) {
            xml.close();
        }
    }
}
