package mx.refahub.hub.cfdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import mx.refahub.adapters.cfdi.CfdiWriter;
import mx.refahub.adapters.cfdi.Receiver;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.fiscal.FiscalSplit;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.ReturnTerms;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Totals;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import mx.refahub.hub.ledger.SaleArchive;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.SAXParseException;

/** SAT's own schema decides. It lies outside of the project ({@code ../shared/data}); where it is absent the test says so and is skipped. */
class CfdiOfAStoredTicketTest {
    private final TestShop shop = TestShop.open();

    @Test
    void a_stored_ticket_alone_makes_a_cfdi_that_the_schema_accepts() throws Exception {
        Path driver = sharedData().resolve("cfdi/schemas/cfdi40-driver.xsd");
        if (!Files.exists(driver)) System.out.println("ORACLES NOT RUN: 1 (no CFDI schema at " + driver + ")");
        assumeTrue(Files.exists(driver), "ORACLES NOT RUN: 1");
        byte[] xml = cfdi(stored(shop.cashSaleOf(UUID.randomUUID(), 3)));

        SchemaFactory schemas = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        // SAT's product catalogue is an enumeration of 52,513 values, more than the parser takes for granted.
        schemas.setProperty("jdk.xml.maxOccurLimit", "0");
        Schema schema = schemas.newSchema(driver.toFile());

        schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(xml)));
        for (Receiver receiver : List.of(
                new Receiver("EKU9003173C9", "ESCUELA KEMPER URGATE", "42501", "601", "G02"),
                Receiver.generalPublic("72000"))) {
            byte[] credit = credit(stored(shop.cashSaleOf(UUID.randomUUID(), 3)), receiver);
            schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(credit)));
        }
        byte[] broken = new String(xml, StandardCharsets.UTF_8)
                .replace("ClaveProdServ=\"25172504\"", "ClaveProdServ=\"00000000\"")
                .getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(broken))))
                .as("the schema does look")
                .isInstanceOf(SAXParseException.class);
    }

    @Test
    void what_is_stored_is_the_sale_that_was_made() {
        Sale sale = shop.cashSaleOf(UUID.randomUUID(), 3);

        assertThat(stored(sale)).isEqualTo(sale);
    }

    @Test
    void its_totals_are_those_of_the_ticket() throws Exception {
        Sale sale = stored(shop.cashSaleOf(UUID.randomUUID(), 3));
        Element root = DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(cfdi(sale)))
                .getDocumentElement();

        assertThat(root.getAttribute("Total"))
                .isEqualTo(sale.totals().total().amount().toPlainString());
        assertThat(root.getAttribute("Folio"))
                .isEqualTo(Long.toString(sale.folio().number()));
        assertThat(root.getAttribute("FormaPago")).isEqualTo("01");
        assertThat(root.getElementsByTagNameNS("*", "Concepto").getLength()).isEqualTo(3);
        Element core = (Element) root.getElementsByTagNameNS("*", "Concepto").item(2);
        assertThat(core.getAttribute("ObjetoImp")).isEqualTo("01");
        assertThat(core.getAttribute("Importe")).isEqualTo("600.00");
    }

    @Test
    void what_comes_back_is_an_egreso_of_its_lines_related_to_the_invoice() throws Exception {
        Sale sold = stored(shop.cashSaleOf(UUID.randomUUID(), 3));
        Element root = DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(
                        credit(sold, new Receiver("EKU9003173C9", "ESCUELA KEMPER URGATE", "42501", "601", "G02"))))
                .getDocumentElement();

        assertThat(root.getAttribute("TipoDeComprobante")).isEqualTo("E");
        assertThat(root.getAttribute("MetodoPago")).isEqualTo("PUE");
        assertThat(root.getAttribute("Total"))
                .isEqualTo(sold.totals().total().amount().toPlainString());
        Element related =
                (Element) root.getElementsByTagNameNS("*", "CfdiRelacionados").item(0);
        assertThat(related.getAttribute("TipoRelacion")).isEqualTo("03");
        assertThat(((Element) related.getFirstChild()).getAttribute("UUID")).isEqualTo(INVOICE);
        assertThat(root.getElementsByTagNameNS("*", "Concepto").getLength()).isEqualTo(3);
        Element first = (Element) root.getElementsByTagNameNS("*", "Concepto").item(0);
        assertThat(first.getAttribute("Cantidad"))
                .isEqualTo(sold.lines().getFirst().quantity().text());
        assertThat(first.getAttribute("Importe"))
                .isEqualTo(sold.lines().getFirst().amounts().net().amount().toPlainString());
    }

    private static final String INVOICE = "6128396F-C09B-4EC6-8699-43C5F7E3B230";

    /** The whole ticket comes back and is paid back as it was paid. */
    private static byte[] credit(Sale sold, Receiver receiver) {
        List<SaleLine> lines = sold.lines().stream()
                .map(line -> new SaleLine(
                        UUID.randomUUID(),
                        line.kind().returned(),
                        line.part(),
                        line.lineCode(),
                        line.number(),
                        line.description(),
                        line.unit(),
                        line.quantity().negated(),
                        line.price(),
                        line.listPrice(),
                        line.amounts().returned(line.quantity(), Quantity.ZERO, line.quantity()),
                        line.tax(),
                        line.satProduct(),
                        line.satUnit(),
                        line.salesperson(),
                        line.salespersonName(),
                        "",
                        null,
                        new ReturnOf(
                                sold.id(),
                                line.id(),
                                sold.folio().text(),
                                ReturnOf.Reason.NOT_NEEDED,
                                ReturnTerms.PLAIN)))
                .toList();
        Totals totals = Totals.of(lines);
        Sale back = new Sale(
                UUID.randomUUID(),
                sold.store(),
                sold.register(),
                sold.cashSession(),
                sold.cashier(),
                sold.cashierName(),
                sold.folio(),
                sold.invoiceCode(),
                sold.soldAt(),
                sold.businessDay(),
                sold.issuer(),
                sold.fiscalState(),
                sold.priceVersion(),
                lines,
                List.of(new Tender(UUID.randomUUID(), Tender.Kind.CASH, totals.total(), totals.total(), "")),
                totals,
                null,
                null,
                null);
        FiscalSplit.Part part = FiscalSplit.of(back).credits().getFirst();
        return CfdiWriter.credit(
                back,
                part,
                1,
                INVOICE,
                CfdiWriter.Relation.RETURN,
                receiver,
                LocalDateTime.ofInstant(sold.soldAt(), ZoneId.of("America/Mexico_City")));
    }

    private Sale stored(Sale sale) {
        TestHub.bean(Intake.class).land(shop.id, TestShop.frame(shop.sale(sale)));
        while (TestHub.bean(Ledgers.class).apply().more()) {
            // to the end
        }
        return TestHub.bean(SaleArchive.class).sale(sale.id()).orElseThrow();
    }

    private static byte[] cfdi(Sale sale) {
        return CfdiWriter.write(
                sale,
                Receiver.generalPublic(sale.issuer().postalCode()),
                LocalDateTime.ofInstant(sale.soldAt(), ZoneId.of("America/Mexico_City")));
    }

    private static Path sharedData() {
        String named = System.getenv("REFAHUB_SHARED_DATA");
        return named == null ? Path.of("..", "..", "shared", "data") : Path.of(named);
    }
}
