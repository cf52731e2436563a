package mx.refahub.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.search.IndexedPart;
import mx.refahub.domain.search.PartHits;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.search.Reason;
import mx.refahub.search.snapshot.Disk;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Properties over any Unicode: of what is typed, of what is indexed, of what fits. */
class AnyTextTest {
    private static final List<String> MAKES = List.of("Ford", "VW");
    private static final List<String> MODELS = List.of("Golf", "Jetta", "Ka");
    private static final List<String> ENGINES = List.of("", "1.6", "2.0");

    private Path folder;
    private Shelf shelf;

    @BeforeTry
    void open() throws IOException {
        folder = Files.createTempDirectory("search-any");
        shelf = new Shelf(folder.resolve("index"));
    }

    @AfterTry
    void close() throws IOException {
        shelf.close();
        Disk.delete(folder);
    }

    @Property(tries = 30)
    void whatever_is_typed_is_answered_in_the_order_of_the_reasons(@ForAll("texts") List<String> texts)
            throws IOException {
        shelf.rebuild(1, Shelf.sample());
        for (String text : texts) {
            PartHits hits = shelf.search.find(new PartQuery(text, "", "", 0, "", "", 10, 0));
            assertThat(hits.total()).as(text).isGreaterThanOrEqualTo(hits.hits().size());
            assertThat(hits.hits().stream()
                            .map(hit -> hit.reason().kind().ordinal())
                            .toList())
                    .as(text)
                    .isSorted();
            shelf.search.find(new PartQuery("", text, text, 2015, text, text, 10, 0));
            shelf.search.choices(new PartQuery("", text, text, 0, text, text, 10, 0));
        }
    }

