package mx.refahub.domain.fiscal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FiscalDataTest {
    private static final Path CATALOGUES = Path.of("..", "..", "shared", "data", "sat-catalogs");

    @Test
    void rfcs_have_a_shape_a_date_and_a_check_digit() {
        // Test taxpayers that SAT publishes with their certificates.
        for (String good : List.of("EKU9003173C9", "IIA040805DZ4", "URE180429TM6", "CACX7605101P8", "XIQB891116QE4"))
            assertThat(new Rfc(good).checkDigitFits()).as(good).isTrue();
        assertThat(new Rfc("EKU9003173C8").checkDigitFits()).isFalse();
        assertThat(new Rfc(" eku-900317 3c9 ").value()).isEqualTo("EKU9003173C9");
        assertThat(new Rfc("EKU9003173C9").isCompany()).isTrue();
        assertThat(new Rfc("CACX7605101P8").isCompany()).isFalse();
        assertThat(Rfc.GENERAL_PUBLIC.checkDigitFits()).isTrue();
        for (String bad :
                List.of("", "EKU900317", "EKU9013173C9", "EKU9002303C9", "1KU9003173C9", "EKU9003173CB", "😀"))
            assertThatThrownBy(() -> new Rfc(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_is_typed_becomes_what_the_certificate_says_or_a_refusal_that_names_the_field() {
        assertThat(code("EKU9003173C9", "  Escuela  Kemper Urgate ", "42501", "601", "G03", "a@b.mx"))
                .isEqualTo("done: ESCUELA KEMPER URGATE");
        assertThat(code("EKU9003173C", "X", "42501", "601", "G03", "")).isEqualTo("rfc-invalid");
        assertThat(code("XAXX010101000", "X", "42501", "616", "S01", "")).isEqualTo("rfc-general-public");
        assertThat(code("XEXX010101000", "John Doe", "42501", "616", "S01", "")).isEqualTo("done: JOHN DOE");
        assertThat(code("EKU9003173C9", " ", "42501", "601", "G03", "")).isEqualTo("fiscal-name-invalid");
        assertThat(code("EKU9003173C9", "A\u0007B", "42501", "601", "G03", "")).isEqualTo("fiscal-name-invalid");
        assertThat(code("EKU9003173C9", "X", "4250", "601", "G03", "")).isEqualTo("postal-code-invalid");
        assertThat(code("EKU9003173C9", "X", "42501", "605", "G03", "")).isEqualTo("regime-invalid");
        assertThat(code("EKU9003173C9", "X", "42501", "999", "G03", "")).isEqualTo("regime-invalid");
        assertThat(code("EKU9003173C9", "X", "42501", "601", "D01", "")).isEqualTo("use-invalid");
        assertThat(code("CACX7605101P8", "X", "42501", "605", "G03", "")).isEqualTo("use-invalid");
        assertThat(code("CACX7605101P8", "X", "42501", "605", "D01", "sin arroba"))
                .isEqualTo("email-invalid");
    }

    private static String code(String rfc, String name, String postalCode, String regime, String use, String email) {
        return FiscalData.of(new FiscalData.Typed(rfc, name, postalCode, regime, use, email))
                .fold(data -> "done: " + data.name(), refusal -> refusal.code());
    }

    @Test
    void the_deadline_is_the_month_and_at_least_three_days() {
        assertThat(InvoiceRequest.deadline(LocalDate.of(2026, 3, 2))).isEqualTo(LocalDate.of(2026, 3, 31));
        assertThat(InvoiceRequest.deadline(LocalDate.of(2026, 3, 30))).isEqualTo(LocalDate.of(2026, 4, 2));
    }

    @Test
    void the_tables_are_sats_own() throws IOException {
        if (!Files.isDirectory(CATALOGUES)) {
            System.err.println("ORACLES NOT RUN: 2");
            return;
        }
        Map<String, String> regimes = Arrays.stream(TaxRegime.values())
                .collect(Collectors.toMap(
                        TaxRegime::code,
                        one -> (one.isForPeople() ? "1" : "") + "," + (one.isForCompanies() ? "1" : "")));
        Map<String, String> sats = Files.readAllLines(CATALOGUES.resolve("cfdi_40_regimenes_fiscales.csv")).stream()
                .skip(1)
                .collect(Collectors.toMap(
                        line -> line.substring(0, 3),
                        line -> line.replaceFirst("^(\\d+),(\"[^\"]*\"|[^,]*),", "")
                                .replaceFirst(",\\d{4}.*", "")));
        assertThat(regimes).isEqualTo(sats);

        Map<String, Set<String>> uses = Arrays.stream(CfdiUse.values())
                .collect(Collectors.toMap(
                        CfdiUse::name,
                        use -> use.regimes().stream().map(TaxRegime::code).collect(Collectors.toSet())));
        Map<String, Set<String>> satsUses = Files.readAllLines(CATALOGUES.resolve("cfdi_40_usos_cfdi.csv")).stream()
                .skip(1)
                .filter(line -> !line.startsWith("CP01") && !line.startsWith("CN01"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(',')),
                        line -> Arrays.stream(line.substring(line.lastIndexOf(",\"") + 2)
                                        .replace("\"", "")
                                        .split(","))
                                .map(String::strip)
                                .collect(Collectors.toSet())));
        assertThat(uses).isEqualTo(satsUses);
    }
}
