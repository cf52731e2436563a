package mx.refahub.search;

import java.io.IOException;
import java.text.Collator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.search.PartQuery;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;

/**
 * Every vehicle of the catalogue, by model year: the terms of one field. A part carries one term for each make, model, engine and year that it fits, so that
 * what belongs together stays together, whatever part of a vehicle is chosen; a choice is turned into the few terms it covers.
 */
final class Vehicles {
    static final Vehicles NONE = new Vehicles(List.of());
    private static final String SEPARATOR = "\u001f";
    private static final int MAX_TERMS = 50_000;

    private final List<Vehicle> all;

    /** @param words folded words of make, model and engine */
    private record Vehicle(String term, String make, String model, String engine, int year, Set<String> words) {
        static Vehicle of(String term) {
            String[] parts = term.split(SEPARATOR, -1);
            Set<String> words = new HashSet<>();
            Stream.of(parts[0], parts[1], parts[2])
                    .forEach(part -> words.addAll(List.of(Text.fold(part).split("[ /-]"))));
            return new Vehicle(term, parts[0], parts[1], parts[2], Integer.parseInt(parts[3]), words);
        }

        boolean says(String foldedToken) {
            return words.contains(foldedToken) || foldedToken.equals(Integer.toString(year));
        }
    }

    private Vehicles(List<Vehicle> all) {
        this.all = all;
    }

    /** The terms of a part's fitment, a year each. */
    static List<String> terms(Fitment fitment) {
        List<String> terms = new ArrayList<>();
        for (int year = fitment.yearFrom(); year <= fitment.yearTo(); year++) {
            terms.add(plain(fitment.make())
                    + SEPARATOR
                    + plain(fitment.model())
                    + SEPARATOR
                    + plain(fitment.engine())
                    + SEPARATOR
                    + year);
        }
        return terms;
    }

    private static String plain(String text) {
        return text.replace(SEPARATOR, " ");
    }

    static Vehicles of(IndexReader reader) throws IOException {
        Terms terms = MultiTerms.getTerms(reader, Fields.FITS);
        if (terms == null) return NONE;
        List<Vehicle> all = new ArrayList<>();
        TermsEnum each = terms.iterator();
        for (BytesRef term = each.next(); term != null; term = each.next()) all.add(Vehicle.of(term.utf8ToString()));
        return new Vehicles(all);
    }

    /** Parts that fit a vehicle as far as it is chosen. A fitment without an engine fits every engine. */
    Query chosen(PartQuery query) {
        return terms(fits(query));
    }

    private Predicate<Vehicle> fits(PartQuery query) {
        String make = Text.fold(query.make());
        String model = Text.fold(query.model());
        String engine = Text.fold(query.engine());
        return vehicle -> (make.isEmpty() || make.equals(Text.fold(vehicle.make())))
                && (model.isEmpty() || model.equals(Text.fold(vehicle.model())))
                && (query.year() == 0 || query.year() == vehicle.year())
                && (engine.isEmpty() || vehicle.engine().isEmpty() || engine.equals(Text.fold(vehicle.engine())));
    }

    /** Which of these words name a vehicle: those of a make or model, and with one of them also years and engines. */
    Set<String> named(List<String> foldedTokens) {
        Set<String> names = new LinkedHashSet<>();
        for (String token : foldedTokens) {
            if (token.length() >= 2
                    && all.stream().anyMatch(vehicle -> nameOf(vehicle).contains(token))) names.add(token);
        }
        if (names.isEmpty()) return names;
        Set<String> said = new LinkedHashSet<>(names);
        for (String token : foldedTokens) {
            if (said.contains(token)) continue;
            said.add(token);
            if (all.stream().noneMatch(vehicle -> saysAll(vehicle, said))) said.remove(token);
        }
        return all.stream().anyMatch(vehicle -> saysAll(vehicle, said)) ? said : Set.of();
    }

    private static Set<String> nameOf(Vehicle vehicle) {
        Set<String> words = new HashSet<>(List.of(Text.fold(vehicle.make()).split("[ /-]")));
        words.addAll(List.of(Text.fold(vehicle.model()).split("[ /-]")));
        words.add(Text.fold(vehicle.model()).replaceAll("[ /-]", ""));
        return words;
    }

    private static boolean saysAll(Vehicle vehicle, Set<String> foldedTokens) {
        return foldedTokens.stream().allMatch(vehicle::says);
    }

    /** Parts that fit a vehicle which these words name. */
    Query said(Set<String> foldedTokens) {
        return terms(vehicle -> saysAll(vehicle, foldedTokens));
    }

    private Query terms(Predicate<Vehicle> filter) {
        List<BytesRef> terms = all.stream()
                .filter(filter)
                .limit(MAX_TERMS)
                .map(vehicle -> new BytesRef(vehicle.term()))
                .toList();
        return new TermInSetQuery(Fields.FITS, terms);
    }

    List<Integer> years(PartQuery chosen) {
        TreeSet<Integer> years = new TreeSet<>();
        Predicate<Vehicle> filter = fits(without(chosen, true, false, false, false));
        all.stream().filter(filter).forEach(vehicle -> years.add(vehicle.year()));
        return List.copyOf(years.descendingSet());
    }

    List<String> makes(PartQuery chosen) {
        return names(fits(without(chosen, false, true, true, true)), Vehicle::make);
    }

    List<String> models(PartQuery chosen) {
        return names(fits(without(chosen, false, false, true, true)), Vehicle::model);
    }

    List<String> engines(PartQuery chosen) {
        return names(fits(without(chosen, false, false, false, true)), Vehicle::engine);
    }

    private static PartQuery without(PartQuery query, boolean year, boolean make, boolean model, boolean engine) {
        return new PartQuery(
                "",
                make ? "" : query.make(),
                model ? "" : query.model(),
                year ? 0 : query.year(),
                engine ? "" : query.engine(),
                "",
                1,
                0);
    }

    private List<String> names(Predicate<Vehicle> filter, Function<Vehicle, String> name) {
        Set<String> names = new HashSet<>();
        all.stream().filter(filter).map(name).filter(each -> !each.isEmpty()).forEach(names::add);
        return sorted(names);
    }

    static List<String> sorted(Set<String> names) {
        Collator spanish = Collator.getInstance(Locale.forLanguageTag("es-MX"));
        return names.stream().sorted(spanish).toList();
    }
}