    @Provide
    Arbitrary<List<String>> texts() {
        Arbitrary<String> syntax = Arbitraries.strings()
                .withChars("*?~^:()[]{}\"\\/+-&|! AND OR aB9.,")
                .ofMaxLength(220);
        Arbitrary<String> known = Arbitraries.of(
                "balata", "jetta", "2015", "2.5", "golf", "ngk", "GP-38", "7974-D1045", "de", "a", "front", "vw");
        Arbitrary<String> sentences = known.list().ofMaxSize(14).map(words -> String.join(" ", words));
        return Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(220), syntax, sentences)
                .list()
                .ofMinSize(10)
                .ofMaxSize(40);
    }

    @Property(tries = 40)
    void a_part_is_found_by_its_number_whatever_it_is_made_of(@ForAll("numbers") Set<String> numbers)
            throws IOException {
        Map<PartId, String> byId = new HashMap<>();
        List<IndexedPart> parts = new ArrayList<>();
        for (String number : numbers) {
            IndexedPart part = Shelf.part("L", number, "B", "Cosa " + number, number, number);
            byId.put(part.part().id(), part.part().number().value());
            parts.add(part);
        }
        shelf.rebuild(1, parts);
        for (IndexedPart part : parts) {
            String number = part.part().number().value();
            PartHits hits = shelf.search.find(PartQuery.text(number, 100));
            PartHits.Hit first = hits.hits().getFirst();
            assertThat(first.part()).as(number).isEqualTo(part.part().id());
            assertThat(first.reason().kind()).isEqualTo(Reason.Kind.EXACT);
            for (PartHits.Hit hit : hits.hits()) {
                String found = byId.get(hit.part());
                switch (hit.reason().kind()) {
                    case EXACT -> assertThat(Text.printed(found)).isEqualTo(Text.printed(number));
                    case WITHOUT_DASHES ->
                        assertThat(PartNumber.normal("LB" + number)).endsWith(PartNumber.normal(found));
                    case PREFIX -> assertThat("LB" + PartNumber.normal(found)).contains(PartNumber.normal(number));
                    case WORD -> assertThat(PartNumber.normal(number)).isNotEmpty();
                    case INTERCHANGE, REPLACES, SIMILAR, FITS ->
                        assertThat(hit.reason().kind())
                                .as("nothing of the kind is there")
                                .isNull();
                }
            }
        }
    }

    @Provide
    Arbitrary<Set<String>> numbers() {
        Arbitrary<String> any = Arbitraries.strings().ofMinLength(1).ofMaxLength(16);
        Arbitrary<String> alike =
                Arbitraries.strings().withChars("A1- ./").ofMinLength(1).ofMaxLength(5);
        return Arbitraries.oneOf(any, alike)
                .filter(AnyTextTest::isNumber)
                .map(number -> new PartNumber(number).value())
                .set()
                .ofMinSize(1)
                .ofMaxSize(25)
                .map(AnyTextTest::differentlyPrinted);
    }

    private static boolean isNumber(String text) {
        if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) return false;
        try {
            return !Text.printed(new PartNumber(text).value()).isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Two that differ in white space only cannot be told apart by typing one. */
    private static Set<String> differentlyPrinted(Set<String> numbers) {
        return new HashSet<>(numbers.stream()
                .collect(Collectors.toMap(Text::printed, number -> number, (a, b) -> a))
                .values());
    }

    @Property(tries = 60)
    void the_chosen_vehicle_finds_exactly_the_parts_with_a_fitment_that_it_answers(
            @ForAll("catalogues") List<List<Fitment>> catalogue, @ForAll("choices") List<PartQuery> choices)
            throws IOException {
        List<IndexedPart> parts = new ArrayList<>();
        for (int i = 0; i < catalogue.size(); i++)
            parts.add(Shelf.part(
                    "V", "N" + i, "B", "Cosa", "Thing", "Todo", catalogue.get(i).toArray()));
        shelf.rebuild(1, parts.subList(0, parts.size() / 2));
        shelf.update(2, parts.subList(parts.size() / 2, parts.size()).toArray(IndexedPart[]::new));
        for (PartQuery choice : choices) {
            Set<PartId> expected = parts.stream()
                    .filter(part -> part.fitments().stream().anyMatch(fitment -> answers(fitment, choice)))
                    .map(part -> part.part().id())
                    .collect(Collectors.toSet());
            Set<PartId> found = shelf.search.find(choice).hits().stream()
                    .map(PartHits.Hit::part)
                    .collect(Collectors.toSet());
            assertThat(found).as(choice.toString()).isEqualTo(expected);
            if (choice.make().isEmpty() || choice.model().isEmpty() || choice.year() == 0) continue;
            // What is typed says the same as what is chosen.
            String typed = "cosa " + choice.make() + " " + choice.model() + " " + choice.year();
            PartQuery same = new PartQuery("", choice.make(), choice.model(), choice.year(), "", "", 100, 0);
            assertThat(ids(PartQuery.text(typed, 100))).as(typed).isEqualTo(ids(same));
        }
    }

    private Set<PartId> ids(PartQuery query) {
        return shelf.search.find(query).hits().stream().map(PartHits.Hit::part).collect(Collectors.toSet());
    }

    private static boolean answers(Fitment fitment, PartQuery choice) {
        return (choice.make().isEmpty() || choice.make().equals(fitment.make()))
                && (choice.model().isEmpty() || choice.model().equals(fitment.model()))
                && (choice.year() == 0 || fitment.yearFrom() <= choice.year() && choice.year() <= fitment.yearTo())
                && (choice.engine().isEmpty()
                        || fitment.engine().isEmpty()
                        || choice.engine().equals(fitment.engine()));
    }

    @Provide
    Arbitrary<List<List<Fitment>>> catalogues() {
        Arbitrary<Fitment> fitments = Combinators.combine(
                        Arbitraries.of(MAKES),
                        Arbitraries.of(MODELS),
                        Arbitraries.integers().between(2008, 2014),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.of(ENGINES))
                .as((make, model, from, years, engine) -> new Fitment(make, model, from, from + years, engine, "", ""));
        return fitments.list().ofMaxSize(4).list().ofMinSize(2).ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<PartQuery>> choices() {
        return Combinators.combine(
                        Arbitraries.of("", "Ford", "VW"),
                        Arbitraries.of("", "Golf", "Jetta", "Ka"),
                        Arbitraries.of(0, 2009, 2011, 2013, 2016),
                        Arbitraries.of("", "1.6", "2.0"))
                .as((make, model, year, engine) -> new PartQuery("", make, model, year, engine, "", 100, 0))
                .filter(PartQuery::hasVehicle)
                .list()
                .ofMinSize(5)
                .ofMaxSize(15);
    }

    @Example
    void words_without_end_cost_no_more_than_twelve() throws IOException {
        shelf.rebuild(1, Shelf.sample());
        assertThat(Text.tokens("a ".repeat(100))).hasSize(Text.MAX_TOKENS);
        assertThat(Text.tokens("x".repeat(150)).getFirst()).hasSize(Text.MAX_TOKEN_LENGTH);
        String dashes = "a-b.c-d/e-f-g-h-i-j-k-l-m-n-o-p-q-r-s-t-u-v-w-x-y-z-1-2-3-4-5-6-";
        assertThat(shelf.found(dashes + " " + dashes + " " + dashes)).isEmpty();
    }
}
