package mx.refahub.search;

import static mx.refahub.search.Shelf.fits;
import static mx.refahub.search.Shelf.part;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.search.Facets;
import mx.refahub.domain.search.IndexedPart;
import mx.refahub.domain.search.PartHits;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.search.Understood;
import mx.refahub.domain.search.Understood.Kind;
import mx.refahub.domain.search.Understood.VehicleTerm;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was understood, what comes nearest, facets and popularity. */
class UnderstandingTest {
    private final Shelf shelf;

    UnderstandingTest(@TempDir Path folder) throws IOException {
        shelf = Shelf.stocked(folder);
        shelf.update(
                2,
                part(
                        "CLA",
                        "1",
                        "X",
                        "Balata delantera",
                        "Front brake pad",
                        "Frenos/Balatas",
                        fits("Volkswagen", "Jetta Clásico", 2011, 2015, "2.0")),
                part("AAA", "T-1", "X", "Tapete", "Mat", "Tapetes", fits("Mazda", "3", 2010, 2013, "2.0")),
                part(
                        "ESC",
                        "1",
                        "X",
                        "Empaque de escape",
                        "Exhaust gasket",
                        "Escape",
                        fits("Ford", "Ka", 2010, 2013, "")));
    }

    @AfterEach
    void close() throws IOException {
        shelf.close();
    }

    private PartHits find(PartQuery query) {
        return shelf.search.find(query);
    }

    private Understood understood(String text) {
        return find(PartQuery.text(text, 20)).understood();
    }

    @Test
    void what_was_taken_for_a_vehicle_is_told_as_typed_and_as_the_catalogue_writes_it() {
        assertThat(understood("balata VOLKSWAGEN jetta 2.5 2015").vehicle())
                .containsExactly(
                        new VehicleTerm(Kind.MAKE, "VOLKSWAGEN", "Volkswagen"),
                        new VehicleTerm(Kind.MODEL, "jetta", "Jetta"),
                        new VehicleTerm(Kind.ENGINE, "2.5", "2.5"),
                        new VehicleTerm(Kind.YEAR, "2015", "2015"));
        assertThat(understood("tapete mazda 3 12").vehicle())
                .containsExactly(
                        new VehicleTerm(Kind.MAKE, "mazda", "Mazda"),
                        new VehicleTerm(Kind.MODEL, "3", "3"),
                        new VehicleTerm(Kind.YEAR, "12", "2012"));
        assertThat(understood("balata delantera").vehicle()).isEmpty();
        assertThat(understood("balata de delantera").words()).containsExactly("balata", "delantera");
    }

    @Test
    void the_model_whose_whole_name_was_said_comes_before_a_longer_one() {
        assertThat(shelf.found("balata jetta 2012"))
                .containsExactly("BRE P85-114 WORD", "FRI 7974-D1045 WORD", "CLA 1 WORD");
        assertThat(shelf.found("balata jetta clasico")).containsExactly("CLA 1 WORD");
    }

    @Test
    void a_term_that_is_lifted_is_a_word_like_any_other() {
        PartQuery query = PartQuery.text("tapete mazda 3 2012", 20);
        assertThat(shelf.found(query)).containsExactly("AAA T-1 WORD");
        assertThat(shelf.found(query.withLifted(Set.of("2012")))).isEmpty();
        assertThat(find(PartQuery.text("empaque ka", 20).withLifted(Set.of("KA")))
                        .hits())
                .isEmpty();
    }

    @Test
    void two_digits_are_a_year_beside_a_model_only() {
        assertThat(shelf.found("filtro tsuru 98")).containsExactly("GON GP-38 WORD");
        assertThat(shelf.found("filtro p/ tsuru 98")).containsExactly("GON GP-38 WORD");
        assertThat(shelf.found("filtro tsuru 91")).isEmpty();
        assertThat(shelf.found("filtro 98")).isEmpty();
    }

    @Test
    void nothing_found_says_what_was_tried_and_offers_what_comes_nearest() {
        PartHits none = find(PartQuery.text("valata trasera cromada", 20));
        assertThat(none.hits()).isEmpty();
        assertThat(none.total()).isZero();
        assertThat(none.understood().words()).containsExactly("valata", "trasera", "cromada");
        assertThat(none.understood().tried())
                .extracting(Understood.Tried::typed, tried -> tried.instead().getFirst())
                .contains(Tuple.tuple("valata", "balata"));
        assertThat(Shelf.named(new PartHits(0, 0, 0, none.nearest()))).first().isEqualTo("WAG ZD914 NEAREST");
        assertThat(none.nearest().getFirst().reason().detail()).isEqualTo("valata trasera");
        assertThat(find(PartQuery.text("BKR7E-99", 20)).nearest())
                .as("a number is never guessed")
                .isEmpty();
        assertThat(find(PartQuery.text("balata", 20)).nearest()).isEmpty();
    }

