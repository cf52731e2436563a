package mx.refahub.batch.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mx.refahub.batch.run.RunRefused;

/** What a file is, found out before any of it is read in: text or not, its charset, its columns. */
record FileInspection(String coding, Header header) {
    /** What Excel on Windows writes; Latin-1 with printable characters where Latin-1 has control characters. */
    private static final Charset LATIN_1 = Charset.forName("windows-1252");

    private static final int HEAD = 1 << 16;
    /** Bytes of a sheet's row in its ZIP, about: the estimate moves a bar on the screen only. */
    private static final int ZIPPED_ROW = 60;

    /** @throws RunRefused if nothing of it can be taken in */
    static FileInspection of(String file, Path path, List<Column> columns, Wording wording) throws IOException {
        byte[] head;
        Utf8Scan scan = new Utf8Scan();
        try (InputStream in = Files.newInputStream(path)) {
            head = in.readNBytes(HEAD);
            if (isZip(head)) return workbook(file, path, columns, wording);
            refuseWhatIsNoText(file, head);
            scan.feed(head, head.length);
            byte[] buffer = new byte[1 << 20];
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) scan.feed(buffer, n);
            scan.end();
        }
        // A few broken characters in a UTF-8 file stay a matter of their rows; Latin-1 has next to no valid sequences.
        Charset charset = scan.broken > scan.valid ? LATIN_1 : StandardCharsets.UTF_8;
        try (CsvSource source = new CsvSource(file, path, charset, columns, wording)) {
            source.header().check(file, columns);
            return new FileInspection(charset.name(), source.header());
        }
    }

    private static FileInspection workbook(String file, Path path, List<Column> columns, Wording wording)
            throws IOException {
        try (SheetSource source = new SheetSource(file, path, columns, wording)) {
            source.header().check(file, columns);
            return new FileInspection(RowSource.WORKBOOK, source.header());
        }
    }

    /** The names in its first row, whatever they are. */
    static List<String> header(String file, Path path) throws IOException {
        return of(file, path, List.of(), Wording.OURS).header().own();
    }

    boolean isLatin1() {
        return coding.equals(LATIN_1.name());
    }

    private static boolean isZip(byte[] head) {
        return startsWith(head, 'P', 'K', 3, 4);
    }

    private static void refuseWhatIsNoText(String file, byte[] head) {
        String is = null;
        if (startsWith(head, 0xD0, 0xCF, 0x11, 0xE0))
            is =
                    "es un libro de Excel antiguo (.xls) o con contraseña; guárdelo como .xlsx sin contraseña o «CSV UTF-8»";
        else if (startsWith(head, '%', 'P', 'D', 'F')) is = "es un PDF; hace falta un CSV";
        else if (startsWith(head, 0xFF, 0xFE) || startsWith(head, 0xFE, 0xFF))
            is = "está en UTF-16; guárdelo como «CSV UTF-8»";
        else {
            int controls = 0;
            for (int i = 0; i < head.length && is == null; i++) {
                int c = head[i] & 0xFF;
                if (c == 0) is = "no es texto: trae un byte cero en la posición " + (i + 1);
                if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') controls++;
            }
            if (is == null && controls > head.length / 50 + 1)
                is = "no es texto: trae " + controls + " bytes de control";
        }
        if (is != null) throw new RunRefused("El archivo «" + file + "» no se importó: " + is + ".");
    }

    private static boolean startsWith(byte[] bytes, int... prefix) {
        if (bytes.length < prefix.length) return false;
        for (int i = 0; i < prefix.length; i++) if ((bytes[i] & 0xFF) != prefix[i]) return false;
        return true;
    }

    /** Rows without the header: exact for a small file, else from the length of its first lines. */
    static long estimate(Path path) throws IOException {
        long size = Files.size(path);
        byte[] head;
        try (InputStream in = Files.newInputStream(path)) {
            head = in.readNBytes(HEAD);
        }
        if (isZip(head)) return size / ZIPPED_ROW;
        long lines = 0;
        for (byte b : head) if (b == '\n') lines++;
        if (head.length > 0 && size == head.length) {
            if (head[head.length - 1] != '\n') lines++;
            return Math.max(lines - 1, 0);
        }
        return lines == 0 ? 0 : Math.max(size * lines / head.length - 1, 0);
    }

    /** Counts the multi-byte sequences that are UTF-8 (RFC 3629, section 4) and those that are not. */
    private static final class Utf8Scan {
        private long valid;
        private long broken;
        private int expected;
        private int first;
        private boolean second;

        void feed(byte[] bytes, int length) {
            for (int i = 0; i < length; i++) {
                int b = bytes[i];
                if (b >= 0 && expected == 0) continue;
                take(b & 0xFF);
            }
        }

        void end() {
            if (expected > 0) broken++;
        }

        private void take(int b) {
            if (expected > 0) {
                if (isContinuation(b)) {
                    second = false;
                    if (--expected == 0) valid++;
                    return;
                }
                broken++;
                expected = 0;
                if (b < 0x80) return;
            }
            first = b;
            second = true;
            if (b >= 0xC2 && b <= 0xDF) expected = 1;
            else if (b >= 0xE0 && b <= 0xEF) expected = 2;
            else if (b >= 0xF0 && b <= 0xF4) expected = 3;
            else broken++;
        }

        /** The second byte is bounded more tightly after some first bytes: no overlong forms, no surrogates, nothing past U+10FFFF. */
        private boolean isContinuation(int b) {
            if (!second) return b >= 0x80 && b <= 0xBF;
            return switch (first) {
                case 0xE0 -> b >= 0xA0 && b <= 0xBF;
                case 0xED -> b >= 0x80 && b <= 0x9F;
                case 0xF0 -> b >= 0x90 && b <= 0xBF;
                case 0xF4 -> b >= 0x80 && b <= 0x8F;
                default -> b >= 0x80 && b <= 0xBF;
            };
        }
    }
}
