package mx.refahub.adapters.cfdi;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import mx.refahub.domain.fiscal.FiscalSplit;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.LineAmounts;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxFactor;
import org.jspecify.annotations.Nullable;

/**
 * A finished ticket as a CFDI 4.0 of type ingreso, and what came back of one as a CFDI of type egreso (SAT, Anexo 20 of the RMF, version 4.0), unsigned: certificate and seal are the stamping's. Everything in it
 * was frozen with the sale; nothing is computed again but the unit value and the sums.
 */
public final class CfdiWriter {
    static final String NAMESPACE = "http://www.sat.gob.mx/cfd/4";
    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
    private static final String LOCATION = NAMESPACE + " http://www.sat.gob.mx/sitio_internet/cfd/4/cfdv40.xsd";
    private static final String IVA = "002";
    /** 'Sí objeto del impuesto y no causa impuesto': what is given away has no base, and a base of zero may not be written. */
    private static final String OBJECT_WITHOUT_TAX = "04";
    /** 'No existe en el catálogo' and 'pieza', for parts that the catalogue brought without SAT's keys. */
    private static final String UNKNOWN_PRODUCT = "01010101";

    private static final String PIECE = "H87";
    /** A ticket's invoice and its credit notes have the same number in series of their own. */
    private static final String CREDIT_SERIES = "NC";

    private static final int MAX_DESCRIPTION = 1000;
    private static final int MAX_NUMBER = 100;
    private static final int MAX_UNIT = 20;
    private static final int MAX_NAME = 300;

    private CfdiWriter() {}

    /**
     * @param issuedAt by the clock at the place of issue, not in the future
     * @throws IllegalArgumentException if lines of the sale bring something back: what comes back is a document of its own, an egreso
     */
    public static byte[] write(Sale sale, Receiver receiver, LocalDateTime issuedAt) {
        if (sale.lines().stream().anyMatch(line -> line.kind().comesBack()))
            throw new IllegalArgumentException(
                    "sale " + sale.id() + " brings something back: an ingreso cannot say so");
        return write(
                new Voucher(
                        sale,
                        sale.lines(),
                        sale.folio().prefix(),
                        Long.toString(sale.folio().number()),
                        paymentForm(sale),
                        isOwed(sale) ? "PPD" : "PUE",
                        null),
                receiver,
                issuedAt);
    }

    /** c_TipoRelacion. */
    public enum Relation {
        /** Nota de crédito de los documentos relacionados: of the price alone. */
        CREDIT_NOTE("01"),
        /** Devolución de mercancía sobre facturas o traslados previos. */
        RETURN("03");

        private final String code;

        Relation(String code) {
            this.code = code;
        }
    }

    /**
     * A credit note: what came back of one ticket, by line, amounts positive. Goods that come back are related by 03; where only the price is credited it is 01.
     *
     * @param part one of the credits that the sale was split into
     * @param position of it among them, from 1: several of one ticket have different folios
     * @param invoice UUID of the invoice that the ticket was in
     */
    public static byte[] credit(
            Sale sale,
            FiscalSplit.Part part,
            int position,
            String invoice,
            Relation relation,
            Receiver receiver,
            LocalDateTime issuedAt) {
        Set<UUID> ids = Set.copyOf(part.lines());
        List<SaleLine> lines =
                sale.lines().stream().filter(line -> ids.contains(line.id())).toList();
        if (lines.size() != ids.size()
                || lines.stream().anyMatch(line -> !line.kind().comesBack()))
            throw new IllegalArgumentException("a credit note of what did not come back with sale " + sale.id());
        return write(
                new Voucher(
                        sale,
                        lines,
                        CREDIT_SERIES + sale.folio().prefix(),
                        sale.folio().number() + (position == 1 ? "" : "-" + position),
                        creditForm(part.paymentForm()),
                        "PUE",
                        new Related(relation, invoice)),
                receiver,
                issuedAt);
    }

    /** What went back to the customer's account was settled against what is owed: 99 goes with PPD alone, which no egreso has. */
    private static String creditForm(String form) {
        return form.equals(Tender.Kind.ON_ACCOUNT.satPaymentForm()) ? FiscalSplit.COMPENSATION : form;
    }

    private record Related(Relation relation, String uuid) {}

    /** @param related null on an ingreso */
    private record Voucher(
            Sale sale,
            List<SaleLine> lines,
            String series,
            String folio,
            String form,
            String method,
            @Nullable Related related) {
        /** As CFDI writes it: what comes back is positive on an egreso. */
        Money positive(Money money) {
            return related == null ? money : money.negated();
        }

        Money sum(Function<LineAmounts, Money> which) {
            Money sum = Money.zero(sale.totals().total().currency());
            for (SaleLine line : lines) sum = sum.plus(positive(which.apply(line.amounts())));
            return sum;
        }
    }

