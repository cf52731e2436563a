package mx.refahub.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.PartNumber;

/**
 * A typed word, and what it may have been meant to be.
 *
 * @param bit for the sets of words that a vehicle answers
 * @param beginningBit for the vehicles whose name only begins with it; 0 unless it is the last word
 * @param optional a last word such as <i>de</i>, which may be the beginning of another: what begins so comes first, nothing is left out
 * @param token as typed
 * @param forms the word as typed, then those that it is much like
 * @param pieces each way in which it falls into words that parts have
 * @param year 0 if it is none
 * @param shortYear it has two digits
 * @param lifted it is no vehicle, whatever it looks like
 */
record TypedWord(
        int bit,
        int beginningBit,
        boolean optional,
        String token,
        List<Form> forms,
        List<List<String>> pieces,
        int year,
        boolean shortYear,
        boolean lifted) {
    private static final int SHORTEST_BEGINNING = 2;
    private static final int CENTURY_TURNS = 50;

    /**
     * One word to look for.
     *
     * @param likeness 1 for what was typed
     * @param joined its letters and digits in one
     * @param vehicle each way in which it may name a vehicle
     */
    record Form(
            float likeness,
            Set<String> spanish,
            Set<String> english,
            Set<String> plain,
            String joined,
            List<List<String>> vehicle,
            String number) {
        static Form of(String token, float likeness) {
            List<List<String>> vehicle = new ArrayList<>();
            String joined = Text.vehicleJoined(token);
            List<String> parts = Text.vehicleParts(token);
            if (!joined.isEmpty()) vehicle.add(List.of(joined));
            if (parts.size() > 1) vehicle.add(parts);
            return new Form(
                    likeness,
                    Text.spanish(token),
                    Text.english(token),
                    Text.plain(token),
                    Text.joined(token),
                    List.copyOf(vehicle),
                    PartNumber.normal(token));
        }

        String text() {
            return String.join(" ", plain);
        }

        Synonyms.Spelling spelling() {
            return new Synonyms.Spelling(
                    spanish, english, plain.size() == 1 ? plain.iterator().next() : "", likeness);
        }
    }

    TypedWord {
        forms = List.copyOf(forms);
        pieces = List.copyOf(pieces);
    }

    Form typed() {
        return forms.getFirst();
    }

    /** Words that ask for something, in their order. */
    static List<TypedWord> of(String text, Set<String> lifted) {
        List<String> tokens = Text.tokens(text);
        List<TypedWord> words = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            Form form = Form.of(token, 1);
            boolean last = i == tokens.size() - 1;
            boolean asksNothing = form.spanish.isEmpty() || form.english.isEmpty();
            // Words such as 'de', 'para', 'with' ask for nothing; but the last one may be the beginning of another.
            if (asksNothing && !(last && !words.isEmpty() && form.plain.size() == 1)) continue;
            boolean beginning = last && (token.length() >= SHORTEST_BEGINNING || !words.isEmpty());
            boolean plainOnly = lifted.contains(Text.key(token));
            words.add(new TypedWord(
                    1 << words.size(),
                    beginning ? 1 << Text.MAX_TOKENS : 0,
                    asksNothing,
                    token,
                    List.of(form),
                    List.of(),
                    asksNothing || plainOnly ? 0 : year(token),
                    token.length() == 2,
                    plainOnly));
        }
        return words;
    }

    private static int year(String token) {
        if (!token.chars().allMatch(c -> c >= '0' && c <= '9')) return 0;
        if (token.length() == 2) {
            int year = Integer.parseInt(token);
            return year < CENTURY_TURNS ? 2000 + year : 1900 + year;
        }
        if (token.length() != 4) return 0;
        int year = Integer.parseInt(token);
        return year >= Fitment.FIRST_YEAR && year <= Fitment.LAST_YEAR ? year : 0;
    }

    /** What it may have been meant to be. */
    TypedWord guessed(List<Form> similar, List<List<String>> pieces) {
        List<Form> all = new ArrayList<>(forms);
        all.addAll(similar);
        return new TypedWord(bit, beginningBit, optional, token, all, pieces, year, shortYear, lifted);
    }

    boolean hasDigit() {
        return token.codePoints().anyMatch(Character::isDigit);
    }

    List<Synonyms.Spelling> spellings() {
        return forms.stream().map(Form::spelling).toList();
    }
}
