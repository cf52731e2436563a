package mx.refahub.search;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The synonyms as a person writes them: {@code a = b = c} finds each by each, {@code a -> b = c} the right by the left. What is wrong is named with its
 * line and skipped, so that one slip costs one line.
 *
 * @param wrong lines that were skipped, each with the reason
 */
record SynonymFile(List<Line> lines, List<String> wrong) {
    private static final Logger log = LoggerFactory.getLogger(SynonymFile.class);
    private static final String DEFAULT = "synonyms.txt";
    private static final int MAX_LINES = 5_000;
    private static final int MAX_LINE = 2_000;
    private static final int MAX_PHRASES = 40;
    private static final int MAX_PHRASE = 60;
    static final int MAX_WORDS = 5;

    /**
     * @param typed phrases that are looked for in what was typed
     * @param meant what they find too; the same phrases unless the line goes one way only
     */
    record Line(List<String> typed, List<String> meant) {
        String text() {
            String left = String.join(" = ", typed);
            return typed.equals(meant) ? left : left + " -> " + String.join(" = ", meant);
        }
    }

    SynonymFile {
        lines = List.copyOf(lines);
        wrong = List.copyOf(wrong);
    }

    /** The file, or what comes with the program where there is none. What is wrong goes to the log. */
    static SynonymFile read(Path file) {
        if (!Files.exists(file)) return ofProgram();
        try (BufferedReader reader = new BufferedReader(
                // Lenient: a byte that is no UTF-8 spoils its own line only.
                new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            SynonymFile read = read(reader);
            for (String each : read.wrong) log.warn("synonym skipped file={} {}", file, each);
            return read;
        } catch (IOException e) {
            log.warn("synonyms cannot be read, taking those of the program file={} cause={}", file, e.toString());
            return ofProgram();
        }
    }

    private static SynonymFile ofProgram() {
        try (InputStream in = SynonymFile.class.getResourceAsStream(DEFAULT)) {
            if (in == null) throw new IllegalStateException("the program comes without its synonyms");
            return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new IllegalStateException("the program's synonyms cannot be read", e);
        }
    }

    /** What a snapshot brings along. */
    static SynonymFile packed(String text) throws IOException {
        return read(new BufferedReader(new StringReader(text)));
    }

    /** One line each, without comments: only what finds something else makes another file. */
    String pack() {
        StringBuilder text = new StringBuilder();
        for (Line line : lines) text.append(line.text()).append('\n');
        return text.toString();
    }

    static SynonymFile read(BufferedReader reader) throws IOException {
        List<Line> lines = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        Map<String, Boolean> asking = new HashMap<>();
        int number = 0;
        for (String raw = reader.readLine(); raw != null; raw = reader.readLine()) {
            number++;
            if (number > MAX_LINES) {
                wrong.add("line " + number + ": the file has more than " + MAX_LINES + " lines, the rest is not read");
                break;
            }
            String text = raw.strip();
            if (number == 1 && text.startsWith("\uFEFF"))
                text = text.substring(1).strip();
            int comment = text.indexOf('#');
            if (comment >= 0) text = text.substring(0, comment).strip();
            if (text.isEmpty()) continue;
            try {
                lines.add(line(text, asking));
            } catch (IllegalArgumentException e) {
                wrong.add("line " + number + ": " + e.getMessage());
            }
        }
        return new SynonymFile(lines, wrong);
    }

    private static Line line(String text, Map<String, Boolean> asking) {
        if (text.length() > MAX_LINE)
            throw new IllegalArgumentException("it is longer than " + MAX_LINE + " characters");
        int arrow = text.indexOf("->");
        if (arrow < 0) {
            List<String> all = phrases(text, asking);
            if (all.size() < 2)
                throw new IllegalArgumentException("'" + Text.clean(text) + "' has nothing to be equal to");
            return new Line(all, all);
        }
        if (text.indexOf("->", arrow + 1) >= 0) throw new IllegalArgumentException("it has more than one '->'");
        return new Line(phrases(text.substring(0, arrow), asking), phrases(text.substring(arrow + 2), asking));
    }

    /** @param asking words already looked at, and whether they ask for something */
    private static List<String> phrases(String text, Map<String, Boolean> asking) {
        Set<String> phrases = new LinkedHashSet<>();
        for (String each : text.split("=", -1)) {
            String phrase = Text.key(each);
            if (phrase.isEmpty()) throw new IllegalArgumentException("a side of '=' or '->' is empty");
            if (phrase.length() > MAX_PHRASE) throw new IllegalArgumentException("'" + phrase + "' is too long");
            long words = Text.words(phrase).stream()
                    .filter(word -> asking.computeIfAbsent(word, key -> !Text.asksNothing(key)))
                    .count();
            if (words == 0) throw new IllegalArgumentException("'" + phrase + "' has no word that asks for something");
            if (words > MAX_WORDS)
                throw new IllegalArgumentException("'" + phrase + "' has more than " + MAX_WORDS + " words");
            phrases.add(phrase);
        }
        if (phrases.size() > MAX_PHRASES)
            throw new IllegalArgumentException("it has more than " + MAX_PHRASES + " phrases");
        return List.copyOf(phrases);
    }
}
