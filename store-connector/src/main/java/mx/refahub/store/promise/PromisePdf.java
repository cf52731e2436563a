package mx.refahub.store.promise;

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
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import mx.refahub.domain.promise.Promise;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.store.branch.Branch;

/** A promise as a letter-size page. In Spanish: it goes to a Mexican customer. */
final class PromisePdf {
    private static final float MARGIN = 40;
    private static final float[] WIDTHS = {18, 46, 12, 12, 12};

    private PromisePdf() {}

    static byte[] of(Promise promise, Branch branch, LocalDate today) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Document page = new Document(PageSize.LETTER, MARGIN, MARGIN, MARGIN, MARGIN);
        PdfWriter.getInstance(page, bytes);
        String title = PromisePaper.title(promise.kind()) + " " + promise.number();
        page.addTitle(title);
        page.addAuthor(branch.name());
        page.open();
        Font bold = new Font(font(true), 9);
        Font plain = new Font(font(false), 9);
        page.add(new Paragraph(title, new Font(font(true), 16)));
        page.add(new Paragraph(
                branch.name() + "  ·  " + branch.issuer().name() + "  ·  RFC "
                        + branch.issuer().rfc(),
                plain));
        if (!branch.address().isBlank()) page.add(new Paragraph(branch.address(), plain));
        Promise.Client customer = promise.customer();
        if (customer != null) page.add(new Paragraph("Cliente: " + customer.name(), plain));
        page.add(new Paragraph(
                "Fecha: " + PromisePaper.DAY.format(promise.day()) + "  ·  Atendió: " + promise.byName(), plain));
        page.add(lines(promise, bold, plain));
        right(
                page,
                "Descuento: " + promise.totals().discount().text(),
                plain,
                !promise.totals().discount().isZero());
        right(page, "IVA: " + promise.totals().tax().text(), plain, true);
        right(page, "Total: " + promise.totals().total().text(), bold, true);
        if (promise.kind().holdsDeposit()) {
            right(page, "Anticipo: " + promise.deposit().text(), plain, true);
            right(page, "Resta: " + promise.left().text(), bold, true);
        }
        boolean cancelled = promise.state() == Promise.State.CANCELLED;
        page.add(new Paragraph(cancelled ? PromisePaper.cancelled(promise.kind()) : until(promise, today), bold));
        if (!cancelled)
            for (Promise.Installment one : promise.plan())
                page.add(new Paragraph(
                        "Pago del " + PromisePaper.DAY.format(one.on()) + ": "
                                + one.amount().text(),
                        plain));
        if (!promise.note().isEmpty()) page.add(new Paragraph(promise.note(), plain));
        page.close();
        return bytes.toByteArray();
    }

    private static String until(Promise promise, LocalDate today) {
        String until = switch (promise.kind()) {
            case QUOTE -> "Precios sostenidos hasta el ";
            case LAYAWAY -> "Apartado hasta el ";
            case ORDER -> "Prometido para el ";
        };
        return until + PromisePaper.DAY.format(promise.dueOn()) + (promise.isExpired(today) ? " (vencido)" : "");
    }

    private static PdfPTable lines(Promise promise, Font bold, Font plain) {
        PdfPTable table = new PdfPTable(WIDTHS);
        table.setWidthPercentage(100);
        table.setSpacingBefore(12);
        table.setHeaderRows(1);
        for (String head : List.of("Clave", "Descripción", "Cantidad", "Precio", "Importe"))
            table.addCell(cell(head, bold, Element.ALIGN_LEFT));
        for (SaleLine line : promise.lines()) {
            boolean named = line.kind() == SaleLine.Kind.PART;
            table.addCell(cell(named ? line.lineCode() + " " + line.number() : "", plain, Element.ALIGN_LEFT));
            table.addCell(cell(named ? line.description() : PromisePaper.name(line), plain, Element.ALIGN_LEFT));
            table.addCell(cell(line.quantity().text() + " " + line.unit(), plain, Element.ALIGN_RIGHT));
            table.addCell(cell(line.price().amount().text(), plain, Element.ALIGN_RIGHT));
            table.addCell(cell(line.amounts().total().text(), plain, Element.ALIGN_RIGHT));
        }
        return table;
    }

    private static void right(Document page, String text, Font font, boolean shown) {
        if (!shown) return;
        Paragraph paragraph = new Paragraph(text, font);
        paragraph.setAlignment(Element.ALIGN_RIGHT);
        page.add(paragraph);
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
        } catch (IOException e) {
            throw new IllegalStateException("a standard font is part of the library", e);
        }
    }
}
