package mx.refahub.adapters.sheet;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** One table as CSV: RFC 4180 in UTF-8 with a mark in front, so that spreadsheets read its accents. Amounts are plain decimals. */
public final class CsvTable implements Closeable {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private final DateTimeFormatter moment;
    private final Writer out;

    /** Of a table without moments. */
    public CsvTable(OutputStream to, List<String> header) throws IOException {
        this(to, header, ZoneOffset.UTC);
    }

    /** @param zone whose clock moments are told by */
    public CsvTable(OutputStream to, List<String> header, ZoneId zone) throws IOException {
        moment = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(zone);
        out = new OutputStreamWriter(to, StandardCharsets.UTF_8);
        out.write(BYTE_ORDER_MARK);
        write(header.stream().map(PlainCell::field).toList());
    }

    public void row(List<Cell> cells) throws IOException {
        write(cells.stream().map(this::text).toList());
    }

    private void write(List<String> fields) throws IOException {
        out.write(String.join(",", fields));
        out.write("\r\n");
    }

    private String text(Cell cell) {
        return switch (cell) {
            case Cell.Text(String value) -> PlainCell.field(value);
            case Cell.Whole(long value) -> Long.toString(value);
            case Cell.Decimal decimal -> decimal.value().toPlainString();
            case Cell.Amount amount -> amount.value().amount().toPlainString();
            case Cell.Day day -> day.value().toString();
            case Cell.Moment moment -> this.moment.format(moment.value());
        };
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
