package mx.refahub.pos.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.FormatStyle;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Every sentence of this process, in Spanish (Mexico) and English. A placeholder is {@code {0}}; an argument that is a day by ISO 8601 is said as people say
 * it; nothing else is special.
 */
public final class Messages {
    public static final Locale SPANISH = Locale.of("es", "MX");

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private final Map<String, String> spanish;
    private final Map<String, String> english;

    public static Messages of(List<MessageFile> files) {
        return new Messages(files);
    }

    Messages(List<MessageFile> files) {
        spanish = load(files, ".properties");
        english = load(files, "_en.properties");
    }

    /** English if it was asked for, else Spanish. */
    public static boolean isEnglish(Locale locale) {
        return locale.getLanguage().equals("en");
    }

    public Map<String, String> all(Locale locale) {
        return isEnglish(locale) ? english : spanish;
    }

    public boolean has(String key) {
        return spanish.containsKey(key);
    }

    /** The sentence; the key itself where none is written, so that a gap shows instead of failing. */
    public String text(Locale locale, String key, List<String> arguments) {
        String sentence = all(locale).getOrDefault(key, key);
        StringBuilder out = new StringBuilder();
        int from = 0;
        while (true) {
            int open = sentence.indexOf('{', from);
            if (open < 0 || open + 2 >= sentence.length())
                return out.append(sentence, from, sentence.length()).toString();
            int number = sentence.charAt(open + 1) - '0';
            if (number >= 0 && number <= 9 && sentence.charAt(open + 2) == '}') {
                out.append(sentence, from, open)
                        .append(number < arguments.size() ? said(locale, arguments.get(number)) : "");
                from = open + 3;
            } else {
                out.append(sentence, from, open + 1);
                from = open + 1;
            }
        }
    }

    private static String said(Locale locale, String argument) {
        if (!DAY.matcher(argument).matches()) return argument;
        try {
            return LocalDate.parse(argument)
                    .format(DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                            .withLocale(isEnglish(locale) ? Locale.UK : SPANISH));
        } catch (DateTimeParseException e) {
            return argument;
        }
    }

    public String text(Locale locale, String key, String... arguments) {
        return text(locale, key, List.of(arguments));
    }

    private static Map<String, String> load(List<MessageFile> files, String ending) {
        Map<String, String> all = new TreeMap<>();
        for (MessageFile file : files) {
            Properties properties = new Properties();
            try (InputStream in = Messages.class.getResourceAsStream("/" + file.name() + ending)) {
                if (in == null) throw new IllegalStateException("message file missing: " + file.name() + ending);
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
                properties.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(file.name() + ending, e);
            }
            for (String key : properties.stringPropertyNames()) {
                if (all.put(key, properties.getProperty(key)) != null)
                    throw new IllegalStateException("message " + key + " is in two files");
            }
        }
        return Collections.unmodifiableMap(all);
    }
}
