package mx.refahub.domain.generator;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mx.refahub.domain.generator.CounterQuestion.Kind;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.Interchange;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.search.IndexedPart;
import mx.refahub.domain.search.PartQuery;
import org.jspecify.annotations.Nullable;

/**
 * What is asked at a counter, mixed as there: of a hundred, some thirty are numbers, ten beginnings of numbers, seventeen other numbers of a part,
 * and the rest words, misspelt ones and vehicles. Each is made from a part of the catalogue, so that it can be answered.
 */
public final class CounterQuestions {
    private static final int LIMIT = 10;
    private static final int MANY_TRIES = 1_000;
    private static final Pattern BLANKS = Pattern.compile("[^\\p{L}\\p{N}.-]+");
    private static final Set<String> EMPTY_WORDS =
            Set.of("de", "del", "la", "el", "con", "sin", "para", "a", "y", "of", "with", "without", "and", "to", "x");
    /** In a hundred, in the order of the kinds. */
    private static final int[] MIX = {15, 15, 10, 12, 5, 13, 10, 8, 12};

    /** Keys that lie beside one another on a Spanish keyboard. */
    private static final String[] KEYBOARD = {"qwertyuiop", "asdfghjklñ", "zxcvbnm"};

    private final GeneratedCatalogue catalogue;
    private final Set<String> knownWords;
    private final Dice dice;