    private static byte[] write(Voucher voucher, Receiver receiver, LocalDateTime issuedAt) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            receipt(xml, voucher, receiver, issuedAt);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a byte array does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void receipt(XMLStreamWriter xml, Voucher voucher, Receiver receiver, LocalDateTime issuedAt)
            throws XMLStreamException {
        Sale sale = voucher.sale();
        Money net = voucher.sum(LineAmounts::net);
        Money discount = voucher.sum(LineAmounts::discount);
        xml.setPrefix("cfdi", NAMESPACE);
        xml.writeStartElement("cfdi", "Comprobante", NAMESPACE);
        xml.writeNamespace("cfdi", NAMESPACE);
        xml.writeNamespace("xsi", XSI);
        xml.writeAttribute("xsi", XSI, "schemaLocation", LOCATION);
        attribute(xml, "Version", "4.0");
        attribute(xml, "Serie", voucher.series());
        attribute(xml, "Folio", voucher.folio());
        attribute(xml, "Fecha", DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(issuedAt.truncatedTo(ChronoUnit.SECONDS)));
        attribute(xml, "Sello", "");
        attribute(xml, "FormaPago", voucher.form());
        attribute(xml, "NoCertificado", "00000000000000000000");
        attribute(xml, "Certificado", "");
        attribute(xml, "SubTotal", text(net));
        if (!discount.isZero()) attribute(xml, "Descuento", text(discount));
        attribute(xml, "Moneda", sale.totals().total().currency().getCurrencyCode());
        attribute(xml, "Total", text(voucher.sum(LineAmounts::total)));
        attribute(xml, "TipoDeComprobante", voucher.related() == null ? "I" : "E");
        attribute(xml, "Exportacion", "01");
        attribute(xml, "MetodoPago", voucher.method());
        attribute(xml, "LugarExpedicion", sale.issuer().postalCode());
        if (receiver.isGeneralPublic()) {
            xml.writeEmptyElement("cfdi", "InformacionGlobal", NAMESPACE);
            attribute(xml, "Periodicidad", "01");
            attribute(xml, "Meses", String.format(Locale.ROOT, "%02d", issuedAt.getMonthValue()));
            attribute(xml, "Año", Integer.toString(issuedAt.getYear()));
        }
        Related related = voucher.related();
        if (related != null) {
            xml.writeStartElement("cfdi", "CfdiRelacionados", NAMESPACE);
            attribute(xml, "TipoRelacion", related.relation().code);
            xml.writeEmptyElement("cfdi", "CfdiRelacionado", NAMESPACE);
            attribute(xml, "UUID", related.uuid());
            xml.writeEndElement();
        }
        parties(xml, sale, receiver);
        lines(xml, voucher);
        taxes(xml, voucher);
        xml.writeEndElement();
    }

    private static void parties(XMLStreamWriter xml, Sale sale, Receiver receiver) throws XMLStreamException {
        xml.writeEmptyElement("cfdi", "Emisor", NAMESPACE);
        attribute(xml, "Rfc", sale.issuer().rfc());
        attribute(xml, "Nombre", clean(sale.issuer().name(), MAX_NAME));
        attribute(xml, "RegimenFiscal", sale.issuer().regime());
        xml.writeEmptyElement("cfdi", "Receptor", NAMESPACE);
        attribute(xml, "Rfc", receiver.rfc());
        attribute(xml, "Nombre", clean(receiver.name(), MAX_NAME));
        attribute(xml, "DomicilioFiscalReceptor", receiver.postalCode());
        attribute(xml, "RegimenFiscalReceptor", receiver.regime());
        attribute(xml, "UsoCFDI", receiver.use());
    }

