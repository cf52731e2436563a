package mx.refahub.hub.notice;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mx.refahub.domain.notice.Language;
import mx.refahub.domain.notice.MailDesk.Template;
import mx.refahub.domain.notice.NoticeEvent;

/**
 * Texts with places in double braces: <code>{{store}}</code>. What fills a place is text and nothing else: it begins no header, no place and no tag. HTML is made of the
 * text, a paragraph for each block.
 */
final class Templates {
    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([a-z_]+)\\s*}}");
    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]+");
    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_BODY = 20_000;

    private final Map<Language, Properties> files = new EnumMap<>(Language.class);
    private final LetterTable table;

    Templates(LetterTable table) {
        this.table = table;
        for (Language language : Language.values()) files.put(language, read("/letters/letters_" + language.code()));
    }

    private static Properties read(String name) {
        Properties texts = new Properties();
        try (var in = Objects.requireNonNull(Templates.class.getResourceAsStream(name + ".properties"), name)) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text that comes with the program. */
    String text(Language language, String key) {
        String text =
                Objects.requireNonNull(files.get(language), language::toString).getProperty(key);
        if (text == null) throw new IllegalStateException("no text " + key + " in " + language);
        return text;
    }

    Template given(NoticeEvent event, Language language) {
        String name = event.wireName();
        return new Template(event, language, text(language, name + ".subject"), text(language, name + ".body"), false);
    }

    Template of(NoticeEvent event, Language language) {
        return table.template(event.wireName(), language.code())
                .map(row -> new Template(event, language, row.subject(), row.body(), true))
                .orElseGet(() -> given(event, language));
    }

    List<Template> all() {
        Map<String, LetterTable.TemplateRow> changed = new java.util.HashMap<>();
        for (LetterTable.TemplateRow row : table.templates()) changed.put(row.event() + " " + row.language(), row);
        List<Template> all = new ArrayList<>();
        for (NoticeEvent event : NoticeEvent.values())
            for (Language language : Language.values()) {
                LetterTable.TemplateRow row = changed.get(event.wireName() + " " + language.code());
                all.add(
                        row == null
                                ? given(event, language)
                                : new Template(event, language, row.subject(), row.body(), true));
            }
        return all;
    }

    /** A place that the event does not have, or {@code ""} if all is well. */
    static String unknownPlace(Template template) {
        Matcher found = PLACE.matcher(template.subject() + "\n" + template.body());
        while (found.find()) if (!template.event().places().contains(found.group(1))) return found.group(1);
        return "";
    }

    static boolean isText(Template template) {
        return !template.subject().isBlank()
                && !template.body().isBlank()
                && template.subject().length() <= LONGEST_SUBJECT
                && template.body().length() <= LONGEST_BODY;
    }

    static String subject(String text, Map<String, String> values) {
        String filled = fill(text, values).replaceAll("\\p{Cntrl}+", " ").strip();
        return filled.substring(0, Math.min(filled.length(), LONGEST_SUBJECT));
    }

    static String fill(String text, Map<String, String> values) {
        // In one pass: what fills a place is not looked at again.
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), "")));
    }

    static List<String> paragraphs(String text) {
        return Arrays.stream(text.strip().split("\\R\\s*\\R"))
                .filter(block -> !block.isBlank())
                .toList();
    }

    static String html(String text) {
        StringBuilder out = new StringBuilder("<!doctype html><html><body"
                + " style=\"font-family:system-ui,sans-serif;font-size:15px;line-height:1.5\">");
        for (String block : paragraphs(text)) {
            String safe = escaped(block);
            String linked = LINK.matcher(safe)
                    .replaceAll(link ->
                            Matcher.quoteReplacement("<a href=\"" + link.group() + "\">" + link.group() + "</a>"));
            out.append("<p>").append(linked.replaceAll("\\R", "<br>")).append("</p>");
        }
        return out.append("</body></html>").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
