package mx.refahub.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.es.SpanishPluralStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** How text becomes terms: the same for what is indexed and what is typed, at the hub and at every store. */
final class Text {
    /** What a query may cost, after docs/reliability.md. */
    static final int MAX_TOKENS = 12;

    static final int MAX_TOKEN_LENGTH = 64;
    /** Longer texts are cut, so that no term can outgrow what the index takes (32,766 bytes). */
    private static final int MAX_LENGTH = 1_000;

    private static final int SHORTEST_WITH_GENDER = 6;
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern SPACE = Pattern.compile("[\\p{Z}\\s\\p{Cc}]+");
    private static final Pattern NOT_IN_VEHICLE = Pattern.compile("(?<!\\d)\\.|\\.(?!\\d)|[^\\p{L}\\p{N}.]+");
    private static final Pattern DIGITS_MEET_LETTERS =
            Pattern.compile("(?<=[\\p{N}])(?=\\p{L})|(?<=\\p{L})(?=[\\p{N}])");

    /** Where an English name passes from what the part is to its details. */
    private static final Pattern DETAILS = Pattern.compile("[,(]|\\s(?=\\d)|\\s(?:with|for)\\s");
    /** Words that hold what the part is. */
    private static final Set<String> HOLDERS =
            Set.of("juego", "set", "par", "pair", "repuesto", "modulo", "module", "assembly", "conjunto");

    /** {@code p/}, {@code c/}, {@code s/}: for, with, without; before a word or by themselves. */
    private static final Pattern ABBREVIATED = Pattern.compile("(?i)^[pcs]/(?=\\p{L}{2}|$)");

    private static final Pattern YEARS = Pattern.compile("((?:19|20)\\d\\d)[-–/]((?:19|20)\\d\\d)");

    private enum Tongue {
        SPANISH,
        ENGLISH,
        /** Folded, with no stop words and no stems. */
        NONE
    }

    private static final Analyzer SPANISH = analyzer(Tongue.SPANISH);
    private static final Analyzer ENGLISH = analyzer(Tongue.ENGLISH);
    private static final Analyzer PLAIN = analyzer(Tongue.NONE);

    private Text() {}