    @Test
    void letters_that_are_no_word_yet_are_not_dropped() {
        assertThat(shelf.found("balata d")).first().isEqualTo("BRE P85-114 WORD");
        assertThat(shelf.found("balata t")).first().isEqualTo("WAG ZD914 WORD");
        assertThat(shelf.found("balata del")).hasSize(4).last().isEqualTo("WAG ZD914 WORD");
    }

    @Test
    void facets_are_counted_only_when_asked_for_each_as_if_its_own_kind_was_not_chosen() throws IOException {
        shelf.update(
                3,
                part("FA", "1", "Uno", "Cosa", "Thing", "Cosas/Rojas", at("delantero")),
                part("FA", "2", "Uno", "Cosa", "Thing", "Cosas/Azules", at("trasero")),
                part("FA", "3", "Dos", "Cosa", "Thing", "Cosas/Azules", at("trasero"), at("delantero")));
        PartQuery things = PartQuery.text("cosa", 20);
        assertThat(find(things).facets()).isNull();
        assertThat(find(things.withFacets()).facets())
                .isEqualTo(new Facets(
                        List.of(new Facets.Count("Uno", 2), new Facets.Count("Dos", 1)),
                        List.of(new Facets.Count("Cosas/Azules", 2), new Facets.Count("Cosas/Rojas", 1)),
                        List.of(new Facets.Count("delantero", 2), new Facets.Count("trasero", 2)),
                        null));
        PartQuery ofOne = things.withBrand("UNO").withFacets();
        assertThat(shelf.found(ofOne)).containsExactly("FA 1 WORD", "FA 2 WORD");
        assertThat(find(ofOne).facets())
                .isEqualTo(new Facets(
                        List.of(new Facets.Count("Uno", 2), new Facets.Count("Dos", 1)),
                        List.of(new Facets.Count("Cosas/Azules", 1), new Facets.Count("Cosas/Rojas", 1)),
                        List.of(new Facets.Count("delantero", 1), new Facets.Count("trasero", 1)),
                        null));
        assertThat(shelf.found(things.withPosition("Trasero"))).containsExactly("FA 2 WORD", "FA 3 WORD");
        assertThat(shelf.found(things.withPosition("trasero").withBrand("dos"))).containsExactly("FA 3 WORD");
        assertThat(shelf.found(PartQuery.text("", 20).withBrand("Dos"))).containsExactly("FA 3 FITS");
    }

    private static Fitment at(String position) {
        return new Fitment("Ford", "Ka", 2010, 2011, "", position, "");
    }

    @Test
    void what_is_in_stock_can_be_asked_for_alone_and_is_counted_beside_the_other_choices() throws IOException {
        PartQuery pads = PartQuery.text("balata", 20).withFacets();
        PartId stocked = find(pads).hits().get(2).part();
        StockBeside shelves = new StockBeside().here(stocked);

        PartHits all = shelf.search.find(pads, shelves);
        assertThat(all.total()).isEqualTo(4);
        assertThat(all.facets().stocked()).isEqualTo(1);

        PartHits found = shelf.search.find(pads.withStocked(), shelves);
        assertThat(found.total()).isEqualTo(1);
        assertThat(found.hits()).extracting(PartHits.Hit::part).containsExactly(stocked);
        assertThat(found.facets().brands()).hasSize(1);
        assertThat(found.facets().stocked()).isEqualTo(1);
        assertThat(shelf.search.find(PartQuery.text("balata", 20), shelves).facets())
                .isNull();
    }

    @Test
    void of_two_equally_good_hits_the_more_popular_one_comes_first() throws IOException {
        IndexedPart slow = part("POP", "1", "X", "Manija", "Handle", "Manijas");
        IndexedPart quick = part("POP", "2", "X", "Manija", "Handle", "Manijas");
        IndexedPart best = part("POP", "3", "X", "Tapa de manija", "Handle cap", "Manijas");
        shelf.update(
                4,
                slow,
                new IndexedPart(quick.part(), List.of(), List.of(), 7),
                new IndexedPart(best.part(), List.of(), List.of(), 99));
        assertThat(shelf.found("manija")).containsExactly("POP 2 WORD", "POP 1 WORD", "POP 3 WORD");
    }
}
