package mx.refahub.search;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishMinimalStemFilter;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.es.SpanishLightStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/** How text becomes terms, the same at the hub and at every store. */
final class Text {
    /** Limits of docs/reliability.md: what a query may cost. */
    static final int MAX_TOKENS = 12;

    static final int MAX_TOKEN_LENGTH = 64;

    static final Analyzer SPANISH = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            Tokenizer source = new StandardTokenizer();
            TokenStream stopped = new StopFilter(new LowerCaseFilter(source), SpanishAnalyzer.getDefaultStopSet());
            return new TokenStreamComponents(source, new ASCIIFoldingFilter(new SpanishLightStemFilter(stopped)));
        }
    };

    static final Analyzer ENGLISH = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            Tokenizer source = new StandardTokenizer();
            TokenStream stopped = new StopFilter(new LowerCaseFilter(source), EnglishAnalyzer.ENGLISH_STOP_WORDS_SET);
            return new TokenStreamComponents(source, new ASCIIFoldingFilter(new EnglishMinimalStemFilter(stopped)));
        }
    };

    static final Analyzer WORDS = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            Tokenizer source = new StandardTokenizer();
            return new TokenStreamComponents(source, new ASCIIFoldingFilter(new LowerCaseFilter(source)));
        }
    };

    static final Analyzer OF_FIELDS =
            new PerFieldAnalyzerWrapper(WORDS, Map.of(Fields.SPANISH, SPANISH, Fields.ENGLISH, ENGLISH));

    private Text() {}

    /** Lower case without accents, runs of white space as one space: for comparing what people type with what is written. */
    static String fold(String text) {
        String bare = Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("\\s+", " ")
                .strip();
        return bare.toLowerCase(Locale.ROOT);
    }

    /** What stands between white space, at most twelve of at most 64 characters; the rest is not looked at. */
    static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        for (String token : text.strip().split("\\s+")) {
            if (token.isEmpty()) continue;
            if (tokens.size() == MAX_TOKENS) break;
            tokens.add(token.length() > MAX_TOKEN_LENGTH ? token.substring(0, MAX_TOKEN_LENGTH) : token);
        }
        return tokens;
    }

    /** As printed on the box: upper case, single spaces. */
    static String printed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .strip()
                .replaceAll("\\s+", " ")
                .toUpperCase(Locale.ROOT);
    }
}
