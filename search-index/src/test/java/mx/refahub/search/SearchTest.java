package mx.refahub.search;

import static mx.refahub.search.Shelf.fits;
import static mx.refahub.search.Shelf.other;
import static mx.refahub.search.Shelf.part;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mx.refahub.domain.part.Interchange;
import mx.refahub.domain.search.IndexedPart;
import mx.refahub.domain.search.PartHits;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.search.PartSearch.VehicleChoices;
import mx.refahub.domain.search.PartSearch.Version;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchTest {
    private final Shelf shelf;

    SearchTest(@TempDir Path folder) throws IOException {
        shelf = Shelf.stocked(folder);
    }

    @AfterEach
    void close() throws IOException {
        shelf.close();
    }

    // Numbers

    @Test
    void a_number_as_printed_is_exact_in_either_case_and_with_its_line_code() {
        for (String text : List.of("BKR6E-11", "bkr6e-11", "NG BKR6E-11", "ngbkr6e-11", "  ng   bkr6e-11 "))
            assertThat(found(text)).as(text).containsExactly("NG BKR6E-11 EXACT");
    }

    @Test
    void a_number_without_its_dashes_is_found_and_says_so() {
        for (String text : List.of("BKR6E11", "NG BKR6E11", "NGBKR6E11", "ng-bkr6e/11", "NGK BKR6E-11"))
            assertThat(found(text)).as(text).containsExactly("NG BKR6E-11 WITHOUT_DASHES");
        assertThat(found("0124976965")).containsExactly("BSH 0 124 976 965 WITHOUT_DASHES");
        assertThat(found("0 124 976 965")).containsExactly("BSH 0 124 976 965 EXACT");
    }

    @Test
    void the_same_number_under_two_line_codes_is_two_hits_and_the_line_code_tells_them_apart() {
        assertThat(found("GP-38")).containsExactly("DAI GP-38 EXACT", "GON GP-38 EXACT");
        assertThat(found("GON GP38")).containsExactly("GON GP-38 WITHOUT_DASHES");
    }

    @Test
    void another_brands_number_leads_to_the_part_and_is_named_as_printed() {
        assertThat(found("P85114")).containsExactly("BRE P85-114 WITHOUT_DASHES", "FRI 7974-D1045 INTERCHANGE");
        assertThat(detail("P85114", 1)).isEqualTo("Brembo P85-114");
        assertThat(found("brembo p85114")).first().isEqualTo("BRE P85-114 WITHOUT_DASHES");
    }

    @Test
    void a_vehicle_makers_number_and_an_old_number_lead_to_the_part() {
        assertThat(found("5C0698151A")).containsExactly("FRI 7974-D1045 INTERCHANGE");
        assertThat(detail("5C0698151A", 0)).isEqualTo("VW 5C0 698 151 A");
        assertThat(found("7950-d1045")).containsExactly("FRI 7974-D1045 REPLACES");
        assertThat(detail("7950-d1045", 0)).isEqualTo("Fritec 7950-D1045");
    }

    @Test
    void the_beginning_of_a_number_finds_it_from_the_third_character_on() {
        for (String text : List.of("797", "7974", "7974D1", "797-4", "FRI 7974", "fri797"))
            assertThat(found(text)).as(text).containsExactly("FRI 7974-D1045 PREFIX");
        assertThat(found("79")).isEmpty();
        assertThat(detail("797-4", 0)).as("what was typed").isEqualTo("797-4");
    }

    @Test
    void a_line_code_alone_is_a_word_and_not_the_beginning_of_every_number() {
        assertThat(found("FRI")).containsExactly("FRI 7974-D1045 WORD");
        assertThat(found("NGB"))
                .as("nor with one letter more, which is how brands look")
                .isEmpty();
    }

    @Test
    void numbers_of_the_far_planes_of_unicode_survive() throws IOException {
        String astral = "𝔄𐐷-螺丝9";
        shelf.update(2, part("UNI", astral, "ßrand", "Tornillo 螺丝", "Screw", "Varios"));
        assertThat(found(astral)).containsExactly("UNI 𝔄𐐏-螺丝9 EXACT");
        assertThat(found("螺丝")).containsExactly("UNI 𝔄𐐏-螺丝9 WORD");
    }

    // Words

    @Test
    void words_are_found_in_spanish_and_english_with_and_without_accents_in_any_number_and_gender() {
        for (String text : List.of("bujia", "BUJÍAS", "bujía de niquel", "spark plugs", "nickel plug", "bujias ngk"))
            assertThat(found(text)).as(text).containsExactly("NG BKR6E-11 WORD");
        assertThat(found("balata delantero cerámicas")).containsExactly("FRI 7974-D1045 WORD");
        assertThat(found("filtros para aceite gonher")).containsExactly("GON GP-38 WORD");
    }

    @Test
    void every_word_must_be_met() {
        assertThat(found("balata trasera")).containsExactly("WAG ZD914 WORD");
        assertThat(found("balata aceite")).isEmpty();
    }

    @Test
    void the_last_word_may_be_unfinished() {
        assertThat(found("alterna")).containsExactly("BSH 0 124 976 965 WORD");
        assertThat(found("filtro ace")).containsExactly("GON GP-38 WORD");
        assertThat(found("filt aceite")).isEmpty();
    }

    @Test
    void a_number_may_stand_among_words() {
        assertThat(found("bujia bkr6e11")).containsExactly("NG BKR6E-11 WORD");
        assertThat(found("balata p85114 brembo")).containsExactly("BRE P85-114 WORD");
    }

    @Test
    void a_whole_word_ranks_above_the_beginning_of_another() throws IOException {
        shelf.update(
                3,
                part("AA", "GOLFA", "X", "Tapete", "Mat", "Tapetes", fits("Volkswagen", "Golf", 2000, 2010, "")),
                part("ZZ", "GOLZ", "X", "Tapete", "Mat", "Tapetes", fits("Volkswagen", "Gol", 2009, 2015, "")));
        assertThat(found("tapete gol")).containsExactly("ZZ GOLZ WORD", "AA GOLFA WORD");
        assertThat(found("tapete golf")).containsExactly("AA GOLFA WORD");
    }

    // Vehicles among the words

    @Test
    void a_vehicle_among_the_words_is_one_vehicle_and_not_a_mix_of_two() {
        assertThat(found("balata jetta 2015")).containsExactly("BRE P85-114 WORD", "FRI 7974-D1045 WORD");
        assertThat(found("balata jetta 2008")).containsExactly("WAG ZD914 WORD");
        assertThat(found("balata golf 2016")).containsExactly("WAG ZD914 WORD");
        assertThat(found("balata golf 2010")).isEmpty();
        assertThat(found("balata volkswagen jetta 2.5 2015"))
                .as("an open engine is any")
                .containsExactly("BRE P85-114 WORD", "FRI 7974-D1045 WORD");
        assertThat(found("balata jetta 2.0 2015")).isEmpty();
    }

    @Test
    void a_hit_by_vehicle_names_the_vehicle() {
        assertThat(detail("alternador jetta 2015", 0)).isEqualTo("Volkswagen Jetta 2.5 2011–2018");
        assertThat(detail("alternador", 0)).isEmpty();
    }

    @Test
    void vehicles_are_named_as_people_write_them() throws IOException {
        shelf.update(
                4,
                part("MOD", "CRV1", "X", "Espejo", "Mirror", "Espejos", fits("Honda", "CR-V", 2007, 2011, "2.4L")),
                part("MOD", "F150", "X", "Espejo", "Mirror", "Espejos", fits("Ford", "F-150", 2009, 2014, "V6 3.7L")),
                part("MOD", "MZ3", "X", "Espejo", "Mirror", "Espejos", fits("Mazda", "3", 2010, 2013, "")));
        for (String text : List.of("espejo crv", "espejo cr-v 2010", "espejo honda cr v", "espejo crv 2.4"))
            assertThat(found(text)).as(text).contains("MOD CRV1 WORD");
        for (String text : List.of("espejo f150", "espejo f-150 2012", "espejo ford f 150", "espejo F150 v6"))
            assertThat(found(text)).as(text).containsExactly("MOD F150 WORD");
        for (String text : List.of("espejo mazda 3", "espejo mazda3 2012"))
            assertThat(found(text)).as(text).containsExactly("MOD MZ3 WORD");
    }

    // The chosen vehicle and category

    @Test
    void a_chosen_vehicle_filters_however_much_of_it_is_chosen() {
        assertThat(found(vehicle("Volkswagen", "", 0, "", ""))).hasSize(4);
        assertThat(found(vehicle("VOLKSWAGEN", "golf", 0, "", ""))).containsExactly("WAG ZD914 FITS");
        assertThat(found(vehicle("Volkswagen", "Golf", 2015, "", ""))).containsExactly("WAG ZD914 FITS");
        assertThat(found(vehicle("Volkswagen", "Golf", 2010, "", ""))).isEmpty();
        assertThat(found(vehicle("", "", 1995, "", ""))).containsExactly("GON GP-38 FITS");
        assertThat(found(vehicle("Volkswagen", "", 2016, "", ""))).hasSize(4);
        assertThat(found(vehicle("Volkswagen", "", 2010, "", ""))).containsExactly("WAG ZD914 FITS");
        assertThat(found(vehicle("", "Golf", 2010, "", ""))).isEmpty();
        assertThat(found(vehicle("Seat", "", 0, "", ""))).isEmpty();
    }

    @Test
    void an_open_engine_fits_every_engine_and_a_named_one_only_its_own() {
        assertThat(found(vehicle("Volkswagen", "Jetta", 2015, "2.0", ""))).containsExactly("BRE P85-114 FITS");
        assertThat(found(vehicle("Volkswagen", "Jetta", 2015, "2.5", "")))
                .containsExactly("BRE P85-114 FITS", "BSH 0 124 976 965 FITS", "FRI 7974-D1045 FITS");
    }

    @Test
    void an_engine_of_several_words_is_found_where_nothing_else_is_typed() throws IOException {
        shelf.rebuild(
                2,
                List.of(
                        Shelf.part(
                                "VW",
                                "T18",
                                "VW",
                                "Turbo",
                                "Turbo",
                                "Motor",
                                Shelf.fits("VW", "Jetta", 2011, 2018, "1.8 TSI")),
                        Shelf.part(
                                "VW", "ANY", "VW", "Cosa", "Thing", "Motor", Shelf.fits("VW", "Golf", 2011, 2018, "")),
                        Shelf.part(
                                "VW",
                                "C20",
                                "VW",
                                "Cosa",
                                "Thing",
                                "Motor",
                                Shelf.fits("VW", "Golf", 2011, 2018, "2.0 TSI"))));
        assertThat(shelf.found("1.8 tsi")).containsExactly("VW T18 WORD");
        assertThat(shelf.found("tsi 1.8")).containsExactly("VW T18 WORD");
        assertThat(shelf.found("1.8 ts")).containsExactly("VW T18 WORD");
        assertThat(shelf.found("1.8 1.8")).containsExactly("VW T18 WORD");
    }

    @Test
    void a_category_is_found_by_each_head_of_its_path() {
        assertThat(found(vehicle("", "", 0, "", "motor"))).containsExactly("NG BKR6E-11 FITS");
        assertThat(found(vehicle("", "", 0, "", "Motor/Encendido"))).containsExactly("NG BKR6E-11 FITS");
        assertThat(found(vehicle("", "", 0, "", "motor / encendido / bujias"))).containsExactly("NG BKR6E-11 FITS");
        assertThat(found(vehicle("", "", 0, "", "Encendido"))).isEmpty();
        assertThat(found(vehicle("Volkswagen", "Jetta", 2015, "2.5", "Frenos")))
                .containsExactly("BRE P85-114 FITS", "FRI 7974-D1045 FITS");
    }

    @Test
    void text_and_a_chosen_vehicle_narrow_each_other() {
        assertThat(found(new PartQuery("balata", "Volkswagen", "Golf", 2016, "", "", 10, 0)))
                .containsExactly("WAG ZD914 WORD");
        assertThat(found(new PartQuery("BKR6E-11", "Volkswagen", "", 0, "", "", 10, 0)))
                .isEmpty();
    }

    @Test
    void a_hit_that_fits_says_which_vehicle() {
        assertThat(detail(vehicle("Volkswagen", "", 2016, "", "Frenos"), 2)).isEqualTo("Volkswagen Golf 2015–2018");
        assertThat(detail(vehicle("", "", 0, "", "Motor"), 0)).isEmpty();
    }

    @Test
    void nothing_asked_finds_nothing() {
        PartHits nothing = shelf.search.find(PartQuery.text("   ", 10));
        assertThat(nothing.hits()).isEmpty();
        assertThat(nothing.total()).isZero();
        assertThat(nothing.indexVersion()).isPositive();
    }

    // The picker

    @Test
    void the_picker_offers_what_leads_to_a_part_given_what_was_chosen_before() {
        VehicleChoices year = choices("", "", 2016, "", "");
        assertThat(year.makes()).containsExactly("Chevrolet", "Nissan", "Volkswagen");
        VehicleChoices make = choices("Volkswagen", "", 2010, "", "");
        assertThat(make.models()).containsExactly("Jetta");
        VehicleChoices model = choices("volkswagen", "jetta", 2015, "", "");
        assertThat(model.engines()).containsExactly("2.5");
        assertThat(model.categories()).containsExactly("Eléctrico/Alternadores", "Frenos/Balatas");
        assertThat(model.years()).first().isEqualTo(2018);
        assertThat(model.years()).last().isEqualTo(2005);
        assertThat(model.makes()).as("another make can still be chosen").contains("Nissan");
    }

    @Test
    void the_picker_within_a_category_offers_only_its_vehicles() {
        VehicleChoices choices = choices("", "", 0, "", "frenos");
        assertThat(choices.makes()).containsExactly("Volkswagen");
        assertThat(choices.models()).containsExactly("Golf", "Jetta");
        assertThat(choices.categories()).contains("Filtros/Aceite", "Frenos/Balatas");
    }

    @Test
    void the_picker_forgets_the_vehicles_of_a_removed_part() throws IOException {
        var lonely = part("LON", "1", "X", "Faro", "Lamp", "Luces", fits("Ñandú", "Único", 1950, 1951, "V8"));
        shelf.update(5, lonely);
        assertThat(choices("", "", 0, "", "").makes()).containsSubsequence("Nissan", "Ñandú", "Volkswagen");
        try (var build = shelf.index.update()) {
            build.remove(lonely.part().id());
            build.publish(6);
        }
        assertThat(choices("", "", 0, "", "").makes()).doesNotContain("Ñandú").contains("Nissan");
        assertThat(choices("", "", 0, "", "").years()).doesNotContain(1950);
        assertThat(choices("", "", 0, "", "").categories()).doesNotContain("Luces");
    }

    // Similar words, pages, changes

    @Test
    void a_misspelt_word_finds_similar_ones_only_when_nothing_else_matches() {
        assertThat(found("alternadro")).containsExactly("BSH 0 124 976 965 SIMILAR");
        assertThat(detail("alternadro", 0)).isEqualTo("alternador");
        assertThat(found("valata trasera")).containsExactly("WAG ZD914 SIMILAR");
        assertThat(found("balata jeta 2015")).containsExactly("BRE P85-114 SIMILAR", "FRI 7974-D1045 SIMILAR");
        assertThat(found("balata glof 2010"))
                .as("a similar vehicle is still one vehicle")
                .isEmpty();
        assertThat(found("balata")).allMatch(hit -> hit.endsWith("WORD"));
        assertThat(found("BKR7E-11")).as("a number is never guessed").isEmpty();
    }

    @Test
    void pages_follow_each_other_and_know_the_total() {
        PartHits first = shelf.search.find(new PartQuery("balata", "", "", 0, "", "", 2, 0));
        PartHits second = shelf.search.find(new PartQuery("balata", "", "", 0, "", "", 2, 2));
        assertThat(first.total()).isEqualTo(3);
        assertThat(first.hits()).hasSize(2).doesNotContainAnyElementsOf(second.hits());
        assertThat(second.hits()).hasSize(1);
        assertThat(first.tookMicros()).isPositive();
    }

    @Test
    void a_total_is_exact_up_to_a_thousand(@TempDir Path folder) throws IOException {
        try (Shelf big = new Shelf(folder)) {
            List<IndexedPart> parts = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) parts.add(part("TOT", "N" + (10_000 + i), "X", "Tuerca", "Nut", "Tuercas"));
            big.rebuild(1, parts);
            PartHits page = big.search.find(new PartQuery("tuerca", "", "", 0, "", "", 100, 950));
            assertThat(page.total()).isEqualTo(1_000);
            assertThat(Shelf.named(page))
                    .hasSize(50)
                    .startsWith("TOT N10950 WORD")
                    .endsWith("TOT N10999 WORD");
        }
    }

    @Test
    void a_changed_part_is_found_by_what_it_says_now() throws IOException {
        shelf.update(7, part("CHG", "C-1", "X", "Manguera", "Hose", "Mangueras"));
        assertThat(found("manguera")).containsExactly("CHG C-1 WORD");
        shelf.update(
                8,
                part(
                        "CHG",
                        "C-1",
                        "X",
                        "Abrazadera",
                        "Clamp",
                        "Mangueras",
                        other(Interchange.Kind.EQUIVALENT, "", "Z-9-Z")));
        assertThat(found("hose")).isEmpty();
        assertThat(found("abrazadera")).containsExactly("CHG C-1 WORD");
        assertThat(found("z9z")).containsExactly("CHG C-1 INTERCHANGE");
        assertThat(detail("z9z", 0)).isEqualTo("Z-9-Z");
        assertThat(shelf.search.version().catalogue()).isEqualTo(8);
    }

    @Test
    void before_the_first_publication_nothing_is_found_and_nothing_fails(@TempDir Path folder) throws IOException {
        try (Shelf empty = new Shelf(folder)) {
            assertThat(empty.search.version()).isEqualTo(Version.NONE);
            assertThat(empty.found("balata")).isEmpty();
            assertThat(empty.search.choices(vehicle("", "", 0, "", "")).makes()).isEmpty();
            empty.rebuild(1, List.of());
            assertThat(empty.search.version()).isEqualTo(new Version(1, 1));
            assertThat(empty.found("balata")).isEmpty();
            assertThat(empty.search.choices(vehicle("", "", 2015, "", "Frenos")).years())
                    .isEmpty();
        }
    }

    private List<String> found(String text) {
        return shelf.found(text);
    }

    private List<String> found(PartQuery query) {
        return shelf.found(query);
    }

    private String detail(String text, int hit) {
        return detail(PartQuery.text(text, 20), hit);
    }

    private String detail(PartQuery query, int hit) {
        return shelf.search.find(query).hits().get(hit).reason().detail();
    }

    private VehicleChoices choices(String make, String model, int year, String engine, String category) {
        return shelf.search.choices(vehicle(make, model, year, engine, category));
    }

    private static PartQuery vehicle(String make, String model, int year, String engine, String category) {
        return new PartQuery("", make, model, year, engine, category, 20, 0);
    }
}
