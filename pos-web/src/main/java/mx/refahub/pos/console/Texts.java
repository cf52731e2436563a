package mx.refahub.pos.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every sentence of the console in both languages. The page gets the same files as JSON and fills {@code {0}}, {@code {1}} … by the same rule:
 * nothing else in a sentence has a meaning.
 */
final class Texts {
    static final List<String> LANGUAGES = List.of("es", "en");
    private final Map<String, Map<String, String>> byLanguage = new TreeMap<>();

    Texts() {
        for (String language : LANGUAGES) byLanguage.put(language, load(language));
    }

    private static Map<String, String> load(String language) {
        String name = "messages_" + language + ".properties";
        try (InputStream in = Texts.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("no " + name);
            try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
                Properties properties = new Properties();
                properties.load(reader);
                Map<String, String> texts = new TreeMap<>();
                properties.forEach((key, text) -> texts.put((String) key, (String) text));
                return Map.copyOf(texts);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    /** Spanish unless English was asked for. */
    static String language(@Nullable Locale wanted) {
        return wanted != null && wanted.getLanguage().equals("en") ? "en" : "es";
    }

    Map<String, String> all(String language) {
        return byLanguage.getOrDefault(language, Map.of());
    }

    /** @return null if there is no such sentence */
    @Nullable
    String find(@Nullable Locale wanted, String key, List<String> arguments) {
        String text = all(language(wanted)).get(key);
        if (text == null) return null;
        for (int i = 0; i < arguments.size(); i++) text = text.replace("{" + i + "}", arguments.get(i));
        return text;
    }

    String text(@Nullable Locale wanted, String key, String... arguments) {
        String text = find(wanted, key, List.of(arguments));
        return text == null ? key : text;
    }
}
