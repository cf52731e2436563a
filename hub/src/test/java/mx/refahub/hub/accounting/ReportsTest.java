package mx.refahub.hub.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.erp.Reports;
import mx.refahub.domain.erp.Reports.Kind;
import mx.refahub.domain.erp.Reports.Query;
import mx.refahub.domain.erp.Reports.Table;
import mx.refahub.domain.sale.Sale;
import mx.refahub.hub.TestHub;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final LocalDate FROM = LocalDate.of(2026, 6, 1);
    private static final LocalDate TO = LocalDate.of(2026, 6, 30);
    private final Reports reports = TestHub.bean(Reports.class);
    private final Tickets branch = new Tickets();

    private Table table(Kind kind) {
        return reports.table(new Query(kind, FROM, TO, branch.shop.id));
    }

    @Test
    void every_report_says_what_the_tickets_say() {
        Sale sale = branch.sold("2026-06-01");
        branch.soldMixed("2026-06-02");
        branch.broughtBack("2026-06-02", sale);
        branch.sold("2026-07-01");

        Table sales = table(Kind.SALES);
        assertThat(sales.rows()).extracting(row -> row.keys().getFirst()).containsExactly("2026-06-01", "2026-06-02");
        // 2 × 489 + 3250 + 600; 489 + 3250 + 600, and 978 back.
        long total = 482_800 + 433_900 - 97_800;
        assertThat(sales.total().getFirst()).isEqualTo(3);
        assertThat(sales.total().getLast()).isEqualTo(total);
        assertThat(table(Kind.TAXES).total().getLast()).isEqualTo(total);
        assertThat(table(Kind.TENDERS).total()).containsExactly(4L, total);
        assertThat(table(Kind.TENDERS).rows())
                .extracting(row -> row.keys().getFirst() + " " + row.figures().getLast())
                .containsExactly("CASH " + (total - 10_000), "CREDIT_CARD 10000");
        Table margin = table(Kind.MARGIN);
        assertThat(margin.total().get(0) + margin.total().get(4))
                .isEqualTo(sales.total().get(1) - sales.total().get(2));
        assertThat(margin.rows()).extracting(row -> row.keys().getFirst()).containsExactlyInAnyOrder("FRI", "ALT");
        assertThat(table(Kind.CASH).rows()).isEmpty();
    }

    @Test
    void margin_counts_what_left_the_shelf_and_stock_what_stays() {
        Sale sale = branch.sold("2026-06-03");
        TestHub.sql()
                .sql("update stock_movement set value = -20000 where cause = ? and id = ?")
                .params(sale.id(), sale.lines().getFirst().id())
                .update();
        Table margin = table(Kind.MARGIN);

        // 978.00 with 16 % inside is 843.10; it cost 200.
        assertThat(margin.rows().getFirst().keys()).containsExactly("FRI");
        assertThat(margin.rows().getFirst().figures()).containsExactly(84_310L, 20_000L, 64_310L, 7_628L, 0L);
        assertThat(margin.total()).containsExactly(84_310L, 20_000L, 64_310L, 7_628L, 280_172L);
        assertThat(table(Kind.STOCK).total().get(1)).isEqualTo(-3_000L);
    }

    private Table until(Kind kind, String day) {
        return reports.table(new Query(kind, LocalDate.parse(day), LocalDate.parse(day), branch.shop.id));
    }

    @Test
    void what_is_owed_of_credit_cores_and_layaways_is_told_by_its_age() {
        // Due on the first of July; it has a core to come too.
        branch.soldOnAccount("2026-06-01");
        record Owed(UUID sale, UUID customer) {}
        Owed owed = TestHub.sql()
                .sql("select id, customer_id from sale where store_id = ?")
                .param(branch.shop.id.value())
                .query((row, n) -> new Owed(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
                .single();
        branch.paidOnAccount(FROM, owed.customer(), "TRANSFER", 100_00, owed.sale(), 100_00);
        UUID promise = UUID.randomUUID();
        TestHub.sql()
                .sql("""
                    insert into promise (id, store_id, kind, number, customer_name, phone, currency, total, day, due_on, plan, note, made_at, by_name,
                        document_id)
                    select :id, :store, 'LAYAWAY', 'A-1', 'Doña Ana', '', 'MXN', 100000, date '2026-05-01', date '2026-07-01', '[]', '', now(), 'Marta', id
                    from document
                    where store_id = :store
                    limit 1
                    """)
                .param("id", promise)
                .param("store", branch.shop.id.value())
                .update();
        TestHub.sql().sql("""
                    insert into promise_entry (id, promise_id, store_id, kind, currency, amount, tender, reference, at, day, by_name, document_id)
                    select gen_random_uuid(), id, store_id, 'TAKEN', 'MXN', 25000, 'CASH', 'D-1', now(), day, 'Marta', document_id
                    from promise
                    where id = ?
                    """).param(promise).update();

        long rest = 433_900 - 100_00;
        assertThat(until(Kind.CREDIT, "2026-07-01").total()).containsExactly(rest, 0L, 0L, 0L, 0L, rest);
        assertThat(until(Kind.CREDIT, "2026-07-02").total()).containsExactly(0L, rest, 0L, 0L, 0L, rest);
        assertThat(until(Kind.CREDIT, "2026-08-15").total()).containsExactly(0L, 0L, rest, 0L, 0L, rest);
        assertThat(until(Kind.CREDIT, "2026-12-01").rows()).singleElement().satisfies(row -> {
            assertThat(row.keys()).containsExactly("Taller Núñez", branch.code());
            assertThat(row.figures()).containsExactly(0L, 0L, 0L, 0L, rest, rest);
        });
        assertThat(until(Kind.CORES, "2026-07-01").rows()).singleElement().satisfies(row -> {
            assertThat(row.keys()).containsExactly("Taller Núñez", branch.code());
            assertThat(row.figures()).containsExactly(1_000L, 600_00L, 0L, 0L, 0L, 600_00L);
        });
        assertThat(until(Kind.CORES, "2026-07-02").total()).containsExactly(1_000L, 0L, 600_00L, 0L, 0L, 600_00L);
        assertThat(until(Kind.LAYAWAYS, "2026-07-01").rows()).singleElement().satisfies(row -> {
            assertThat(row.keys()).containsExactly("Doña Ana", branch.code());
            assertThat(row.figures()).containsExactly(1L, 0L, 0L, 250_00L, 0L, 250_00L, 750_00L);
        });
        TestHub.sql()
                .sql("update promise set closed_at = now(), closed_as = 'DELIVERED' where id = ?")
                .param(promise)
                .update();
        assertThat(until(Kind.LAYAWAYS, "2026-07-01").rows()).isEmpty();
    }

    @Test
    void a_report_is_taken_away_as_a_workbook_or_csv() throws IOException {
        branch.sold("2026-06-04");
        Table table = table(Kind.TAXES);
        List<String> titles = List.of("Tasa", "Sucursal", "Base", "IVA", "Total");
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        reports.write(table, titles, Reports.Format.CSV, csv);
        ByteArrayOutputStream book = new ByteArrayOutputStream();
        reports.write(table, titles, Reports.Format.XLSX, book);

        assertThat(csv.toString(StandardCharsets.UTF_8).lines().toList())
                .hasSize(table.rows().size() + 1)
                .contains("16%," + branch.code() + ",3644.82,583.18,4228.00");
        try (XSSFWorkbook read = new XSSFWorkbook(new ByteArrayInputStream(book.toByteArray()))) {
            read.getCreationHelper().createFormulaEvaluator().evaluateAll();
            var sheet = read.getSheetAt(0);
            assertThat(sheet.getRow(sheet.getLastRowNum()).getCell(4).getNumericCellValue())
                    .isEqualTo(4828.0);
        }
    }
}