    private CounterQuestions(GeneratedCatalogue catalogue, long seed) {
        this.catalogue = catalogue;
        this.dice = new Dice(catalogue.seed(), 21, seed);
        this.knownWords = catalogue.names().stream()
                .flatMap(name -> words(name).stream())
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** The same ones for the same seed. */
    public static List<CounterQuestion> asked(GeneratedCatalogue catalogue, long seed, int count) {
        CounterQuestions questions = new CounterQuestions(catalogue, seed);
        int[] cumulated = CarPark.cumulated(MIX);
        List<CounterQuestion> asked = new ArrayList<>(count);
        for (int i = 0; i < count; i++)
            asked.add(questions.one(Kind.values()[CarPark.drawn(cumulated, questions.dice)]));
        return asked;
    }

    private CounterQuestion one(Kind kind) {
        for (int i = 0; i < MANY_TRIES; i++) {
            CounterQuestion question = from(kind, catalogue.part(dice.below(catalogue.size())));
            if (question != null) return question;
        }
        throw new IllegalStateException("no part of the catalogue leads to a question of kind " + kind);
    }

    private @Nullable CounterQuestion from(Kind kind, IndexedPart part) {
        return switch (kind) {
            case NUMBER -> number(part);
            case NUMBER_BARE -> bare(part);
            case BEGINNING -> beginning(part);
            case INTERCHANGE -> other(kind, part, dice.chance(40) ? Interchange.Kind.OEM : Interchange.Kind.EQUIVALENT);
            case SUPERSEDED -> other(kind, part, Interchange.Kind.SUPERSEDES);
            case WORDS -> words(part);
            case MISSPELT -> misspelt(part);
            case VEHICLE -> vehicle(part);
            case PART_AND_VEHICLE -> partAndVehicle(part);
        };
    }

    // Numbers

    private CounterQuestion number(IndexedPart part) {
        String printed = part.part().number().value();
        String typed = dice.chance(50) ? printed.toLowerCase(Locale.ROOT) : printed;
        if (!dice.chance(25))
            return text(Kind.NUMBER, typed, each -> each.part().number().value().equals(printed));
        String line = part.part().lineCode().value();
        return text(
                Kind.NUMBER,
                line + ' ' + typed,
                each -> each.part().number().value().equals(printed)
                        && each.part().lineCode().value().equals(line));
    }

    private @Nullable CounterQuestion bare(IndexedPart part) {
        String normal = part.part().number().normal();
        if (normal.equals(part.part().number().value())) return null;
        String typed = dice.chance(60) ? normal.toLowerCase(Locale.ROOT) : normal;
        return text(
                Kind.NUMBER_BARE, typed, each -> each.part().number().normal().equals(normal));
    }

    private @Nullable CounterQuestion beginning(IndexedPart part) {
        String normal = part.part().number().normal();
        int length = dice.between(4, Math.max(5, normal.length() - 2));
        if (length >= normal.length()) return null;
        String typed = normal.substring(0, length);
        return text(
                Kind.BEGINNING,
                typed.toLowerCase(Locale.ROOT),
                each -> each.part().number().normal().startsWith(typed)
                        || PartNumber.normal(each.part().lineCode().value()
                                        + each.part().number().value())
                                .startsWith(typed)
                        || names(each, typed));
    }

    private @Nullable CounterQuestion other(Kind kind, IndexedPart part, Interchange.Kind which) {
        List<Interchange> others = part.interchanges().stream()
                .filter(other -> other.kind() == which)
                .toList();
        if (others.isEmpty()) return null;
        PartNumber number = dice.one(others).otherNumber();
        String normal = number.normal();
        return text(
                kind,
                dice.chance(60) ? number.value() : normal.toLowerCase(Locale.ROOT),
                each -> each.part().number().normal().equals(normal) || names(each, normal));
    }

    private static boolean names(IndexedPart part, String normal) {
        return part.interchanges().stream()
                .anyMatch(other -> other.otherNumber().normal().equals(normal));
    }

    // Words

    private CounterQuestion words(IndexedPart part) {
        List<String> meant = meant(part);
        List<String> typed = new ArrayList<>(meant);
        boolean unfinished = dice.chance(30) && typed.getLast().length() > 5;
        if (unfinished) {
            String last = typed.removeLast();
            last = last.substring(0, dice.between(4, last.length() - 1));
            typed.add(last);
            meant = List.copyOf(typed);
        }
        List<String> wanted = meant;
        return text(Kind.WORDS, written(typed), each -> has(each, wanted, unfinished));
    }

    /** Two to four of its words, folded. */
    private List<String> meant(IndexedPart part) {
        Part each = part.part();
        boolean english = dice.chance(15);
        List<String> name = words(english ? each.nameEn() : each.nameEs());
        List<String> meant = new ArrayList<>(name.subList(0, Math.min(name.size(), dice.between(2, 3))));
        if (dice.chance(25)) meant.add(words(each.brand()).getFirst());
        return meant;
    }

    /** As typed: mostly small, without accents, sometimes shouted. */
    private String written(List<String> words) {
        String text = String.join(" ", words);
        return dice.chance(15) ? text.toUpperCase(Locale.ROOT) : text;
    }

    private @Nullable CounterQuestion misspelt(IndexedPart part) {
        List<String> meant = meant(part);
        Fitment fitment = null;
        if (dice.chance(35) && !part.fitments().isEmpty()) {
            fitment = dice.one(part.fitments());
            meant = meant.subList(0, Math.min(2, meant.size()));
        }
        List<String> typed = new ArrayList<>(meant);
        if (fitment != null) typed.addAll(words(fitment.model()));
        int which = dice.below(typed.size());
        String slipped = slipped(typed.get(which));
        if (slipped == null) return null;
        typed.set(which, slipped);
        List<String> wanted = meant;
        Fitment wantedFitment = fitment;
        return text(
                Kind.MISSPELT,
                written(typed),
                each -> has(each, wanted, false)
                        && (wantedFitment == null
                                || each.fitments().stream()
                                        .anyMatch(one -> one.model().equals(wantedFitment.model()))));
    }

    /** One slip: two letters swapped, the key beside, a letter lost or twice. None if the word is short or the slip makes another word. */
    private @Nullable String slipped(String word) {
        if (word.length() < 5 || !word.chars().allMatch(Character::isLetter)) return null;
        int at = dice.between(1, word.length() - 2);
        int turn = dice.below(100);
        String slipped;
        if (turn < 30) slipped = word.substring(0, at) + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2);
        else if (turn < 70) slipped = word.substring(0, at) + beside(word.charAt(at)) + word.substring(at + 1);
        else if (turn < 85) slipped = word.substring(0, at) + word.substring(at + 1);
        else slipped = word.substring(0, at) + word.charAt(at) + word.substring(at);
        return slipped.equals(word) || knownWords.contains(slipped) ? null : slipped;
    }

