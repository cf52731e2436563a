package mx.refahub.adapters.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import com.lowagie.text.pdf.PdfReader;
import com.lowagie.text.pdf.parser.PdfTextExtractor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import mx.refahub.domain.erp.Reports;
import org.junit.jupiter.api.Test;

class ReportPaperTest {
    @Test
    void a_long_report_has_its_titles_on_every_page_and_its_total_at_the_end() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 1; i <= 120; i++) rows.add(List.of("Taller Núñez " + i, "CENTRO", "$" + i + ".00"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new ReportPaper()
                .write(
                        new Reports.Print(
                                "Antigüedad del crédito",
                                "Del 2026-11-01 al 2026-11-20.",
                                List.of("Cliente", "Sucursal", "Debe"),
                                2,
                                rows,
                                List.of("Total", "", "$7,260.00")),
                        out);

        PdfReader read = new PdfReader(out.toByteArray());
        assertThat(read.getNumberOfPages()).isGreaterThan(1);
        PdfTextExtractor text = new PdfTextExtractor(read);
        for (int page = 1; page <= read.getNumberOfPages(); page++)
            assertThat(text.getTextFromPage(page)).contains("Cliente", "Sucursal", "Debe");
        assertThat(text.getTextFromPage(1)).contains("Antigüedad del crédito", "Taller Núñez 1", "$1.00");
        assertThat(text.getTextFromPage(read.getNumberOfPages())).contains("Taller Núñez 120", "$7,260.00");
        read.close();
    }
}
