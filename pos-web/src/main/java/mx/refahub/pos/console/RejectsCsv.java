package mx.refahub.pos.console;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.Writer;
import java.util.regex.Pattern;

/**
 * Copies rejected rows so that a spreadsheet shows them and runs nothing: a cell that begins like a formula gets an apostrophe in front
 * (OWASP, 'CSV Injection'). Signed numbers stay as they are: they are no formulas, and the file is meant to be mended and fed in again.
 * Cells come out quoted where RFC 4180 asks for it, rows end with CR LF.
 */
final class RejectsCsv {
    private static final int END = -1;
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9][0-9.,]*");
    /** What makes spreadsheets calculate, the full-width forms included. */
    private static final String STARTS_OF_FORMULAS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private RejectsCsv() {}

    /** Goes cell by cell, so the size of the file does not matter; neither stream is closed. The byte order mark tells spreadsheets that this is UTF-8. */
    static void neutralise(Reader from, Writer to) throws IOException {
        PushbackReader in = new PushbackReader(from);
        int mark = in.read();
        if (mark != BYTE_ORDER_MARK && mark != END) in.unread(mark);
        to.write(BYTE_ORDER_MARK);
        StringBuilder text = new StringBuilder();
        boolean startsRow = true;
        int endedBy;
        do {
            endedBy = cell(in, text);
            if (endedBy == END && startsRow && text.isEmpty()) break;
            if (!startsRow) to.write(',');
            write(text.toString(), to);
            startsRow = endedBy != ',';
            if (startsRow) to.write("\r\n");
        } while (endedBy != END);
    }

    /** @return what ended the cell: a comma, LF for any end of a row, or the end of the file */
    private static int cell(PushbackReader in, StringBuilder text) throws IOException {
        text.setLength(0);
        int c = in.read();
        if (c == '"') {
            for (c = in.read(); c != END; c = in.read()) {
                if (c == '"') {
                    c = in.read();
                    if (c != '"') break;
                }
                text.append((char) c);
            }
        }
        for (; c != END && c != ',' && c != '\n'; c = in.read()) {
            if (c == '\r') {
                int following = in.read();
                if (following != '\n' && following != END) in.unread(following);
                return '\n';
            }
            text.append((char) c);
        }
        return c;
    }

    private static void write(String text, Writer to) throws IOException {
        to.write(cell(text));
    }

    /** A text as a cell that no spreadsheet takes for a formula. */
    static String cell(String text) {
        String safe = isFormula(text) ? "'" + text : text;
        if (safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')) return safe;
        return '"' + safe.replace("\"", "\"\"") + '"';
    }

    private static boolean isFormula(String text) {
        return !text.isEmpty()
                && STARTS_OF_FORMULAS.indexOf(text.charAt(0)) >= 0
                && !NUMBER.matcher(text).matches();
    }
}
