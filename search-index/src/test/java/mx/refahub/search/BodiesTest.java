package mx.refahub.search;

import static mx.refahub.search.Shelf.fits;
import static mx.refahub.search.Shelf.part;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.search.IndexedPart;
import mx.refahub.domain.search.PartIndex;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.search.Understood.Kind;
import mx.refahub.domain.search.Understood.VehicleTerm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The body of a vehicle is part of what it is, as its engine is. */
class BodiesTest {
    private Shelf shelf;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        shelf = new Shelf(folder);
        shelf.rebuild(
                1,
                List.of(
                        hatch("ANY", fits("Volkswagen", "Jetta", 2011, 2018, "2.5")),
                        hatch("SEDAN", fits("Volkswagen", "Jetta", 2011, 2018, "2.5", "Sedán")),
                        hatch("WAGON", fits("Volkswagen", "Jetta", 2011, 2014, "", "Station Wagon")),
                        hatch("BOTH", fits("Volkswagen", "Jetta", 2011, 2014, "", "Sedan 4 puertas; Wagon")),
                        // A sedan, and a Jetta; but no Jetta that is a sedan.
                        hatch(
                                "APART",
                                fits("Volkswagen", "Jetta", 2011, 2014, "", "Wagon"),
                                fits("Volkswagen", "Golf", 2011, 2014, "", "Sedán")),
                        hatch("CREW", fits("Nissan", "NP300", 2009, 2015, "2.4", "Crew Cab Pickup")),
                        hatch("SINGLE", fits("Nissan", "NP300", 2009, 2015, "2.4", "Pickup cabina sencilla")),
                        hatch("TRUCK", fits("Nissan", "NP300", 2009, 2015, "2.4", "Pickup")),
                        hatch("VOCHO", fits("Volkswagen", "Sedán Vocho", 1990, 2003, "1.6")),
                        hatch("D21", fits("Nissan", "Pick Up", 1994, 2008, "2.4")),
                        part(
                                "TAP",
                                "CABIN",
                                "X",
                                "Filtro de cabina",
                                "Cabin filter",
                                "Filtros/Cabina",
                                fits("Nissan", "NP300", 2009, 2015, ""))));
    }

    private static IndexedPart hatch(String number, Fitment... fitments) {
        return part("CAJ", number, "X", "Bisagra de cajuela", "Trunk hinge", "Carrocería", (Object[]) fitments);
    }

    @AfterEach
    void close() throws IOException {
        shelf.close();
    }

    private List<String> found(String text) {
        return shelf.found(text).stream().map(hit -> hit.split(" ")[1]).toList();
    }

    private List<VehicleTerm> understood(String text) {
        return shelf.search.find(PartQuery.text(text, 20)).understood().vehicle();
    }

    @Test
    void a_body_is_answered_by_the_fitments_that_name_it_and_by_those_that_leave_it_open() {
        assertThat(found("bisagra jetta 2013 sedan")).containsExactly("BOTH", "SEDAN", "ANY");
        assertThat(found("bisagra jetta 2013 sedán")).containsExactly("BOTH", "SEDAN", "ANY");
        assertThat(found("bisagra jetta 2013 wagon")).containsExactly("APART", "BOTH", "WAGON", "ANY");
        assertThat(found("bisagra jetta 2013 vagoneta")).containsExactly("APART", "BOTH", "WAGON", "ANY");
        assertThat(found("bisagra jetta 2017 sedan 2.5")).containsExactly("SEDAN", "ANY");
        assertThat(found("bisagra jetta coupe")).containsExactly("ANY");
        assertThat(found("bisagra jetta")).hasSize(5);
    }

    @Test
    void a_cab_is_said_in_two_words_in_either_language_and_in_either_order() {
        for (String said : List.of("doble cabina", "cabina doble", "crew cab"))
            assertThat(found("bisagra np300 " + said)).as(said).containsExactly("CREW", "TRUCK");
        assertThat(found("bisagra np300 pick up")).containsExactlyInAnyOrder("CREW", "SINGLE", "TRUCK");
        assertThat(found("bisagra np300 pickup 2010 cabina sencilla")).containsExactly("SINGLE", "TRUCK");
        assertThat(found("bisagra camioneta nissan 2010")).containsExactlyInAnyOrder("CREW", "SINGLE", "TRUCK");
    }

    @Test
    void without_a_model_only_fitments_that_name_the_body_answer() {
        assertThat(found("bisagra doble cabina")).containsExactly("CREW");
        assertThat(found("bisagra pickup 2010")).containsExactlyInAnyOrder("CREW", "SINGLE", "TRUCK");
        assertThat(found("bisagra wagon")).containsExactlyInAnyOrder("APART", "BOTH", "WAGON");
    }

    @Test
    void a_model_that_is_called_like_a_body_is_the_model() {
        assertThat(found("bisagra vw sedan")).doesNotContain("ANY");
        assertThat(found("bisagra volkswagen sedan 1995")).containsExactly("VOCHO");
        assertThat(found("bisagra nissan pick up 1996")).containsExactly("D21");
        assertThat(found("bisagra nissan pick up doble cabina 1996")).containsExactly("D21");
    }

    @Test
    void a_model_that_only_a_removed_part_fits_is_no_model_any_more() throws IOException {
        assertThat(found("bisagra volkswagen sedan 2013")).containsExactly("APART", "BOTH", "SEDAN", "ANY");
        IndexedPart gone = hatch("BEETLE", fits("Volkswagen", "Sedán", 2011, 2014, ""));
        shelf.update(2, gone);
        assertThat(found("bisagra volkswagen sedan 2013")).first().isEqualTo("BEETLE");
        assertThat(found("bisagra volkswagen sedan 2013")).doesNotContain("ANY");
        try (PartIndex.Build build = shelf.index.update()) {
            build.remove(gone.part().id());
            build.publish(3);
        }
        assertThat(found("bisagra volkswagen sedan 2013")).containsExactly("APART", "BOTH", "SEDAN", "ANY");
    }

    @Test
    void a_word_of_the_part_counts_for_more_than_a_body_that_is_left_open() {
        assertThat(found("filtro cabina np300")).containsExactly("CABIN");
        assertThat(found("filtro de cabina doble cabina np300 2010")).containsExactly("CABIN");
    }

    @Test
    void the_clerk_sees_what_was_taken_for_a_body_and_lifts_it() {
        assertThat(understood("bisagra jetta 2013 sedan"))
                .containsExactly(
                        new VehicleTerm(Kind.MODEL, "jetta", "Jetta"),
                        new VehicleTerm(Kind.YEAR, "2013", "2013"),
                        new VehicleTerm(Kind.BODY, "sedan", "Sedan 4 puertas"));
        assertThat(understood("bisagra np300 crew cab"))
                .containsExactly(
                        new VehicleTerm(Kind.MODEL, "np300", "NP300"),
                        new VehicleTerm(Kind.BODY, "crew cab", "Crew Cab Pickup"));
        assertThat(understood("bisagra jetta 2017 hatch back"))
                .as("as it was typed, where the catalogue leaves it open")
                .contains(new VehicleTerm(Kind.BODY, "hatch back", "hatch back"));
        assertThat(shelf.found(PartQuery.text("bisagra jetta sedan", 20).withLifted(Set.of("sedan"))))
                .isEmpty();
        assertThat(shelf.search
                        .find(PartQuery.text("bisagra jetta 2017 sedan", 20))
                        .hits())
                .first()
                .matches(hit -> hit.reason().detail().equals("Volkswagen Jetta 2.5 Sedán 2011–2018"));
    }

    @Test
    void the_picker_goes_by_engines_whatever_the_body() {
        assertThat(shelf.search
                        .choices(new PartQuery("", "Volkswagen", "Jetta", 2013, "", "", 1, 0))
                        .engines())
                .containsExactly("2.5");
        assertThat(shelf.found(new PartQuery("", "Volkswagen", "Jetta", 2017, "2.5", "", 20, 0)))
                .containsExactlyInAnyOrder("CAJ ANY FITS", "CAJ SEDAN FITS");
    }

    @Test
    void what_begins_a_body_is_understood_where_the_catalogue_names_one() {
        assertThat(found("bisagra jetta sed")).containsExactlyInAnyOrder("BOTH", "SEDAN");
        assertThat(found("bisagra np300 doble cab")).containsExactly("CREW");
    }

    @Test
    void a_vehicle_without_a_body_is_the_term_that_it_ever_was() {
        assertThat(Vehicle.of(fits("VW", "Jetta", 2011, 2018, "2.5")).term())
                .isEqualTo("VW\u001fJetta\u001f2.5\u001f2011\u001f2018");
        Vehicle sedan = Vehicle.of(fits("VW", "Jetta", 2011, 2018, "", "Sedán; Coupé"));
        assertThat(Vehicle.ofTerm(sedan.term())).isEqualTo(sedan);
        assertThat(sedan.text()).isEqualTo("VW Jetta Sedán; Coupé 2011–2018");
    }
}
