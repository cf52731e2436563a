package mx.refahub.hub.message;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words of a body: its values, not the names of its fields; without case and accents; letters and digits only. An id is one word. Made the same way of what
 * somebody types, so that the two meet. What is no JSON is read as text.
 */
public final class Words {
    private static final int LONGEST = 40;
    /** A count of a whole shop is cut here: it is found by its first lines. */
    private static final int MOST = 1_000;

    private static final Pattern MARKS = Pattern.compile("\\p{M}");
    private static final Pattern ID =
            Pattern.compile("\\b([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\\b");
    private static final Pattern BREAK = Pattern.compile("[^\\p{L}\\p{Nd}]+");

    private Words() {}

    /** By blanks. */
    public static String of(String body) {
        return String.join(" ", set(values(body)));
    }

    /** A tsquery: all words, the last as the beginning of one. Empty if nothing is left. */
    public static String query(String typed) {
        Set<String> words = set(typed);
        if (words.isEmpty()) return "";
        StringBuilder query = new StringBuilder();
        for (String word : words) {
            if (!query.isEmpty()) query.append(" & ");
            query.append('\'').append(word).append('\'');
        }
        return query.append(":*").toString();
    }

    private static Set<String> set(String text) {
        String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        String joined = ID.matcher(plain).replaceAll("$1$2$3$4$5");
        Set<String> words = new LinkedHashSet<>();
        for (String word : BREAK.split(joined)) {
            if (word.isEmpty()) continue;
            words.add(word.length() <= LONGEST ? word : cut(word));
            if (words.size() == MOST) break;
        }
        return words;
    }

    private static String cut(String word) {
        return word.substring(0, Character.isHighSurrogate(word.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
    }

    /** Everything outside strings as it is, strings unless a colon follows. */
    private static String values(String body) {
        StringBuilder out = new StringBuilder(body.length());
        int at = 0;
        while (at < body.length()) {
            char c = body.charAt(at);
            if (c != '"') {
                out.append(c);
                at++;
                continue;
            }
            int end = endOfString(body, at + 1);
            if (!isName(body, end + 1))
                out.append(' ')
                        .append(unescaped(body, at + 1, Math.min(end, body.length())))
                        .append(' ');
            at = end + 1;
        }
        return out.toString();
    }

    private static int endOfString(String body, int from) {
        int at = from;
        while (at < body.length() && body.charAt(at) != '"') at += body.charAt(at) == '\\' ? 2 : 1;
        return at;
    }

    private static boolean isName(String body, int from) {
        int at = from;
        while (at < body.length() && Character.isWhitespace(body.charAt(at))) at++;
        return at < body.length() && body.charAt(at) == ':';
    }

    private static String unescaped(String body, int from, int end) {
        String text = body.substring(from, end);
        if (text.indexOf('\\') < 0) return text;
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                out.append(c);
                continue;
            }
            char escape = text.charAt(++i);
            if (escape == 'u'
                    && i + 4 < text.length()
                    && text.substring(i + 1, i + 5).matches("[0-9a-fA-F]{4}")) {
                out.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                i += 4;
            } else out.append("ntrbf".indexOf(escape) >= 0 ? ' ' : escape);
        }
        return out.toString();
    }
}
