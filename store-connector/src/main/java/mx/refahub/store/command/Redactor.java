package mx.refahub.store.command;

import java.util.List;
import java.util.regex.Pattern;

/** Takes out of a line what no stranger may read: secrets by their name or by their look, and whatever names or reaches a person. Rather too much than too little. */
final class Redactor {
    static final String HIDDEN = "[oculto]";

    private record Rule(Pattern pattern, String replacement) {}

    private static final List<Rule> RULES = List.of(
            rule("(?i)(https?://)[^/\\s@]+@", "$1" + HIDDEN + "@"),
            rule("(?i)\\b(bearer|basic)\\s+[^\\s\"',]+", "$1 " + HIDDEN),
            rule("eyJ[\\w-]+\\.[\\w-]+\\.?[\\w-]*", HIDDEN),
            rule(
                    "(?iu)((?:pin|nip|pass(?:word|wd)?|contraseña|clave|token|secret|código|codigo|code|cookie|set-cookie|authorization|api[-_]?key|llave|session|jsessionid)"
                            + "\\w*[\"']?\\s*(?:[=:]|\\bis\\b|\\bes\\b|\\s)\\s*[\"']?)[^\\s\"',;}]+",
                    "$1" + HIDDEN),
            rule(
                    "(?i)\\b(name|nombre|cliente|customer|phone|tel(?:éfono)?|address|domicilio|rfc|curp)(\\s*[=:]\\s*)[^,;|}\"]+",
                    "$1$2" + HIDDEN),
            rule("[\\p{L}\\p{N}._%+-]+@[\\p{L}\\p{N}.-]+\\.\\p{L}{2,}", HIDDEN),
            // CURP, then RFC of persons and of companies (SAT, Anexo 20).
            rule("(?i)(?<![\\p{L}\\p{N}])[A-Z]{4}\\d{6}[HMX][A-Z]{5}[A-Z\\d]\\d(?![\\p{L}\\p{N}])", HIDDEN),
            rule("(?iu)(?<![\\p{L}\\p{N}])[A-ZÑ&]{3,4}\\d{6}[A-Z\\d]{3}(?![\\p{L}\\p{N}])", HIDDEN),
            // Cards, telephones, accounts; ids of ours have letters or dashes around.
            rule("(?<![\\w-])\\+?\\d(?:[ -]?\\d){9,18}(?![\\w-])", HIDDEN),
            rule("(?<![\\w+=-])(?!\\p{XDigit}{8}-(?:\\p{XDigit}{4}-){3}\\p{XDigit}{12})[\\w+-]{32,}={0,2}", HIDDEN));

    private Redactor() {}

    static String redact(String line) {
        String text = line;
        for (Rule rule : RULES) text = rule.pattern.matcher(text).replaceAll(rule.replacement);
        return text;
    }

    private static Rule rule(String pattern, String replacement) {
        return new Rule(Pattern.compile(pattern), replacement);
    }
}
