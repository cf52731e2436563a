package mx.refahub.domain.part;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "PZA, 1000, true",
        "PZA, 1500, false",
        "JGO, 500, false",
        "KIT, 3000, true",
        "'', 1, false",
        "MTO, 750, true",
        "lt, 1, true",
        "' Metro ', 2500, true",
        "GALÓN, 250, true",
        "KG, -1250, true",
        "PAR, -500, false"
    })
    void only_what_is_measured_is_cut(String unit, long thousandths, boolean allowed) {
        assertThat(Units.allow(new Quantity(thousandths), unit)).isEqualTo(allowed);
        assertThat(Units.refusal(new Quantity(thousandths), unit).isEmpty()).isEqualTo(allowed);
    }
}
