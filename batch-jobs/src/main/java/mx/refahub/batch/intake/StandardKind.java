package mx.refahub.batch.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which of the Auto Care Association's standards an XML file follows, told by its outermost element; the file need not be whole. */
final class StandardKind {
    private static final int HEAD = 16 * 1024;
    private static final Pattern OUTERMOST = Pattern.compile("<(?![?!])(?:[A-Za-z][\\w.-]*:)?([A-Za-z]+)");

    private StandardKind() {}

    static Optional<String> of(Path path) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(path)) {
            head = in.readNBytes(HEAD);
        }
        int from = CsvSource.isUtf8Mark(head) ? 3 : 0;
        String text = new String(head, from, head.length - from, StandardCharsets.UTF_8).stripLeading();
        if (!text.startsWith("<")) return Optional.empty();
        Matcher element = OUTERMOST.matcher(text);
        if (!element.find()) return Optional.empty();
        String name = element.group(1).toLowerCase(Locale.ROOT);
        return name.equals("pies") || name.equals("aces") ? Optional.of(name) : Optional.empty();
    }
}
