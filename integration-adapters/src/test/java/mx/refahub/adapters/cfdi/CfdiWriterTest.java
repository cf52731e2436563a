package mx.refahub.adapters.cfdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.FiscalState;
import mx.refahub.domain.sale.Folio;
import mx.refahub.domain.sale.InvoiceCode;
import mx.refahub.domain.sale.Issuer;
import mx.refahub.domain.sale.LineAmounts;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Totals;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.domain.tax.TaxRegion;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class CfdiWriterTest {
    private static final Tax GENERAL = Tax.of(TaxClass.GENERAL, TaxRegion.STANDARD, Tax.OBJECT);
    private static final Tax BORDER = Tax.of(TaxClass.GENERAL, TaxRegion.BORDER, Tax.OBJECT);
    private static final Tax ZERO = Tax.of(TaxClass.ZERO, TaxRegion.STANDARD, Tax.OBJECT);
    private static final Tax EXEMPT = Tax.of(TaxClass.EXEMPT, TaxRegion.STANDARD, Tax.OBJECT);

    /** Matrix of validations of CFDI 4.0, Concepto:Importe and Traslado:Importe: between the amount cut down and the amount rounded up, each figure taken half a last digit off. */
    @Property
    void amounts_stay_within_the_limits_of_the_sat(
            @ForAll @LongRange(min = 1, max = 90_000_000) long price,
            @ForAll @LongRange(min = 1, max = 5_000_000) long thousandths,
            @ForAll @IntRange(max = 100) int discountPercent,
            @ForAll boolean withTax,
            @ForAll boolean border)
            throws Exception {
        Tax tax = border ? BORDER : GENERAL;
        SaleLine line = line(price, thousandths, discountPercent, withTax, tax);
        Element concept = concepts(cfdi(sale(List.of(line)))).getFirst();

        BigDecimal quantity = decimal(concept, "Cantidad");
        BigDecimal unit = decimal(concept, "ValorUnitario");
        assertThat(decimal(concept, "Importe"))
                .isGreaterThanOrEqualTo(low(quantity).multiply(low(unit)).setScale(2, RoundingMode.DOWN))
                .isLessThanOrEqualTo(high(quantity).multiply(high(unit)).setScale(2, RoundingMode.UP));
        NodeList transfers = concept.getElementsByTagNameNS("*", "Traslado");
        if (line.amounts().base().isZero()) {
            assertThat(transfers.getLength()).isZero();
            assertThat(concept.getAttribute("ObjetoImp")).isEqualTo("04");
            return;
        }
        Element transfer = (Element) transfers.item(0);
        BigDecimal base = decimal(transfer, "Base");
        BigDecimal rate = decimal(transfer, "TasaOCuota");
        assertThat(decimal(transfer, "Importe"))
                .isGreaterThanOrEqualTo(low(base).multiply(rate).setScale(2, RoundingMode.DOWN))
                .isLessThanOrEqualTo(high(base).multiply(rate).setScale(2, RoundingMode.UP));
    }

    @Property(tries = 100)
    void the_receipt_adds_up(@ForAll Random random) throws Exception {
        List<SaleLine> lines = new ArrayList<>();
        List<Tax> taxes = List.of(GENERAL, BORDER, ZERO, EXEMPT, Tax.none());
        for (int i = 0; i < 1 + random.nextInt(12); i++)
            lines.add(line(
                    1 + random.nextInt(1_000_000),
                    1 + random.nextInt(9_000),
                    random.nextInt(100),
                    random.nextBoolean(),
                    taxes.get(random.nextInt(taxes.size()))));
        Sale sale = sale(lines);
        Element root = cfdi(sale);

        BigDecimal discount = root.hasAttribute("Descuento") ? decimal(root, "Descuento") : BigDecimal.ZERO;
        Element taxesNode =
                (Element) children(root, "Impuestos").stream().findFirst().orElse(null);
        BigDecimal tax = taxesNode == null || !taxesNode.hasAttribute("TotalImpuestosTrasladados")
                ? BigDecimal.ZERO
                : decimal(taxesNode, "TotalImpuestosTrasladados");
        assertThat(decimal(root, "SubTotal").subtract(discount).add(tax))
                .isEqualByComparingTo(decimal(root, "Total"))
                .isEqualByComparingTo(sale.totals().total().amount());
        BigDecimal ofLines = concepts(root).stream()
                .map(concept -> decimal(concept, "Importe"))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(ofLines).isEqualByComparingTo(decimal(root, "SubTotal"));
        if (taxesNode != null) {
            NodeList summed = taxesNode.getElementsByTagNameNS("*", "Traslado");
            BigDecimal ofRates = BigDecimal.ZERO;
            for (int i = 0; i < summed.getLength(); i++) {
                Element each = (Element) summed.item(i);
                boolean exempt = each.getAttribute("TipoFactor").equals("Exento");
                assertThat(each.hasAttribute("Importe")).isEqualTo(!exempt);
                if (!exempt) ofRates = ofRates.add(decimal(each, "Importe"));
            }
            assertThat(ofRates).isEqualByComparingTo(tax);
        }
    }

    @Test
    void a_ticket_of_exempt_parts_has_bases_and_no_total_of_taxes() throws Exception {
        Element root = cfdi(sale(List.of(line(10_000, 1_000, 0, false, EXEMPT))));
        Element taxes = (Element) children(root, "Impuestos").getFirst();

        assertThat(taxes.hasAttribute("TotalImpuestosTrasladados")).isFalse();
        assertThat(taxes.getElementsByTagNameNS("*", "Traslado").getLength()).isEqualTo(1);
    }

    @Test
    void names_that_would_break_the_form_are_cleaned() throws Exception {
        SaleLine bad = new SaleLine(
                UUID.randomUUID(),
                SaleLine.Kind.PART,
                new PartId(UUID.randomUUID()),
                new LineCode("FRI"),
                new PartNumber("79|74"),
                " <Balata> & \"ñ\" | \u0007 😀 \n" + "x".repeat(2_000),
                "",
                Quantity.ONE,
                new Price(Money.mxn(100), true),
                new Price(Money.mxn(100), true),
                LineAmounts.of(new Price(Money.mxn(100), true), Quantity.ONE, Money.mxn(0), GENERAL),
                GENERAL,
                "",
                "",
                new UserId(UUID.randomUUID()),
                "Marta",
                "",
                null,
                null);
        Element concept = concepts(cfdi(sale(List.of(bad)))).getFirst();

        assertThat(concept.getAttribute("Descripcion"))
                .startsWith("<Balata> & \"ñ\" 😀 xxx")
                .hasSizeLessThanOrEqualTo(1_000);
        assertThat(concept.getAttribute("NoIdentificacion")).isEqualTo("FRI 79 74");
        assertThat(concept.getAttribute("ClaveProdServ")).isEqualTo("01010101");
        assertThat(concept.hasAttribute("Unidad")).isFalse();
    }

    @Test
    void an_item_outside_the_catalogue_has_the_general_keys_and_no_number_of_ours() throws Exception {
        Price price = new Price(Money.mxn(11_600), true);
        SaleLine misc = new SaleLine(
                UUID.randomUUID(),
                SaleLine.Kind.MISC,
                PartId.NONE,
                new LineCode("VAR"),
                new PartNumber("VARIOS"),
                "Manguera a la medida",
                "PZA",
                Quantity.of(2),
                price,
                price,
                LineAmounts.of(price, Quantity.of(2), Money.mxn(0), GENERAL),
                GENERAL,
                "01010101",
                "H87",
                new UserId(UUID.randomUUID()),
                "Marta",
                "",
                null,
                null);
        Element concept = concepts(cfdi(sale(List.of(misc)))).getFirst();

        assertThat(concept.getAttribute("ClaveProdServ")).isEqualTo("01010101");
        assertThat(concept.getAttribute("ClaveUnidad")).isEqualTo("H87");
        assertThat(concept.getAttribute("Descripcion")).isEqualTo("Manguera a la medida");
        assertThat(concept.getAttribute("Importe")).isEqualTo("200.00");
        assertThat(concept.hasAttribute("NoIdentificacion")).isFalse();
    }

    private static BigDecimal low(BigDecimal value) {
        return value.subtract(half(value));
    }

    private static BigDecimal high(BigDecimal value) {
        return value.add(half(value)).subtract(BigDecimal.ONE.movePointLeft(12));
    }

    private static BigDecimal half(BigDecimal value) {
        return new BigDecimal("0.5").movePointLeft(Math.max(0, value.scale()));
    }

    private static BigDecimal decimal(Element element, String name) {
        return new BigDecimal(element.getAttribute(name));
    }

    private static Element cfdi(Sale sale) throws Exception {
        byte[] xml = CfdiWriter.write(sale, Receiver.generalPublic("72000"), LocalDateTime.of(2026, 11, 21, 12, 0));
        return DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml))
                .getDocumentElement();
    }

    private static List<Element> concepts(Element root) {
        NodeList found = root.getElementsByTagNameNS("*", "Concepto");
        List<Element> concepts = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) concepts.add((Element) found.item(i));
        return concepts;
    }

    private static List<Element> children(Element root, String name) {
        List<Element> children = new ArrayList<>();
        for (var node = root.getFirstChild(); node != null; node = node.getNextSibling())
            if (node instanceof Element element && element.getLocalName().equals(name)) children.add(element);
        return children;
    }

    private static SaleLine line(long price, long thousandths, int discountPercent, boolean withTax, Tax tax) {
        Price charged = new Price(Money.mxn(price), withTax);
        Quantity quantity = new Quantity(thousandths);
        Money full = charged.amount().times(quantity.value());
        Money discount = full.times(BigDecimal.valueOf(discountPercent, 2)).min(full);
        return new SaleLine(
                UUID.randomUUID(),
                SaleLine.Kind.PART,
                new PartId(UUID.randomUUID()),
                new LineCode("FRI"),
                new PartNumber("7974-D1045"),
                "Balata delantera",
                "JGO",
                quantity,
                charged,
                charged,
                LineAmounts.of(charged, quantity, discount, tax),
                tax,
                "25172504",
                "H87",
                new UserId(UUID.randomUUID()),
                "Marta",
                "",
                null,
                null);
    }

    private static Sale sale(List<SaleLine> lines) {
        Totals totals = Totals.of(lines);
        return new Sale(
                UUID.randomUUID(),
                new StoreId(UUID.randomUUID()),
                new RegisterId(UUID.randomUUID()),
                UUID.randomUUID(),
                new UserId(UUID.randomUUID()),
                "Marta",
                new Folio("C1", 4711),
                InvoiceCode.random(new Random(1)),
                Instant.parse("2026-11-21T18:00:00Z"),
                LocalDate.of(2026, 11, 21),
                new Issuer("EKU9003173C9", "ESCUELA KEMPER URGATE", "601", "72000"),
                FiscalState.PENDING,
                1,
                lines,
                List.of(new Tender(UUID.randomUUID(), Tender.Kind.CASH, totals.total(), totals.total(), "")),
                totals);
    }
}
