package mx.refahub.domain.device;

import java.util.List;

/**
 * A code page as a printer numbers it.
 *
 * @param charset Java's name of it
 * @param table the number in {@code ESC t n}
 */
public record CodePage(String charset, int table) {
    /**
     * What the makers' tables agree on (Epson's ESC/POS reference and the profiles of mike42/escpos-printer-db), the likeliest first. The same page has other
     * numbers on some clones: those are on the test strip, too.
     */
    public static final List<CodePage> PAGES = List.of(
            new CodePage("IBM00858", 19),
            new CodePage("windows-1252", 16),
            new CodePage("IBM850", 2),
            new CodePage("IBM437", 0),
            new CodePage("IBM860", 3),
            new CodePage("ISO-8859-15", 40),
            new CodePage("windows-1252", 71),
            new CodePage("IBM00858", 53),
            new CodePage("IBM00858", 4));

    /** What a Mexican receipt cannot do without. */
    public static final String PROOF = "á é í ó ú ñ Ñ ¿ €";
}