    private char beside(char letter) {
        for (String row : KEYBOARD) {
            int at = row.indexOf(letter);
            if (at < 0) continue;
            return at == 0 || (dice.chance(50) && at < row.length() - 1) ? row.charAt(at + 1) : row.charAt(at - 1);
        }
        return 'x';
    }

    // Vehicles

    private @Nullable CounterQuestion vehicle(IndexedPart part) {
        if (part.fitments().isEmpty()) return null;
        Fitment fitment = dice.one(part.fitments());
        int year = dice.between(fitment.yearFrom(), fitment.yearTo());
        String engine = dice.chance(30) ? fitment.engine() : "";
        String category = dice.chance(80) ? part.part().category() : "";
        return new CounterQuestion(
                Kind.VEHICLE,
                new PartQuery("", fitment.make(), fitment.model(), year, engine, category, LIMIT, 0),
                each -> (category.isEmpty() || each.part().category().equals(category))
                        && fits(each, fitment, year, engine));
    }

    private @Nullable CounterQuestion partAndVehicle(IndexedPart part) {
        if (part.fitments().isEmpty()) return null;
        Fitment fitment = dice.one(part.fitments());
        List<String> name =
                words(part.part().category().substring(part.part().category().indexOf('/') + 1));
        List<String> meant = name.subList(0, Math.min(name.size(), dice.between(1, 2)));
        List<String> typed = new ArrayList<>(meant);
        // A 3 or a 500 says nothing without its make.
        boolean make = dice.chance(20)
                || fitment.model().length() < 3
                || Character.isDigit(fitment.model().charAt(0));
        if (make) typed.addAll(words(fitment.make()));
        typed.addAll(words(fitment.model()));
        boolean withYear = dice.chance(75);
        int year = withYear ? dice.between(fitment.yearFrom(), fitment.yearTo()) : 0;
        String engine = !fitment.engine().isEmpty() && dice.chance(withYear ? 20 : 50) ? fitment.engine() : "";
        if (!engine.isEmpty()) typed.addAll(words(engine));
        if (year != 0) typed.add(Integer.toString(year));
        return text(
                Kind.PART_AND_VEHICLE,
                written(typed),
                each -> has(each, meant, false) && fits(each, fitment, year, engine));
    }

    private static boolean fits(IndexedPart part, Fitment wanted, int year, String engine) {
        return part.fitments().stream()
                .anyMatch(each -> each.make().equals(wanted.make())
                        && each.model().equals(wanted.model())
                        && (year == 0 || each.yearFrom() <= year && year <= each.yearTo())
                        && (engine.isEmpty()
                                || each.engine().isEmpty()
                                || each.engine().equals(engine)));
    }

    // Truth

    private static CounterQuestion text(Kind kind, String text, Predicate<IndexedPart> right) {
        return new CounterQuestion(kind, PartQuery.text(text, LIMIT), right);
    }

    private static boolean has(IndexedPart part, List<String> wanted, boolean unfinished) {
        Part each = part.part();
        Set<String> has = new HashSet<>();
        for (String text : List.of(each.nameEs(), each.nameEn(), each.brand(), each.category()))
            has.addAll(words(text));
        for (Fitment fitment : part.fitments()) has.addAll(words(fitment.position()));
        for (int i = 0; i < wanted.size(); i++) {
            String word = wanted.get(i);
            boolean beginning = unfinished && i == wanted.size() - 1;
            if (!has.contains(word) && !(beginning && has.stream().anyMatch(one -> one.startsWith(word)))) return false;
        }
        return true;
    }

    /** Folded, without the words that say nothing. */
    static List<String> words(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
        return Arrays.stream(BLANKS.split(folded))
                .filter(word -> !word.isEmpty() && !EMPTY_WORDS.contains(word))
                .toList();
    }
}
