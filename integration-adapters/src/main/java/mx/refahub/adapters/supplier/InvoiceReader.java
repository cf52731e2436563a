package mx.refahub.adapters.supplier;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.purchase.SupplierInvoice;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Reads and checks a supplier's CFDI 4.0 (SAT, Anexo 20). What makes it no invoice is refused; what is odd about it is named in {@code problems}, for a person:
 * <ul>
 *   <li>{@code seal-wrong}: the seal does not sign the document with the certificate that it carries; {@code seal-unchecked}: a complement is in it whose order in
 *       the signed text is not known here;
 *   <li>{@code certificate-unreadable}, {@code certificate-dates} (not valid on the day of issue), {@code certificate-other} (another taxpayer's or number);
 *   <li>{@code stamp-other-seal}: the stamp is of another document;
 *   <li>{@code sums-wrong}: the lines do not add up to the subtotal.
 * </ul>
 * Whether SAT issued the certificate and still knows the invoice is asked of SAT, not found here.
 */
public final class InvoiceReader {
    private static final String CFDI = "http://www.sat.gob.mx/cfd/4";
    private static final String STAMP = "http://www.sat.gob.mx/TimbreFiscalDigital";
    private static final Set<String> KINDS = Set.of("I", "E");
    private static final Set<String> CURRENCIES = Set.of("MXN", "USD");
    /** Where SAT's hours are told. */
    private static final ZoneId MEXICO = ZoneId.of("America/Mexico_City");

    private static final int MOST_LINES = 5_000;
    private static final int LONGEST = 200;
    /** For one unit of any currency. */
    private static final BigDecimal MOST_PESOS = BigDecimal.valueOf(10_000);

    private static final BigDecimal CENT = new BigDecimal("0.01");

    /** @return refused: {@code invoice-unreadable}, {@code invoice-not-stamped}, {@code invoice-kind} */
    public Outcome<SupplierInvoice> read(byte[] xml) {
        Element receipt;
        try {
            receipt = parse(xml);
        } catch (SAXException | IOException e) {
            return Outcome.refused("invoice-unreadable");
        }
        if (!CFDI.equals(receipt.getNamespaceURI())
                || !"Comprobante".equals(receipt.getLocalName())
                || !receipt.getAttribute("Version").equals("4.0")) return Outcome.refused("invoice-unreadable");
        String kind = receipt.getAttribute("TipoDeComprobante");
        if (!KINDS.contains(kind) || !CURRENCIES.contains(receipt.getAttribute("Moneda")))
            return Outcome.refused("invoice-kind", shown(kind), shown(receipt.getAttribute("Moneda")));
        NodeList stamps = receipt.getElementsByTagNameNS(STAMP, "TimbreFiscalDigital");
        if (stamps.getLength() != 1 || !(stamps.item(0) instanceof Element stamp))
            return Outcome.refused("invoice-not-stamped");
        try {
            return Outcome.done(invoice(receipt, stamp, kind));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            return Outcome.refused("invoice-unreadable");
        }
    }

    /** No DTD, no entity, nothing fetched: an XML file of a stranger. */
    private static Element parse(byte[] xml) throws SAXException, IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Strict());
            return builder.parse(new ByteArrayInputStream(xml)).getDocumentElement();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's own parser knows these features", e);
        }
    }

    private static final class Strict implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) {}

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }

    private static SupplierInvoice invoice(Element receipt, Element stamp, String kind) {
        Currency currency = Currency.getInstance(receipt.getAttribute("Moneda"));
        Element issuer = only(receipt, "Emisor");
        Element receiver = only(receipt, "Receptor");
        LocalDateTime issuedAt = LocalDateTime.parse(receipt.getAttribute("Fecha"));
        List<SupplierInvoice.Line> lines = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal discounts = BigDecimal.ZERO;
        for (Element concept : OriginalString.children(only(receipt, "Conceptos"), "Concepto")) {
            if (lines.size() == MOST_LINES) throw new IllegalArgumentException("more lines than any invoice has");
            BigDecimal gross = decimal(concept, "Importe");
            BigDecimal discount = concept.hasAttribute("Descuento") ? decimal(concept, "Descuento") : BigDecimal.ZERO;
            BigDecimal quantity = decimal(concept, "Cantidad");
            BigDecimal cost = decimal(concept, "ValorUnitario");
            sum = sum.add(gross);
            discounts = discounts.add(discount);
            lines.add(new SupplierInvoice.Line(
                    shown(concept.getAttribute("NoIdentificacion")),
                    shown(concept.getAttribute("Descripcion")),
                    shown(
                            concept.hasAttribute("Unidad")
                                    ? concept.getAttribute("Unidad")
                                    : concept.getAttribute("ClaveUnidad")),
                    quantity,
                    net(cost, discount, quantity),
                    Money.rounded(gross.subtract(discount), currency),
                    vat(concept, currency)));
        }
        if (lines.isEmpty()) throw new IllegalArgumentException("an invoice of nothing");
        BigDecimal subtotal = decimal(receipt, "SubTotal");
        List<String> problems = new ArrayList<>();
        checkSeal(receipt, stamp, issuer.getAttribute("Rfc"), issuedAt, problems);
        // Lines may have more decimals than the sum: half a centavo for each.
        BigDecimal slack = CENT.multiply(BigDecimal.valueOf(lines.size())).max(CENT);
        if (sum.subtract(subtotal).abs().compareTo(slack) > 0) problems.add("sums-wrong");
        BigDecimal discount = receipt.hasAttribute("Descuento") ? decimal(receipt, "Descuento") : BigDecimal.ZERO;
        if (discounts.subtract(discount).abs().compareTo(slack) > 0 && !problems.contains("sums-wrong"))
            problems.add("sums-wrong");
        BigDecimal rate = receipt.hasAttribute("TipoCambio") ? decimal(receipt, "TipoCambio") : BigDecimal.ONE;
        if (rate.signum() <= 0 || rate.compareTo(MOST_PESOS) > 0)
            throw new IllegalArgumentException("a rate of nothing");
        return new SupplierInvoice(
                UUID.fromString(stamp.getAttribute("UUID").toLowerCase(Locale.ROOT)),
                shown(issuer.getAttribute("Rfc")),
                shown(issuer.getAttribute("Nombre")),
                shown(receiver.getAttribute("Rfc")),
                kind,
                shown(receipt.getAttribute("Serie")),
                shown(receipt.getAttribute("Folio")),
                issuedAt,
                currency,
                rate,
                Money.rounded(subtotal.subtract(discount), currency),
                Money.rounded(decimal(receipt, "Total"), currency),
                withheld(receipt, currency),
                lines,
                problems);
    }

    /** What is transferred of a line, if that is VAT alone. */
    private static SupplierInvoice.@Nullable Vat vat(Element concept, Currency currency) {
        List<Element> taxes = OriginalString.children(concept, "Impuestos").stream()
                .flatMap(each -> OriginalString.under(each, "Traslados", "Traslado").stream())
                .toList();
        if (taxes.isEmpty())
            return new SupplierInvoice.Vat(SupplierInvoice.Factor.NONE, BigDecimal.ZERO, new Money(0, currency));
        Element tax = taxes.getFirst();
        if (taxes.size() > 1 || !tax.getAttribute("Impuesto").equals("002")) return null;
        return switch (tax.getAttribute("TipoFactor")) {
            case "Tasa" ->
                new SupplierInvoice.Vat(
                        SupplierInvoice.Factor.RATE,
                        decimal(tax, "TasaOCuota"),
                        Money.rounded(decimal(tax, "Importe"), currency));
            case "Exento" ->
                new SupplierInvoice.Vat(SupplierInvoice.Factor.EXEMPT, BigDecimal.ZERO, new Money(0, currency));
            default -> null;
        };
    }

    /** Those of the whole receipt, which are the sums of its lines'. */
    private static List<SupplierInvoice.Withheld> withheld(Element receipt, Currency currency) {
        Map<SupplierInvoice.Tax, BigDecimal> sums = new EnumMap<>(SupplierInvoice.Tax.class);
        for (Element taxes : OriginalString.children(receipt, "Impuestos"))
            for (Element each : OriginalString.under(taxes, "Retenciones", "Retencion"))
                sums.merge(tax(each.getAttribute("Impuesto")), decimal(each, "Importe"), BigDecimal::add);
        List<SupplierInvoice.Withheld> withheld = new ArrayList<>();
        sums.forEach((tax, sum) -> {
            Money amount = Money.rounded(sum, currency);
            if (!amount.isZero()) withheld.add(new SupplierInvoice.Withheld(tax, amount));
        });
        return withheld;
    }

    /** SAT's catalogue c_Impuesto. */
    private static SupplierInvoice.Tax tax(String code) {
        return switch (code) {
            case "001" -> SupplierInvoice.Tax.ISR;
            case "002" -> SupplierInvoice.Tax.IVA;
            case "003" -> SupplierInvoice.Tax.IEPS;
            default -> throw new IllegalArgumentException("tax " + code);
        };
    }

    /** Unit cost after the line's discount, which is what an order's cost is. */
    private static BigDecimal net(BigDecimal cost, BigDecimal discount, BigDecimal quantity) {
        return discount.signum() == 0
                ? cost
                : cost.subtract(discount.divide(quantity, 6, java.math.RoundingMode.HALF_UP));
    }

    private static Element only(Element parent, String name) {
        List<Element> found = OriginalString.children(parent, name);
        if (found.size() != 1) throw new IllegalArgumentException(found.size() + " of " + name);
        return found.getFirst();
    }

    /** SAT's t_Importe and t_Cantidad: at most eighteen digits and six decimals, never negative. */
    private static BigDecimal decimal(Element element, String attribute) {
        String text = element.getAttribute(attribute).strip();
        if (!text.matches("\\d{1,18}([.]\\d{1,6})?"))
            throw new IllegalArgumentException(attribute + " '" + shown(text) + "'");
        BigDecimal value = new BigDecimal(text);
        if (attribute.equals("Cantidad") && value.signum() == 0) throw new IllegalArgumentException("none of it");
        if (value.precision() - value.scale() > 12) throw new IllegalArgumentException(attribute + " is giant");
        return value;
    }

    private static String shown(String text) {
        String plain = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST);
    }

    private static void checkSeal(
            Element receipt, Element stamp, String rfc, LocalDateTime issuedAt, List<String> problems) {
        String seal = receipt.getAttribute("Sello").replaceAll("\\s", "");
        if (!stamp.getAttribute("SelloCFD").replaceAll("\\s", "").equals(seal)) problems.add("stamp-other-seal");
        X509Certificate certificate;
        byte[] signature;
        try {
            certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(Base64.getDecoder()
                            .decode(receipt.getAttribute("Certificado").replaceAll("\\s", ""))));
            signature = Base64.getDecoder().decode(seal);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            problems.add("certificate-unreadable");
            return;
        }
        Instant issued = issuedAt.atZone(MEXICO).toInstant();
        if (issued.isBefore(certificate.getNotBefore().toInstant())
                || issued.isAfter(certificate.getNotAfter().toInstant())) problems.add("certificate-dates");
        if (!number(certificate.getSerialNumber()).equals(receipt.getAttribute("NoCertificado"))
                || !names(certificate, rfc)) problems.add("certificate-other");
        Optional<String> original = OriginalString.of(receipt);
        if (original.isEmpty()) {
            problems.add("seal-unchecked");
            return;
        }
        try {
            Signature check = Signature.getInstance("SHA256withRSA");
            check.initVerify(certificate.getPublicKey());
            check.update(original.get().getBytes(StandardCharsets.UTF_8));
            if (!check.verify(signature)) problems.add("seal-wrong");
        } catch (GeneralSecurityException e) {
            problems.add("seal-wrong");
        }
    }

    /** SAT's certificate numbers are the serial number's bytes read as ASCII digits. */
    private static String number(BigInteger serial) {
        return new String(serial.toByteArray(), StandardCharsets.US_ASCII).strip();
    }

    /** The taxpayer stands as x500UniqueIdentifier (OID 2.5.4.45), of a company before its representative's. */
    private static boolean names(X509Certificate certificate, String rfc) {
        byte[] subject = certificate.getSubjectX500Principal().getEncoded();
        return new String(subject, StandardCharsets.UTF_8).contains(rfc)
                || new String(subject, StandardCharsets.ISO_8859_1).contains(rfc);
    }
}