    private static void lines(XMLStreamWriter xml, Voucher voucher) throws XMLStreamException {
        xml.writeStartElement("cfdi", "Conceptos", NAMESPACE);
        for (SaleLine line : voucher.lines()) {
            xml.writeStartElement("cfdi", "Concepto", NAMESPACE);
            attribute(xml, "ClaveProdServ", line.satProduct().isBlank() ? UNKNOWN_PRODUCT : line.satProduct());
            if (line.kind().hasPart())
                attribute(xml, "NoIdentificacion", clean(line.lineCode() + " " + line.number(), MAX_NUMBER));
            attribute(
                    xml, "Cantidad", (line.kind().comesBack() ? line.quantity().negated() : line.quantity()).text());
            attribute(xml, "ClaveUnidad", line.satUnit().isBlank() ? PIECE : line.satUnit());
            if (!line.unit().isBlank()) attribute(xml, "Unidad", clean(line.unit(), MAX_UNIT));
            attribute(xml, "Descripcion", description(line));
            attribute(xml, "ValorUnitario", line.unitNet().toPlainString());
            attribute(xml, "Importe", text(voucher.positive(line.amounts().net())));
            if (!line.amounts().discount().isZero())
                attribute(xml, "Descuento", text(voucher.positive(line.amounts().discount())));
            attribute(xml, "ObjetoImp", object(line));
            if (isTaxed(line)) {
                xml.writeStartElement("cfdi", "Impuestos", NAMESPACE);
                xml.writeStartElement("cfdi", "Traslados", NAMESPACE);
                transfer(
                        xml,
                        line.tax(),
                        voucher.positive(line.amounts().base()),
                        voucher.positive(line.amounts().tax()));
                xml.writeEndElement();
                xml.writeEndElement();
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String description(SaleLine line) {
        String text = clean(line.description(), MAX_DESCRIPTION);
        return switch (line.kind()) {
            case PART, MISC, VOUCHER -> text;
            case CORE_DEPOSIT, CORE_RETURN -> clean("Depósito por casco: " + text, MAX_DESCRIPTION);
            case RETURN, MISC_RETURN -> clean("Devolución: " + text, MAX_DESCRIPTION);
        };
    }

    private static boolean isTaxed(SaleLine line) {
        return line.tax().factor() != TaxFactor.NONE && !line.amounts().base().isZero();
    }

    private static String object(SaleLine line) {
        boolean withoutBase = line.tax().object().equals(Tax.OBJECT) && !isTaxed(line);
        return withoutBase ? OBJECT_WITHOUT_TAX : line.tax().object();
    }

    /** One sum per factor and rate, over the very amounts of the lines. */
    private static void taxes(XMLStreamWriter xml, Voucher voucher) throws XMLStreamException {
        Map<Tax, Money[]> sums = new LinkedHashMap<>();
        for (SaleLine line : voucher.lines()) {
            if (!isTaxed(line)) continue;
            sums.merge(
                    new Tax(Tax.OBJECT, line.tax().factor(), line.tax().rate()),
                    new Money[] {
                        voucher.positive(line.amounts().base()),
                        voucher.positive(line.amounts().tax())
                    },
                    (a, b) -> new Money[] {a[0].plus(b[0]), a[1].plus(b[1])});
        }
        if (sums.isEmpty()) return;
        xml.writeStartElement("cfdi", "Impuestos", NAMESPACE);
        // A ticket of nothing but exempt lines has bases and no total.
        if (sums.keySet().stream().anyMatch(tax -> tax.factor() == TaxFactor.RATE))
            attribute(xml, "TotalImpuestosTrasladados", text(voucher.sum(LineAmounts::tax)));
        xml.writeStartElement("cfdi", "Traslados", NAMESPACE);
        for (Map.Entry<Tax, Money[]> sum : sums.entrySet())
            transfer(xml, sum.getKey(), sum.getValue()[0], sum.getValue()[1]);
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void transfer(XMLStreamWriter xml, Tax tax, Money base, Money amount) throws XMLStreamException {
        xml.writeEmptyElement("cfdi", "Traslado", NAMESPACE);
        attribute(xml, "Base", text(base));
        attribute(xml, "Impuesto", IVA);
        if (tax.factor() == TaxFactor.EXEMPT) {
            attribute(xml, "TipoFactor", "Exento");
        } else {
            attribute(xml, "TipoFactor", "Tasa");
            attribute(xml, "TasaOCuota", tax.rate().toPlainString());
            attribute(xml, "Importe", text(amount));
        }
    }

    /** Whether some of it is paid later: then how is not known yet (99, por definir), and each payment has a document of its own. */
    private static boolean isOwed(Sale sale) {
        return !sale.onAccount().isZero();
    }

    /** With several forms of payment: the one that paid most (guide to Anexo 20, FormaPago). */
    private static String paymentForm(Sale sale) {
        if (isOwed(sale)) return Tender.Kind.ON_ACCOUNT.satPaymentForm();
        return sale.tenders().stream()
                .max(Comparator.comparing(Tender::amount))
                .map(tender -> tender.kind().satPaymentForm())
                .orElse(Tender.Kind.CASH.satPaymentForm());
    }

    private static String text(Money money) {
        BigDecimal amount = money.amount();
        return amount.toPlainString();
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, value);
    }

    /** What XML 1.0 and SAT's patterns take: no control characters, no '|', single blanks, at most so long. */
    private static String clean(String text, int limit) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isWhitespace(c) || Character.isISOControl(c) || c == '|' ? ' ' : c)
                .filter(c -> c < 0xD800 || c > 0xDFFF && c != 0xFFFE && c != 0xFFFF)
                .forEach(out::appendCodePoint);
        String clean = out.toString().replaceAll(" +", " ").strip();
        if (clean.isEmpty()) return "-";
        int end = Math.min(clean.length(), limit);
        if (end < clean.length() && Character.isHighSurrogate(clean.charAt(end - 1))) end--;
        return clean.substring(0, end).strip();
    }
}
