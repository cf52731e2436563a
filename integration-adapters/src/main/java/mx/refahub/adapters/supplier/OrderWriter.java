package mx.refahub.adapters.supplier;

import com.lowagie.text.Document;
import com.lowagie.text.Element;
import com.lowagie.text.Font;
import com.lowagie.text.PageSize;
import com.lowagie.text.Paragraph;
import com.lowagie.text.Phrase;
import com.lowagie.text.pdf.BaseFont;
import com.lowagie.text.pdf.PdfPCell;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;
import mx.refahub.domain.purchase.OrderPapers;
import mx.refahub.domain.purchase.PurchaseOrder;

/** An order as CSV, as PDF and as the text of a message; in Spanish, as suppliers read it. */
public final class OrderWriter implements OrderPapers {
    private static final float MARGIN = 40;
    private static final float[] WIDTHS = {5, 16, 16, 34, 9, 10, 10};
    private static final String MARK = "\uFEFF";
    private static final String LINE = "\r\n";

    private final Supplier<Buyer> buyer;

    /** @param buyer asked for each paper: the company may change its name */
    public OrderWriter(Supplier<Buyer> buyer) {
        this.buyer = buyer;
    }

    @Override
    public byte[] csv(PurchaseOrder order) {
        StringBuilder out = new StringBuilder(MARK)
                .append(
                        "order,line,supplier_number,line_code,part_number,description,unit,quantity,cost,currency,amount")
                .append(LINE);
        int n = 0;
        for (PurchaseOrder.Line line : order.lines())
            out.append(String.join(
                            ",",
                            cell(order.number()),
                            Integer.toString(++n),
                            cell(line.theirNumber()),
                            cell(line.lineCode()),
                            cell(line.partNumber()),
                            cell(line.name()),
                            cell(line.unit()),
                            line.quantity().text(),
                            line.cost().toPlainString(),
                            order.currency().getCurrencyCode(),
                            order.amount(line).amount().toPlainString()))
                    .append(LINE);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** As OWASP's 'CSV Injection' page advises: what begins like a formula is text. */
    private static String cell(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }

    @Override
    public byte[] pdf(PurchaseOrder order) {
        Buyer from = buyer.get();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Document page = new Document(PageSize.LETTER, MARGIN, MARGIN, MARGIN, MARGIN);
        PdfWriter.getInstance(page, bytes);
        page.addTitle("Orden de compra " + order.number());
        page.addAuthor(from.name());
        page.open();
        Font title = new Font(font(true), 16);
        Font bold = new Font(font(true), 9);
        Font plain = new Font(font(false), 9);
        page.add(new Paragraph("Orden de compra " + order.number(), title));
        page.add(new Paragraph(from.name() + "  ·  RFC " + from.rfc(), plain));
        page.add(new Paragraph(
                "Proveedor: " + order.supplier().name()
                        + (order.supplier().rfc().isEmpty()
                                ? ""
                                : "  ·  RFC " + order.supplier().rfc()),
                plain));
        page.add(new Paragraph("Entregar en: " + order.storeName() + " (" + order.storeCode() + ")", plain));
        LocalDate expected = order.expectedOn();
        if (expected != null) page.add(new Paragraph("Entrega esperada: " + expected, plain));
        if (!order.note().isEmpty()) page.add(new Paragraph("Nota: " + order.note(), plain));
        PdfPTable table = new PdfPTable(WIDTHS);
        table.setWidthPercentage(100);
        table.setSpacingBefore(12);
        table.setHeaderRows(1);
        for (String head : List.of("#", "Su clave", "Clave", "Descripción", "Cantidad", "Costo", "Importe"))
            table.addCell(cell(head, bold, Element.ALIGN_LEFT));
        int n = 0;
        for (PurchaseOrder.Line line : order.lines()) {
            table.addCell(cell(Integer.toString(++n), plain, Element.ALIGN_RIGHT));
            table.addCell(cell(line.theirNumber(), plain, Element.ALIGN_LEFT));
            table.addCell(cell(line.lineCode() + " " + line.partNumber(), plain, Element.ALIGN_LEFT));
            table.addCell(cell(line.name(), plain, Element.ALIGN_LEFT));
            table.addCell(cell(line.quantity().text() + " " + line.unit(), plain, Element.ALIGN_RIGHT));
            table.addCell(cell(line.costText(), plain, Element.ALIGN_RIGHT));
            table.addCell(cell(order.amount(line).amount().toPlainString(), plain, Element.ALIGN_RIGHT));
        }
        page.add(table);
        Paragraph total = new Paragraph(
                "Total sin impuestos: " + order.total().text() + " "
                        + order.currency().getCurrencyCode(),
                bold);
        total.setAlignment(Element.ALIGN_RIGHT);
        page.add(total);
        page.close();
        return bytes.toByteArray();
    }

    private static PdfPCell cell(String text, Font font, int alignment) {
        PdfPCell cell = new PdfPCell(new Phrase(text, font));
        cell.setHorizontalAlignment(alignment);
        return cell;
    }

    /** One of the fonts that every reader has; its code page holds all of Spanish. */
    private static BaseFont font(boolean bold) {
        try {
            return BaseFont.createFont(
                    bold ? BaseFont.HELVETICA_BOLD : BaseFont.HELVETICA, BaseFont.CP1252, BaseFont.NOT_EMBEDDED);
        } catch (java.io.IOException e) {
            throw new IllegalStateException("a standard font is part of the library", e);
        }
    }

    @Override
    public Mail mail(PurchaseOrder order) {
        Buyer from = buyer.get();
        StringBuilder text = new StringBuilder("Buen día:\n\nLes pedimos lo siguiente, orden de compra ")
                .append(order.number())
                .append(" de ")
                .append(from.name())
                .append(" (RFC ")
                .append(from.rfc())
                .append("):\n\n");
        for (PurchaseOrder.Line line : order.lines())
            text.append(line.quantity().text())
                    .append(' ')
                    .append(line.unit())
                    .append("  ")
                    .append(
                            line.theirNumber().isEmpty()
                                    ? line.lineCode() + " " + line.partNumber()
                                    : line.theirNumber())
                    .append("  ")
                    .append(line.name())
                    .append("  ")
                    .append(line.costText())
                    .append('\n');
        text.append("\nTotal sin impuestos: ")
                .append(order.total().text())
                .append(' ')
                .append(order.currency().getCurrencyCode())
                .append("\nEntregar en: ")
                .append(order.storeName());
        LocalDate expected = order.expectedOn();
        if (expected != null) text.append("\nEntrega esperada: ").append(expected);
        text.append("\n\nAnoten por favor el número de la orden en su factura.\n");
        return new Mail(
                order.supplier().email(), "Orden de compra " + order.number() + " · " + from.name(), text.toString());
    }
}
