package mx.refahub.store.printing;

import java.util.regex.Pattern;

/** How large a QR code comes out: version and modules after ISO/IEC 18004, table 7, at error correction level M. */
final class QrSize {
    /** Dots of a module below which cheap scanners fail: 0.375 mm at 203 dots an inch. */
    static final int LEAST = 3;

    private static final int LARGEST = 6;
    private static final Pattern ALPHANUMERIC = Pattern.compile("[0-9A-Z $%*+./:-]*");
    /** Characters in alphanumeric mode, by version from 1. */
    private static final int[] LETTERS = {
        20, 38, 61, 90, 122, 154, 178, 221, 262, 311, 366, 419, 483, 528, 600, 656, 734, 816, 909, 970, 1035, 1134,
        1248, 1326, 1451
    };
    /** Bytes in byte mode. */
    private static final int[] BYTES = {
        14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779, 857,
        911, 997
    };

    private QrSize() {}

    /** Modules across. @throws IllegalArgumentException if the text is more than version 25 takes */
    static int modules(String text) {
        int[] room = ALPHANUMERIC.matcher(text).matches() ? LETTERS : BYTES;
        for (int version = 1; version <= room.length; version++)
            if (text.length() <= room[version - 1]) return 17 + 4 * version;
        throw new IllegalArgumentException("a QR code of " + text.length() + " characters");
    }

    /** Dots of a module on paper that is so many dots across; the margin of the paper is the quiet zone. */
    static int dots(String text, int paper) {
        return Math.clamp(paper / modules(text), 1, LARGEST);
    }
}
