package mx.refahub.adapters.supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.purchase.SupplierInvoice;
import org.junit.jupiter.api.Test;

class InvoiceReaderTest {
    private final InvoiceReader reader = new InvoiceReader();

    private static Path samples() {
        String named = System.getenv("REFAHUB_SHARED_DATA");
        Path found =
                (named == null ? Path.of("..", "..", "shared", "data") : Path.of(named)).resolve("cfdi/samples/dev");
        if (!Files.isDirectory(found)) System.out.println("ORACLES NOT RUN: 1 (no CFDI samples at " + found + ")");
        assumeTrue(Files.isDirectory(found), "ORACLES NOT RUN: 1");
        return found;
    }

    private String refusal(String xml) {
        return reader.read(xml.getBytes(StandardCharsets.UTF_8)).fold(done -> "taken", refusal -> refusal.code());
    }

    private static SupplierInvoice done(Outcome<SupplierInvoice> outcome) {
        return outcome.fold(invoice -> invoice, refusal -> {
            throw new AssertionError(refusal);
        });
    }

    /** SAT's own transformation made the expected texts. */
    @Test
    void the_signed_text_is_the_one_that_sats_own_transformation_makes() throws Exception {
        Path samples = samples();
        List<Path> files;
        try (Stream<Path> all = Files.list(samples)) {
            files = all.filter(file -> file.toString().endsWith(".xml")).toList();
        }
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        int compared = 0;
        for (Path file : files) {
            String name = file.getFileName().toString().replace(".xml", ".txt");
            var made = OriginalString.of(
                    factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement());
            if (made.isEmpty()) continue;
            assertThat(made.get())
                    .as(name)
                    .isEqualTo(
                            Files.readString(samples.resolve("expected_cadena").resolve(name))
                                    .strip());
            compared++;
        }
        assertThat(compared).isGreaterThanOrEqualTo(8);
    }

    @Test
    void a_stamped_invoice_is_read_with_its_seal_and_a_changed_amount_is_noticed() throws IOException {
        String xml = Files.readString(samples().resolve("cfdiutils_cfdi40-valid.xml"));

        SupplierInvoice invoice = done(reader.read(xml.getBytes(StandardCharsets.UTF_8)));

        assertThat(invoice.problems())
                .doesNotContain("seal-wrong", "seal-unchecked", "stamp-other-seal", "certificate-other");
        assertThat(invoice.fiscalId()).hasToString("6f35d3b5-3651-5370-bc2c-14cdbe384cd7");
        assertThat(invoice.lines()).isNotEmpty();
        String changed = xml.replaceFirst(" Descripcion=\"", " Descripcion=\"X");
        assertThat(done(reader.read(changed.getBytes(StandardCharsets.UTF_8))).problems())
                .contains("seal-wrong");
    }

    @Test
    void what_an_invoice_withholds_is_read_by_tax_and_its_lines_say_their_vat() throws IOException {
        String xml = Files.readString(samples().resolve("satcfdi_create_rentenciones_concepto_suma_100.03.xml"))
                .replace(
                        "</cfdi:Comprobante>",
                        "<cfdi:Complemento><t:TimbreFiscalDigital xmlns:t='http://www.sat.gob.mx/TimbreFiscalDigital'"
                                + " UUID='6f35d3b5-3651-5370-bc2c-14cdbe384cd7' SelloCFD=''/></cfdi:Complemento></cfdi:Comprobante>");

        SupplierInvoice invoice = done(reader.read(xml.getBytes(StandardCharsets.UTF_8)));

        assertThat(invoice.withheld())
                .extracting(SupplierInvoice.Withheld::tax)
                .containsExactly(SupplierInvoice.Tax.ISR, SupplierInvoice.Tax.IVA);
        assertThat(invoice.lines()).allSatisfy(line -> {
            assertThat(line.vat()).isNotNull();
            assertThat(line.vat().factor()).isEqualTo(SupplierInvoice.Factor.RATE);
            assertThat(line.vat().rate()).isEqualByComparingTo("0.16");
        });
        Money paid = invoice.net();
        for (SupplierInvoice.Line line : invoice.lines())
            paid = paid.plus(line.vat().amount());
        for (SupplierInvoice.Withheld each : invoice.withheld()) paid = paid.minus(each.amount());
        assertThat(paid).isEqualTo(invoice.total());

        // With another tax beside it nobody says what of a line is VAT.
        String spirits = xml.replaceFirst(
                "<cfdi:Traslados>",
                "<cfdi:Traslados><cfdi:Traslado Base=\"100.03\" Impuesto=\"003\" TipoFactor=\"Tasa\" TasaOCuota=\"0.080000\" Importe=\"8.00\"/>");
        assertThat(done(reader.read(spirits.getBytes(StandardCharsets.UTF_8)))
                        .lines()
                        .getFirst()
                        .vat())
                .isNull();
    }

    @Test
    void what_is_no_invoice_is_refused() {
        assertThat(refusal("")).isEqualTo("invoice-unreadable");
        assertThat(refusal("<a/>")).isEqualTo("invoice-unreadable");
        assertThat(refusal("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"))
                .isEqualTo("invoice-unreadable");
        String bare =
                "<c:Comprobante xmlns:c='http://www.sat.gob.mx/cfd/4' Version='4.0' TipoDeComprobante='%s' Moneda='%s'/>";
        assertThat(refusal(bare.formatted("I", "MXN"))).isEqualTo("invoice-not-stamped");
        assertThat(refusal(bare.formatted("P", "XXX"))).isEqualTo("invoice-kind");
        String stamped =
                "<c:Comprobante xmlns:c='http://www.sat.gob.mx/cfd/4' Version='4.0' TipoDeComprobante='I' Moneda='MXN'>"
                        + "<t:TimbreFiscalDigital xmlns:t='http://www.sat.gob.mx/TimbreFiscalDigital' UUID='x'/></c:Comprobante>";
        assertThat(refusal(stamped)).isEqualTo("invoice-unreadable");
    }
}
