package mx.refahub.domain.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mx.refahub.domain.money.Money;
import org.junit.jupiter.api.Test;

class PartFormTest {
    private static PartForm typed(
            String price,
            List<PartForm.Code> codes,
            List<PartForm.Other> others,
            List<PartForm.Fit> fits,
            String... satAndUnit) {
        return new PartForm(
                "fri",
                " 7974-d1045 ",
                "Fritec",
                "Balata delantera",
                "",
                "Frenos/Balatas",
                "jgo",
                "GENERAL",
                "",
                satAndUnit.length > 0 ? satAndUnit[0] : "25171702",
                satAndUnit.length > 1 ? satAndUnit[1] : "kt",
                "",
                price,
                true,
                codes,
                others,
                fits,
                List.of());
    }

    private static PartForm.Fit fit(String from, String to, String notes) {
        return new PartForm.Fit("Volkswagen", "Jetta", from, to, "2.5", "Sedán ", "Delantera", notes);
    }

    private static PartSheet good(PartForm form) {
        PartForm.Checked checked = form.check();
        assertThat(checked.faults()).isEmpty();
        return Optional.ofNullable(checked.sheet()).orElseThrow();
    }

    @Test
    void what_is_typed_becomes_a_part_in_the_houses_spelling() {
        PartSheet sheet = good(typed(
                "489.5",
                List.of(new PartForm.Code("7501", ""), new PartForm.Code("7502", "12")),
                List.of(new PartForm.Other("oem", "VW", "1k0698151")),
                List.of(fit("2011", "2018", ""))));

        assertThat(sheet.lineCode().value()).isEqualTo("FRI");
        assertThat(sheet.number().value()).isEqualTo("7974-D1045");
        assertThat(sheet.unit()).isEqualTo("JGO");
        assertThat(sheet.satUnit()).isEqualTo("KT");
        assertThat(sheet.taxObject()).isEqualTo("02");
        assertThat(sheet.price()).isEqualTo(new Price(Money.mxn(48_950), true));
        assertThat(sheet.barcodes()).extracting(Barcode::pack).containsExactly(Quantity.ONE, Quantity.of(12));
        assertThat(sheet.interchanges()).extracting(Interchange::kind).containsExactly(Interchange.Kind.OEM);
        assertThat(sheet.fitments()).extracting(Fitment::body).containsExactly("Sedán");
    }

    @Test
    void every_wrong_field_is_told_at_once_and_by_its_name() {
        PartForm.Checked checked = new PartForm(
                        "F-RI",
                        "--",
                        "",
                        "x".repeat(201),
                        "a\u0007b",
                        "",
                        "",
                        "none",
                        "-1",
                        "123",
                        "H87X",
                        "09",
                        "1,200",
                        false,
                        List.of(
                                new PartForm.Code("ñ", ""),
                                new PartForm.Code("750", "0"),
                                new PartForm.Code("751", ""),
                                new PartForm.Code("751", "")),
                        List.of(new PartForm.Other("cousin", "VW", "1")),
                        List.of(fit("2018", "2011", ""), fit("98", "2011", "")),
                        List.of(
                                new PartForm.Related("friend", "F I", "", "best", "0", "", ""),
                                new PartForm.Related("component", "BRE", "1", "premium", "", "", ""),
                                new PartForm.Related("component", "BRE", "2", "", "", "", ""),
                                new PartForm.Related("COMPONENT", "bre", "2", "", "4", "", "")))
                .check();

        assertThat(checked.sheet()).isNull();
        assertThat(checked.faults())
                .extracting(fault -> fault.field() + " " + fault.refusal().code())
                .containsExactlyInAnyOrder(
                        "lineCode line-code-wrong",
                        "number part-number-wrong",
                        "brand field-empty",
                        "nameEs field-too-long",
                        "nameEn field-control",
                        "taxClass field-choice",
                        "core number-wrong",
                        "satCode sat-code-wrong",
                        "satUnit sat-unit-wrong",
                        "taxObject tax-object-wrong",
                        "price number-wrong",
                        "relations[0].kind field-choice",
                        "relations[0].grade field-choice",
                        "relations[0].lineCode line-code-wrong",
                        "relations[0].number field-empty",
                        "relations[0].quantity pack-wrong",
                        "relations[1].grade grade-of-another-kind",
                        "relations[3].number row-twice",
                        "barcodes[0].value barcode-wrong",
                        "barcodes[1].pack pack-wrong",
                        "barcodes[3].value row-twice",
                        "interchanges[0].kind field-choice",
                        "fitments[0].yearTo years-turned",
                        "fitments[1].yearFrom year-wrong");
    }

    @Test
    void a_part_does_not_equal_itself() {
        assertThat(typed("", List.of(), List.of(new PartForm.Other("EQUIVALENT", "FRI", "7974-D1045")), List.of())
                        .check()
                        .faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.refusal().code()).isEqualTo("interchange-itself"));
    }

    @Test
    void a_sheet_comes_together_again_from_its_values() {
        PartSheet sheet = good(typed(
                "100",
                List.of(new PartForm.Code("7501", "0.5")),
                List.of(new PartForm.Other("SUPERSEDES", "Fritec", "7974")),
                List.of(fit("2011", "2018", "con ABS"))));

        assertThat(PartSheet.of(sheet.values())).isEqualTo(sheet);
        PartSheet bare = good(typed("", List.of(), List.of(), List.of()));
        assertThat(PartSheet.of(bare.values())).isEqualTo(bare);
    }

    @Test
    void a_change_is_taken_back_out_of_what_others_changed_since() {
        Map<PartField, Set<String>> before = good(typed("100", List.of(), List.of(), List.of(fit("2011", "2018", ""))))
                .values();
        Map<PartField, Set<String>> after = good(typed(
                        "120", List.of(), List.of(), List.of(fit("2011", "2018", "con ABS")), "25171703"))
                .values();
        List<PartChange.Difference> differences = PartChange.between(before, after);
        assertThat(differences)
                .extracting(PartChange.Difference::field)
                .containsExactly(PartField.SAT_CODE, PartField.PRICE, PartField.FITMENT, PartField.FITMENT);

        after.get(PartField.BARCODE).add("7501\u001f1000");
        assertThat(PartChange.takeBack(differences, after)).isEmpty();
        assertThat(PartSheet.of(after).barcodes()).hasSize(1);
        assertThat(after.get(PartField.PRICE)).isEqualTo(before.get(PartField.PRICE));
        assertThat(after.get(PartField.FITMENT)).isEqualTo(before.get(PartField.FITMENT));
    }

    @Test
    void a_value_that_was_changed_again_stands_in_the_way() {
        Map<PartField, Set<String>> first =
                good(typed("100", List.of(), List.of(), List.of())).values();
        Map<PartField, Set<String>> second =
                good(typed("120", List.of(), List.of(), List.of())).values();
        Map<PartField, Set<String>> third =
                good(typed("150", List.of(), List.of(), List.of())).values();
        Map<PartField, Set<String>> none =
                good(typed("", List.of(), List.of(), List.of())).values();

        assertThat(PartChange.takeBack(PartChange.between(first, second), third))
                .contains(PartField.PRICE);
        assertThat(PartChange.takeBack(PartChange.between(first, none), third)).contains(PartField.PRICE);
        assertThat(PartChange.takeBack(PartChange.between(none, second), second))
                .isEmpty();
        assertThat(second.get(PartField.PRICE)).isEmpty();
    }
}
