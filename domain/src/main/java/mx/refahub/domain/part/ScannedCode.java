package mx.refahub.domain.part;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the text of a scan may stand for. Printed barcodes say their number and nothing else; QR codes and Data Matrix on boxes say it among other things, as
 * GS1 element strings ({@code 01} and fourteen digits, then lot, serial number, dates) or as a GS1 Digital Link ({@code https://…/01/…}). Sources: GS1
 * General Specifications, sections 3 (application identifiers), 5.4 (symbology identifiers) and 7.9 (check digits); GS1 Digital Link URI syntax.
 */
public final class ScannedCode {
    private static final int GTIN = 14;
    /** Symbology identifier before what a scanner reads, where it is set to say it. */
    private static final Pattern SYMBOLOGY = Pattern.compile("^\\][A-Za-z][0-9]");

    private static final Pattern ELEMENTS = Pattern.compile("^\\x1d?(?:\\(01\\)|01)([0-9]{14}).*$", Pattern.DOTALL);
    private static final Pattern LINK =
            Pattern.compile("^https?://[^?#]*?/(?:01|gtin)/([0-9]{8,14})(?:[/?#].*)?$", Pattern.CASE_INSENSITIVE);

    private ScannedCode() {}

    /**
     * Barcodes by which the part may be known, the likeliest first; at most six. The text itself is always one of them; an empty text has none.
     *
     * @param text as the scanner typed it, of any length
     */
    public static List<String> readings(String text) {
        String code = text.strip();
        if (code.isEmpty()) return List.of();
        Set<String> readings = new LinkedHashSet<>();
        readings.add(code);
        String bare = SYMBOLOGY.matcher(code).replaceFirst("");
        if (!bare.isEmpty()) readings.add(bare);
        for (Pattern pattern : List.of(ELEMENTS, LINK)) {
            Matcher matcher = pattern.matcher(bare);
            if (matcher.matches()) number(matcher.group(1), readings);
        }
        if (isDigits(bare) && bare.length() >= 12 && bare.length() <= GTIN) number(bare, readings);
        return List.copyOf(readings);
    }

    /** With and without zeros in front: the same number is a UPC-A of twelve, an EAN-13 and a GTIN-14. */
    private static void number(String digits, Set<String> readings) {
        if (!checks(digits)) return;
        List<String> lengths = new ArrayList<>();
        String whole = "0".repeat(GTIN - digits.length()) + digits;
        for (int length : new int[] {13, 12, GTIN, 8})
            if (whole.substring(0, GTIN - length).chars().allMatch(c -> c == '0'))
                lengths.add(whole.substring(GTIN - length));
        readings.addAll(lengths);
    }

    private static boolean isDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Threes and ones from the right, the check digit itself once. */
    private static boolean checks(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++)
            sum += (digits.charAt(digits.length() - 1 - i) - '0') * (i % 2 == 0 ? 1 : 3);
        return sum % 10 == 0;
    }
}
