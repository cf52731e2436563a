package mx.refahub.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import mx.refahub.domain.search.PartHits;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.domain.search.Reason;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

class SearchTest {
    private static @Nullable Shelf kept;
    private static @Nullable Path folder;

    @BeforeContainer
    static void stock() throws IOException {
        folder = Files.createTempDirectory("search");
        kept = Shelf.stocked(folder);
    }

    @AfterContainer
    static void clear() throws IOException {
        shelf().search.close();
        Snapshots.deleteFolder(Objects.requireNonNull(folder));
    }

    private static Shelf shelf() {
        return Objects.requireNonNull(kept);
    }

    @Example
    void a_number_as_printed_is_exact_and_without_dashes_it_says_so() {
        assertThat(shelf().found("BKR6E-11")).containsExactly("NG BKR6E-11 EXACT");
        assertThat(shelf().found("bkr6e11")).containsExactly("NG BKR6E-11 WITHOUT_DASHES");
        assertThat(shelf().found("NG BKR6E11")).containsExactly("NG BKR6E-11 WITHOUT_DASHES");
        assertThat(shelf().found("ng bkr6e-11")).containsExactly("NG BKR6E-11 EXACT");
        assertThat(shelf().found("0124976965")).containsExactly("BSH 0 124 976 965 WITHOUT_DASHES");
    }

    @Example
    void the_same_number_under_two_line_codes_is_two_parts() {
        assertThat(shelf().found("GP-38")).containsExactly("DAI GP-38 EXACT", "GON GP-38 EXACT");
        assertThat(shelf().found("GON GP38")).containsExactly("GON GP-38 WITHOUT_DASHES");
    }

    @Example
    void other_brands_and_old_numbers_lead_to_the_part_and_are_named() {
        assertThat(shelf().found("P85-114")).containsExactly("BRE P85-114 EXACT", "FRI 7974-D1045 INTERCHANGE");
        assertThat(shelf().found("5C0698151A")).containsExactly("FRI 7974-D1045 INTERCHANGE");
        assertThat(shelf().found("7950D1045")).containsExactly("FRI 7974-D1045 REPLACES");
        assertThat(shelf().search
                        .find(PartQuery.text("7950D1045", 5))
                        .hits()
                        .getFirst()
                        .reason()
                        .detail())
                .isEqualTo("Fritec 7950-D1045");
    }

    @Example
    void the_beginning_of_a_number_finds_it_while_it_is_typed() {
        assertThat(shelf().found("797")).containsExactly("FRI 7974-D1045 PREFIX");
        assertThat(shelf().found("ngbkr")).containsExactly("NG BKR6E-11 PREFIX");
    }

    @Example
    void words_are_found_in_both_languages_with_or_without_accents_and_in_the_plural() {
        assertThat(shelf().found("bujias")).containsExactly("NG BKR6E-11 WORD");
        assertThat(shelf().found("spark plugs")).containsExactly("NG BKR6E-11 WORD");
        assertThat(shelf().found("balata delantera ceramica")).containsExactly("FRI 7974-D1045 WORD");
        assertThat(shelf().found("filtro de aceite gonher")).containsExactly("GON GP-38 WORD");
        assertThat(shelf().found("alterna")).containsExactly("BSH 0 124 976 965 WORD");
    }

    @Example
    void a_vehicle_in_the_words_is_one_vehicle_and_not_a_mix_of_two() {
        assertThat(shelf().found("balata jetta 2015"))
                .containsExactlyInAnyOrder("FRI 7974-D1045 WORD", "BRE P85-114 WORD");
        assertThat(shelf().found("balata jetta 2008")).containsExactly("WAG ZD914 WORD");
        assertThat(shelf().found("balata golf 2010")).isEmpty();
        assertThat(shelf().found("balata golf 2016")).containsExactly("WAG ZD914 WORD");
    }

    @Example
    void a_chosen_vehicle_filters_and_an_open_engine_fits_every_engine() {
        assertThat(shelf().found(vehicle("Volkswagen", "Jetta", 2015, "2.0"))).containsExactly("BRE P85-114 FITS");
        assertThat(shelf().found(vehicle("volkswagen", "JETTA", 2015, "2.5")))
                .containsExactly("BRE P85-114 FITS", "BSH 0 124 976 965 FITS", "FRI 7974-D1045 FITS");
        assertThat(shelf().found(vehicle("Volkswagen", "Golf", 2010, ""))).isEmpty();
        assertThat(shelf().found(new PartQuery("", "Volkswagen", "Jetta", 2015, "2.5", "Frenos", 10, 0)))
                .containsExactly("BRE P85-114 FITS", "FRI 7974-D1045 FITS");
    }

    @Example
    void the_picker_offers_only_what_leads_to_a_part() {
        PartSearch.VehicleChoices choices = shelf().search.choices(vehicle("Volkswagen", "Jetta", 2015, ""));
        assertThat(choices.makes()).containsExactly("Chevrolet", "Nissan", "Volkswagen");
        assertThat(choices.models()).containsExactly("Golf", "Jetta");
        assertThat(choices.engines()).containsExactly("2.5");
        assertThat(choices.categories()).containsExactly("Eléctrico/Alternadores", "Frenos/Balatas");
        assertThat(shelf().search.choices(vehicle("", "", 0, "")).years())
                .startsWith(2018)
                .contains(1992)
                .doesNotContain(1991);
    }

    @Example
    void a_misspelt_word_finds_what_is_similar_only_when_nothing_else_matches() {
        assertThat(shelf().found("alternadro")).containsExactly("BSH 0 124 976 965 SIMILAR");
        assertThat(shelf().found("gonhre")).containsExactly("GON GP-38 SIMILAR");
    }

    @Example
    void pages_follow_each_other_and_know_the_total() {
        PartHits first = shelf().search.find(new PartQuery("balata", "", "", 0, "", "", 2, 0));
        PartHits second = shelf().search.find(new PartQuery("balata", "", "", 0, "", "", 2, 2));
        assertThat(first.total()).isEqualTo(3);
        assertThat(first.hits()).hasSize(2).doesNotContainAnyElementsOf(second.hits());
        assertThat(second.hits()).hasSize(1);
    }

    @Property(tries = 300)
    void whatever_is_typed_is_answered(@ForAll String text) {
        PartHits hits = shelf().search.find(PartQuery.text(text, 10));
        assertThat(hits.hits().size()).isLessThanOrEqualTo(10);
        List<Integer> classes = hits.hits().stream()
                .map(PartHits.Hit::reason)
                .map(Reason::kind)
                .map(Enum::ordinal)
                .toList();
        assertThat(classes).isSorted();
    }

    private static PartQuery vehicle(String make, String model, int year, String engine) {
        return new PartQuery("", make, model, year, engine, "", 10, 0);
    }
}