    private static Analyzer analyzer(Tongue tongue) {
        return new Analyzer() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                Tokenizer words = new StandardTokenizer();
                TokenStream lower = new LowerCaseFilter(words);
                TokenStream stems = switch (tongue) {
                    case SPANISH ->
                        new SpanishPluralStemFilter(
                                new ASCIIFoldingFilter(new StopFilter(lower, SpanishAnalyzer.getDefaultStopSet())));
                    case ENGLISH ->
                        new PorterStemFilter(
                                new ASCIIFoldingFilter(new StopFilter(lower, EnglishAnalyzer.ENGLISH_STOP_WORDS_SET)));
                    case NONE -> new ASCIIFoldingFilter(lower);
                };
                return new TokenStreamComponents(words, stems);
            }
        };
    }

    /** Stems: number and gender are taken off, so that {@code balatas delanteros} meets {@code balata delantera}. */
    static Set<String> spanish(String text) {
        Set<String> stems = new LinkedHashSet<>();
        for (String stem : terms(SPANISH, text)) {
            boolean gendered = stem.length() >= SHORTEST_WITH_GENDER && (stem.endsWith("a") || stem.endsWith("o"));
            stems.add(gendered ? stem.substring(0, stem.length() - 1) : stem);
        }
        return stems;
    }

    static Set<String> english(String text) {
        return new LinkedHashSet<>(terms(ENGLISH, text));
    }

    /** Whole words, folded: lower case and without accents. */
    static Set<String> plain(String text) {
        return new LinkedHashSet<>(terms(PLAIN, text));
    }

    /** Whole words, and those written with punctuation also in one: {@code 5W-30} is also {@code 5w30}. */
    static Set<String> plainAndJoined(String text) {
        Set<String> words = plain(text);
        for (String chunk : SPACE.split(cut(text))) {
            String joined = joined(chunk);
            if (!joined.isEmpty()) words.add(joined);
        }
        return words;
    }

    /** The letters and digits, folded. */
    static String joined(String chunk) {
        StringBuilder letters = new StringBuilder(chunk.length());
        bare(chunk).codePoints().filter(Character::isLetterOrDigit).forEach(letters::appendCodePoint);
        return cut(letters.toString());
    }

    /** Words in their order, folded, without those that ask for nothing in either language, such as <i>de</i>, <i>para</i>, <i>with</i>. */
    static List<String> asking(String text) {
        List<String> asking = new ArrayList<>();
        for (String word : words(text)) if (!asksNothing(word)) asking.add(word);
        return asking;
    }

    /** Words in their order, folded. */
    static List<String> words(String text) {
        return terms(PLAIN, text);
    }

    static boolean asksNothing(String word) {
        return terms(SPANISH, word).isEmpty() || terms(ENGLISH, word).isEmpty();
    }

    /** What a Spanish name says the part is: its first word, or the next after <i>juego</i> and the like. */
    static Set<String> leadSpanish(String name) {
        List<String> words = asking(name);
        int lead = 0;
        while (lead < words.size() - 1 && HOLDERS.contains(words.get(lead))) lead++;
        return words.isEmpty() ? Set.of() : spanish(words.get(lead));
    }

    /**
     * What an English name says the part is: the last word before a comma, a bracket, a digit, <i>with</i> or <i>for</i>, or the one before <i>set</i>
     * and the like.
     */
    static Set<String> leadEnglish(String name) {
        List<String> words = asking(DETAILS.splitAsStream(cut(name)).findFirst().orElse(""));
        int lead = words.size() - 1;
        while (lead > 0 && HOLDERS.contains(words.get(lead))) lead--;
        return words.isEmpty() ? Set.of() : english(words.get(lead));
    }

    private static List<String> terms(Analyzer analyzer, String text) {
        List<String> terms = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream("", cut(text))) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) terms.add(term.toString());
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException("a string does not fail", e);
        }
        return terms;
    }

    /** For comparing: lower case, no accents, single spaces. */
    static String key(String text) {
        return cut(SPACE.matcher(bare(cut(text))).replaceAll(" ").strip());
    }

    private static String bare(String text) {
        return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
    }

    /** For showing and for keeping inside a term: no control characters, single spaces. */
    static String clean(String text) {
        return SPACE.matcher(cut(text)).replaceAll(" ").strip();
    }

    /** As printed on the box: NFC, upper case, single spaces. */
    static String printed(String text) {
        return clean(Normalizer.normalize(text, Normalizer.Form.NFC)).toUpperCase(Locale.ROOT);
    }

    /** The parts of what names a vehicle, split also where digits meet letters: {@code F-150} is {@code f, 150}, {@code 2.0L} is {@code 2.0, l}. */
    static List<String> vehicleParts(String text) {
        List<String> parts = new ArrayList<>();
        for (String piece : NOT_IN_VEHICLE.split(bare(cut(text))))
            for (String part : DIGITS_MEET_LETTERS.split(piece)) if (!part.isEmpty()) parts.add(cut(part));
        return parts;
    }

    /** The same in one, as many type it: {@code f150}, {@code crv}, {@code 2.0l}. */
    static String vehicleJoined(String text) {
        return cut(NOT_IN_VEHICLE.matcher(bare(cut(text))).replaceAll(""));
    }

    /** All words by which a clerk may name one of these: each text's parts, each of its pieces in one, the whole in one. */
    static Set<String> vehicleWords(Collection<String> texts) {
        Set<String> words = new LinkedHashSet<>();
        for (String text : texts) {
            words.addAll(vehicleParts(text));
            for (String piece : SPACE.split(cut(text))) words.add(vehicleJoined(piece));
            words.add(vehicleJoined(text));
        }
        words.remove("");
        return words;
    }

    /** {@code 12v} as {@code 12, v}. */
    static List<String> piecesOfDigits(String word) {
        return List.of(DIGITS_MEET_LETTERS.split(word));
    }

    /** What stands between white space, the two ends of {@code 2008-2012} each, at most twelve of at most 64 characters; the rest is not looked at. */
    static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        for (String each : SPACE.split(text)) {
            String token = ABBREVIATED.matcher(each).replaceFirst("");
            Matcher years = YEARS.matcher(token);
            for (String part : years.matches() ? List.of(years.group(1), years.group(2)) : List.of(token))
                if (!part.isEmpty() && tokens.size() < MAX_TOKENS) tokens.add(cut(part, MAX_TOKEN_LENGTH));
            if (tokens.size() == MAX_TOKENS) break;
        }
        return tokens;
    }

    static String cut(String text) {
        return cut(text, MAX_LENGTH);
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) return text;
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
