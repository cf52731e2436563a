package mx.refahub.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.search.IndexedPart;

/**
 * What a clerk types, and which parts of the sample catalogue are the right answer. The right ones are named ({@code NG BKR6E-11}, several with a bar
 * between them), or told by what they are ({@code category=Frenos/Balatas; name=delantera; fits=Volkswagen/Jetta/2015/2.5}; a bar means or), or there
 * are {@code none}. Half of the queries are for tuning; the other half is only ever counted.
 *
 * @param set {@code tuning} or {@code held-out}
 * @param kind the class of the query
 * @param right the right parts; empty if nothing must be found
 */
record Relevance(String set, String kind, String query, Set<PartId> right) {
    private static final Path FOLDER = Path.of("src", "test", "resources", "relevance");

    static List<Relevance> queries(Map<String, IndexedPart> catalogue) throws IOException {
        List<Relevance> queries = new ArrayList<>();
        for (String file : List.of("numbers.csv", "words.csv", "vehicles.csv"))
            for (List<String> row : SampleCatalogue.rows(FOLDER.resolve(file)))
                queries.add(new Relevance(row.get(0), row.get(1), row.get(2), right(row.get(3), catalogue)));
        return queries;
    }

    static Path thresholds() {
        return FOLDER.resolve("thresholds.csv");
    }

    private static Set<PartId> right(String text, Map<String, IndexedPart> catalogue) {
        Set<PartId> right = new HashSet<>();
        if (text.equals("none")) return right;
        if (!text.contains("=")) {
            for (String name : text.split("\\|", -1)) {
                IndexedPart part = catalogue.get(name);
                if (part == null) throw new IllegalArgumentException("there is no part " + name);
                right.add(part.part().id());
            }
            return right;
        }
        Predicate<IndexedPart> all = part -> true;
        for (String clause : text.split("; ", -1)) all = all.and(clause(clause));
        for (IndexedPart part : catalogue.values())
            if (all.test(part)) right.add(part.part().id());
        if (right.isEmpty()) throw new IllegalArgumentException("no part is right by " + text);
        return right;
    }

    private static Predicate<IndexedPart> clause(String clause) {
        int equals = clause.indexOf('=');
        String what = clause.substring(0, equals);
        Predicate<IndexedPart> any = part -> false;
        for (String value : clause.substring(equals + 1).split("\\|", -1)) {
            boolean another = value.contains("=");
            any = any.or(another ? clause(value) : one(what, value));
        }
        return any;
    }

    private static Predicate<IndexedPart> one(String what, String value) {
        return switch (what) {
            case "category" -> part -> part.part().category().startsWith(value);
            case "name" -> part -> Text.key(part.part().nameEs()).contains(Text.key(value));
            case "brand" -> part -> part.part().brand().equals(value);
            case "fits" -> part -> part.fitments().stream().anyMatch(fitment -> fits(fitment, value));
            default -> throw new IllegalArgumentException("what is " + what);
        };
    }

    private static boolean fits(Fitment fitment, String vehicle) {
        String[] said = Arrays.copyOf(vehicle.split("/", -1), 4);
        String year = said[2];
        String engine = said[3];
        return fitment.make().equals(said[0])
                && fitment.model().equals(said[1])
                && (year == null
                        || year.isEmpty()
                        || fitment.yearFrom() <= Integer.parseInt(year) && Integer.parseInt(year) <= fitment.yearTo())
                && (engine == null
                        || fitment.engine().isEmpty()
                        || fitment.engine().equals(engine));
    }

    /** The first hit is a right one; for nothing to find: nothing is found. */
    boolean first(List<PartId> hits) {
        return right.isEmpty() ? hits.isEmpty() : !hits.isEmpty() && right.contains(hits.getFirst());
    }

    /** A right one is among the first five. */
    boolean five(List<PartId> hits) {
        return right.isEmpty() ? hits.isEmpty() : hits.stream().limit(5).anyMatch(right::contains);
    }

    /** The first five, or all if they are fewer, are right ones. */
    boolean clean(List<PartId> hits) {
        return first(hits) && hits.stream().limit(Math.min(5, right.size())).allMatch(right::contains);
    }
}
