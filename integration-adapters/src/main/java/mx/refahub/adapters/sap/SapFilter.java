package mx.refahub.adapters.sap;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of OData's {@code $filter} as the simulator is asked: comparisons of a field with a text or a number, {@code and}, {@code or}, brackets. */
final class SapFilter {
    private static final Pattern WORD = Pattern.compile("\\s*(\\(|\\)|'(?:[^']|'')*'|[^\\s()']+)");

    private final List<String> words = new ArrayList<>();
    private int at;

    private SapFilter(String text) {
        Matcher matcher = WORD.matcher(text);
        int from = 0;
        while (matcher.find() && matcher.start() == from) {
            words.add(matcher.group(1));
            from = matcher.end();
        }
        if (from < text.stripTrailing().length()) throw new IllegalArgumentException("$filter " + text);
    }

    /** Of a row that gives its fields by name. */
    static Predicate<Function<String, String>> of(String text) {
        if (text.isBlank()) return row -> true;
        SapFilter filter = new SapFilter(text);
        Predicate<Function<String, String>> all = filter.or();
        if (filter.at < filter.words.size()) throw new IllegalArgumentException("$filter " + text);
        return all;
    }

    /** Every text that it compares with. */
    static List<String> texts(String text) {
        return new SapFilter(text)
                .words.stream()
                        .filter(word -> word.startsWith("'"))
                        .map(SapFilter::unquoted)
                        .toList();
    }

    private static String unquoted(String word) {
        return word.startsWith("'") ? word.substring(1, word.length() - 1).replace("''", "'") : word;
    }

    private String next() {
        if (at == words.size()) throw new IllegalArgumentException("$filter ends early");
        return words.get(at++);
    }

    private boolean takes(String word) {
        if (at == words.size() || !words.get(at).equals(word)) return false;
        at++;
        return true;
    }

    private Predicate<Function<String, String>> or() {
        Predicate<Function<String, String>> all = and();
        while (takes("or")) all = all.or(and());
        return all;
    }

    private Predicate<Function<String, String>> and() {
        Predicate<Function<String, String>> all = one();
        while (takes("and")) all = all.and(one());
        return all;
    }

    private Predicate<Function<String, String>> one() {
        if (takes("(")) {
            Predicate<Function<String, String>> inner = or();
            if (!takes(")")) throw new IllegalArgumentException("$filter without a bracket");
            return inner;
        }
        String field = next();
        String how = next();
        String value = unquoted(next());
        return switch (how) {
            case "eq" -> row -> row.apply(field).equals(value);
            case "gt" -> row -> row.apply(field).compareTo(value) > 0;
            case "ge" -> row -> row.apply(field).compareTo(value) >= 0;
            default -> throw new IllegalArgumentException("$filter with " + how);
        };
    }
}
