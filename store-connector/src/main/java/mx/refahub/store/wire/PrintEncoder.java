package mx.refahub.store.wire;

import java.nio.charset.Charset;
import java.text.Normalizer;

/**
 * The one way of any text onto paper: NFC, without control, format and line-separating characters (C0, C1, DEL, bidi and invisible ones), the typographer's
 * marks as plain ones, then the printer's code page with '?' for what it lacks. What comes out never holds a byte below 0x20, so no text can give the
 * printer an order.
 */
public final class PrintEncoder {
    private static final byte UNKNOWN = '?';

    private final Charset page;

    public PrintEncoder(Charset page) {
        this.page = page;
    }

    /** The text as it will stand on paper: one character is one byte is one column. */
    public String clean(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> {
                    // A tab or a line break inside a name still separates two words.
                    if (c == '\t' || c == '\n' || c == '\r') kept.append(' ');
                }
                case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                    kept.append(' ');
                default -> kept.append(plain(c));
            }
        });
        return new String(bytes(kept.toString()), page);
    }

    public byte[] encode(String text) {
        return bytes(clean(text));
    }

    private byte[] bytes(String kept) {
        byte[] bytes = kept.getBytes(page);
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i] & 0xFF;
            // A code page may put something printable there; a printer would still obey it.
            if (b < 0x20 || b == 0x7F) bytes[i] = UNKNOWN;
        }
        return bytes;
    }

    private static String plain(int c) {
        return switch (c) {
            case '\u2212', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015' -> "-";
            case '\u2018', '\u2019', '\u201A', '\u2032' -> "'";
            case '\u201C', '\u201D', '\u201E', '\u2033' -> "\"";
            case '\u2026' -> "...";
            case '\u2022' -> "*";
            case '\u2122' -> "TM";
            default -> Character.toString(c);
        };
    }
}
