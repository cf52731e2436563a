package mx.refahub.adapters.supplier;

import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The 'cadena original' of a CFDI 4.0, which its seal signs: the attributes in the order of SAT's Anexo 20 (RMF, section 'Generación de la cadena original'), each
 * behind a bar and with its blanks collapsed.
 */
final class OriginalString {
    private static final String CFDI = "http://www.sat.gob.mx/cfd/4";
    private static final String STAMP = "http://www.sat.gob.mx/TimbreFiscalDigital";

    private final StringBuilder out = new StringBuilder("|");
    private boolean whole = true;

    private OriginalString() {}

    /** Empty where the document holds a complement whose order is not known here. */
    static Optional<String> of(Element receipt) {
        OriginalString string = new OriginalString();
        string.receipt(receipt);
        return string.whole ? Optional.of(string.out.append("||").toString()) : Optional.empty();
    }

    private void receipt(Element receipt) {
        put(
                receipt,
                "Version",
                "Serie?",
                "Folio?",
                "Fecha",
                "FormaPago?",
                "NoCertificado",
                "CondicionesDePago?",
                "SubTotal",
                "Descuento?",
                "Moneda",
                "TipoCambio?",
                "Total",
                "TipoDeComprobante",
                "Exportacion",
                "MetodoPago?",
                "LugarExpedicion",
                "Confirmacion?");
        for (Element one : children(receipt, "InformacionGlobal")) put(one, "Periodicidad", "Meses", "Año");
        for (Element related : children(receipt, "CfdiRelacionados")) {
            put(related, "TipoRelacion");
            for (Element one : children(related, "CfdiRelacionado")) put(one, "UUID");
        }
        for (Element one : children(receipt, "Emisor")) put(one, "Rfc", "Nombre", "RegimenFiscal", "FacAtrAdquirente?");
        for (Element one : children(receipt, "Receptor"))
            put(
                    one,
                    "Rfc",
                    "Nombre",
                    "DomicilioFiscalReceptor",
                    "ResidenciaFiscal?",
                    "NumRegIdTrib?",
                    "RegimenFiscalReceptor",
                    "UsoCFDI");
        for (Element concepts : children(receipt, "Conceptos"))
            for (Element concept : children(concepts, "Concepto")) concept(concept);
        for (Element taxes : children(receipt, "Impuestos")) {
            for (Element one : under(taxes, "Retenciones", "Retencion")) put(one, "Impuesto", "Importe");
            put(taxes, "TotalImpuestosRetenidos?");
            for (Element one : under(taxes, "Traslados", "Traslado"))
                put(one, "Base", "Impuesto", "TipoFactor", "TasaOCuota?", "Importe?");
            put(taxes, "TotalImpuestosTrasladados?");
        }
        for (Element complement : children(receipt, "Complemento"))
            for (Node node = complement.getFirstChild(); node != null; node = node.getNextSibling())
                // The stamp comes after the seal and is not part of it.
                if (node instanceof Element && !STAMP.equals(node.getNamespaceURI())) whole = false;
    }

    private void concept(Element concept) {
        put(
                concept,
                "ClaveProdServ",
                "NoIdentificacion?",
                "Cantidad",
                "ClaveUnidad",
                "Unidad?",
                "Descripcion",
                "ValorUnitario",
                "Importe",
                "Descuento?",
                "ObjetoImp");
        for (Element taxes : children(concept, "Impuestos")) {
            for (Element one : under(taxes, "Traslados", "Traslado"))
                put(one, "Base", "Impuesto", "TipoFactor", "TasaOCuota?", "Importe?");
            for (Element one : under(taxes, "Retenciones", "Retencion"))
                put(one, "Base", "Impuesto", "TipoFactor", "TasaOCuota", "Importe");
        }
        for (Element one : children(concept, "ACuentaTerceros"))
            put(
                    one,
                    "RfcACuentaTerceros",
                    "NombreACuentaTerceros",
                    "RegimenFiscalACuentaTerceros",
                    "DomicilioFiscalACuentaTerceros");
        for (Element one : children(concept, "InformacionAduanera")) put(one, "NumeroPedimento");
        for (Element one : children(concept, "CuentaPredial")) put(one, "Numero");
        if (!children(concept, "ComplementoConcepto").isEmpty()) whole = false;
        for (Element part : children(concept, "Parte")) {
            put(
                    part,
                    "ClaveProdServ",
                    "NoIdentificacion?",
                    "Cantidad",
                    "Unidad?",
                    "Descripcion",
                    "ValorUnitario?",
                    "Importe?");
            for (Element one : children(part, "InformacionAduanera")) put(one, "NumeroPedimento");
        }
    }

    /** @param names a question mark behind one that is left out where it is not there */
    private void put(Element element, String... names) {
        for (String name : names) {
            boolean optional = name.endsWith("?");
            String attribute = optional ? name.substring(0, name.length() - 1) : name;
            if (optional && !element.hasAttribute(attribute)) continue;
            out.append('|')
                    .append(element.getAttribute(attribute)
                            .replaceAll("[ \\t\\r\\n]+", " ")
                            .strip());
        }
    }

    static List<Element> under(Element element, String group, String name) {
        return children(element, group).stream()
                .flatMap(each -> children(each, name).stream())
                .toList();
    }

    static List<Element> children(Element element, String name) {
        List<Element> found = new java.util.ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling())
            if (node instanceof Element child
                    && CFDI.equals(child.getNamespaceURI())
                    && child.getLocalName().equals(name)) found.add(child);
        return found;
    }
}
