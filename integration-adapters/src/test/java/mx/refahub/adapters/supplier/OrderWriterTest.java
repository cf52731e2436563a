package mx.refahub.adapters.supplier;

import static org.assertj.core.api.Assertions.assertThat;

import com.lowagie.text.pdf.PdfReader;
import com.lowagie.text.pdf.parser.PdfTextExtractor;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.purchase.OrderPapers;
import mx.refahub.domain.purchase.PurchaseOrder;
import mx.refahub.domain.purchase.Supplier;
import mx.refahub.domain.store.StoreId;
import org.junit.jupiter.api.Test;

class OrderWriterTest {
    private final OrderPapers papers =
            new OrderWriter(() -> new OrderPapers.Buyer("Refaccionaria El Güero", "EKU9003173C9"));

    private static PurchaseOrder order(int lines) {
        List<PurchaseOrder.Line> all = new ArrayList<>();
        for (int i = 1; i <= lines; i++)
            all.add(new PurchaseOrder.Line(
                    UUID.randomUUID(),
                    new PartId(UUID.randomUUID()),
                    "NGK",
                    "BKR6E-" + i,
                    i == 1 ? "Bujía \"cobre\", níquel" : "=1+1",
                    "PZA",
                    i == 1 ? "BJ-7" : "",
                    Quantity.of(10),
                    new BigDecimal("38.5"),
                    "",
                    Quantity.ZERO));
        return new PurchaseOrder(
                UUID.randomUUID(),
                "OC-000007",
                new Supplier(
                        UUID.randomUUID(),
                        "BUJ",
                        "Bujías del Norte",
                        "",
                        "pedidos@bujias.example",
                        Money.MXN,
                        30,
                        5,
                        Money.mxn(0),
                        "",
                        false,
                        0,
                        false),
                new StoreId(UUID.randomUUID()),
                "CEN",
                "Sucursal Centro",
                Money.MXN,
                BigDecimal.ONE,
                LocalDate.of(2026, 12, 1),
                "Entregar por la mañana",
                new PurchaseOrder.Life(
                        Instant.EPOCH, "Ana", null, null, null, null, null, null, null, null, null, null, ""),
                all);
    }

    @Test
    void the_csv_quotes_what_it_must_and_holds_no_formula() {
        assertThat(new String(papers.csv(order(2)), StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "\uFEFForder,line,supplier_number,line_code,part_number,description,unit,quantity,cost,currency,amount",
                        "OC-000007,1,BJ-7,NGK,BKR6E-1,\"Bujía \"\"cobre\"\", níquel\",PZA,10,38.5,MXN,385.00",
                        "OC-000007,2,,NGK,BKR6E-2,'=1+1,PZA,10,38.5,MXN,385.00");
    }

    @Test
    void the_pdf_names_the_parts_on_as_many_pages_as_it_needs() throws IOException {
        PdfReader reader = new PdfReader(papers.pdf(order(120)));
        PdfTextExtractor text = new PdfTextExtractor(reader);

        assertThat(reader.getNumberOfPages()).isGreaterThan(1);
        assertThat(text.getTextFromPage(1))
                .contains("OC-000007", "Refaccionaria El Güero", "Bujías del Norte", "Sucursal Centro", "BJ-7");
        assertThat(text.getTextFromPage(reader.getNumberOfPages())).contains("$46,200.00");
    }

    @Test
    void the_message_asks_for_the_parts_by_the_suppliers_own_numbers() {
        OrderPapers.Mail mail = papers.mail(order(2));

        assertThat(mail.to()).isEqualTo("pedidos@bujias.example");
        assertThat(mail.subject()).contains("OC-000007");
        assertThat(mail.text()).contains("10 PZA  BJ-7", "NGK BKR6E-2", "$770.00 MXN");
    }
}
