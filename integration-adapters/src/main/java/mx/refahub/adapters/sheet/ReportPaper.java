package mx.refahub.adapters.sheet;

import com.lowagie.text.Document;
import com.lowagie.text.Element;
import com.lowagie.text.Font;
import com.lowagie.text.HeaderFooter;
import com.lowagie.text.PageSize;
import com.lowagie.text.Paragraph;
import com.lowagie.text.Phrase;
import com.lowagie.text.Rectangle;
import com.lowagie.text.pdf.BaseFont;
import com.lowagie.text.pdf.PdfPCell;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import mx.refahub.domain.erp.Reports;

/** A report on letter paper: its titles on every page, figures on the right, the total at the end, pages numbered. */
public final class ReportPaper {
    private static final float MARGIN = 36;
    private static final float GAP = 10;
    private static final float PADDING = 3;
    private static final float HAIRLINE = 0.4f;
    private static final int MOST_UPRIGHT = 6;
    private static final int TITLE = 15;
    private static final int TEXT = 8;

    public void write(Reports.Print print, OutputStream to) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Rectangle size =
                print.titles().size() > MOST_UPRIGHT ? PageSize.LETTER.rotate() : new Rectangle(PageSize.LETTER);
        Document page = new Document(size, MARGIN, MARGIN, MARGIN, MARGIN);
        PdfWriter.getInstance(page, bytes);
        page.addTitle(print.title());
        Font plain = new Font(font(false), TEXT);
        Font bold = new Font(font(true), TEXT);
        HeaderFooter foot = new HeaderFooter(new Phrase(print.title() + " · ", plain), true);
        foot.setAlignment(Element.ALIGN_RIGHT);
        foot.setBorder(Rectangle.NO_BORDER);
        page.setFooter(foot);
        page.open();
        page.add(new Paragraph(print.title(), new Font(font(true), TITLE)));
        page.add(new Paragraph(print.lead(), plain));
        PdfPTable table = new PdfPTable(print.titles().size());
        table.setWidthPercentage(100);
        table.setSpacingBefore(GAP);
        table.setHeaderRows(1);
        row(table, print.titles(), print.keys(), bold);
        for (List<String> each : print.rows()) row(table, each, print.keys(), plain);
        row(table, print.total(), print.keys(), bold);
        page.add(table);
        page.close();
        bytes.writeTo(to);
    }

    private static void row(PdfPTable table, List<String> cells, int keys, Font font) {
        for (int i = 0; i < cells.size(); i++) {
            PdfPCell cell = new PdfPCell(new Phrase(cells.get(i), font));
            cell.setHorizontalAlignment(i < keys ? Element.ALIGN_LEFT : Element.ALIGN_RIGHT);
            cell.setBorder(Rectangle.BOTTOM);
            cell.setBorderWidth(HAIRLINE);
            cell.setPadding(PADDING);
            table.addCell(cell);
        }
    }

    /** One of the fonts that every reader has; its code page holds all of Spanish. */
    private static BaseFont font(boolean bold) throws IOException {
        return BaseFont.createFont(
                bold ? BaseFont.HELVETICA_BOLD : BaseFont.HELVETICA, BaseFont.CP1252, BaseFont.NOT_EMBEDDED);
    }
}
