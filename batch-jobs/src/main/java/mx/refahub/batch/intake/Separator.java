package mx.refahub.batch.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What stands between the fields of a file: suppliers' spreadsheets write commas, semicolons, tabs or bars, as their country has it. */
final class Separator {
    private static final String KNOWN = ",;\t|";
    private static final int HEAD = 1 << 16;

    private Separator() {}

    /** The one that stands most often in the first record that is not empty; the comma if none does. All are single bytes in the codings that are read. */
    static char of(Path path) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(path)) {
            head = in.readNBytes(HEAD);
        }
        int[] counts = new int[KNOWN.length()];
        boolean quoted = false;
        boolean filled = false;
        for (int i = CsvSource.isUtf8Mark(head) ? 3 : 0; i < head.length; i++) {
            char c = (char) (head[i] & 0xFF);
            if (c == '"') quoted = !quoted;
            if (quoted) continue;
            if (c == '\n' || c == '\r') {
                if (filled) break;
                continue;
            }
            filled = true;
            int which = KNOWN.indexOf(c);
            if (which >= 0) counts[which]++;
        }
        int most = 0;
        for (int i = 1; i < counts.length; i++) if (counts[i] > counts[most]) most = i;
        return KNOWN.charAt(most);
    }
}
