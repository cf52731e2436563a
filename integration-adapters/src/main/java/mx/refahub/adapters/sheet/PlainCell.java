package mx.refahub.adapters.sheet;

import java.util.regex.Pattern;

/** Texts that no spreadsheet takes for a formula (OWASP, 'CSV Injection'), nor a table for two cells. */
final class PlainCell {
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9][0-9.,]*");
    /** What makes spreadsheets calculate, the full-width forms included. */
    private static final String STARTS_OF_FORMULAS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private PlainCell() {}

    static String neutral(String text) {
        return !text.isEmpty()
                        && STARTS_OF_FORMULAS.indexOf(text.charAt(0)) >= 0
                        && !NUMBER.matcher(text).matches()
                ? "'" + text
                : text;
    }

    /** As a field of RFC 4180. */
    static String field(String text) {
        String safe = neutral(text);
        if (safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')) return safe;
        return '"' + safe.replace("\"", "\"\"") + '"';
    }
}
