package mx.refahub.domain.money;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThousandsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,500|1500",
                " 12,345.67 |12345.67",
                "-1,500|-1500",
                "$1,234,567.8|$1234567.8",
                "1,50|1,50",
                "1,5,5|1,5,5",
                "1500,000|1500,000",
                "0.5,000|0.5,000",
                "1,500.25,000|1,500.25,000",
                "1500|1500",
                "abc|abc"
            })
    void a_comma_stands_between_thousands_alone(String typed, String plain) {
        assertThat(Thousands.plain(typed)).isEqualTo(plain);
    }
}
