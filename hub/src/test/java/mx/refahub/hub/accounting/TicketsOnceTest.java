package mx.refahub.hub.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportBooks;
import mx.refahub.domain.erp.JournalEntry;
import mx.refahub.hub.TestHub;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of ticket in exactly one entry of a target, to the centavo as worked out by hand. */
class TicketsOnceTest {
    private static final LocalDate LATEST = LocalDate.of(2030, 12, 31);
    private final ExportBooks books = TestHub.bean(ExportBooks.class);
    private final Tickets branch = new Tickets();

    private List<String> entries(ErpTarget target) {
        ExportBooks.Export export = books.take(Tickets.run(), target, LATEST, "Elena");
        String code = branch.code();
        List<String> rows = new ArrayList<>();
        books.entries(export.id(), entry -> {
            if (entry.storeCode().equals(code)) rows.addAll(rows(entry));
        });
        return rows;
    }

    private static List<String> rows(JournalEntry entry) {
        return entry.lines().stream()
                .map(line -> String.join(
                        ",",
                        entry.day().toString(),
                        Integer.toString(entry.number()),
                        Long.toString(entry.tickets()),
                        entry.total().amount().toPlainString(),
                        line.role().name(),
                        line.kind(),
                        line.debit().amount().toPlainString(),
                        line.credit().amount().toPlainString()))
                .toList();
    }

    private static List<String> expected() throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(TicketsOnceTest.class.getResourceAsStream("/accounting/tickets-once.csv")),
                StandardCharsets.UTF_8))) {
            return in.lines()
                    .filter(line -> !line.startsWith("#") && !line.startsWith("day,"))
                    .toList();
        }
    }

    /** Of a target that is given files, and of one that is spoken to. */
    @ParameterizedTest
    @EnumSource(names = {"SHEET", "ODOO"})
    void sold_on_account_in_dollars_by_two_ways_brought_back_cancelled_and_late(ErpTarget target) throws IOException {
        var first = branch.sold("2026-07-01");
        branch.soldMixed("2026-07-01");
        branch.soldOnAccount("2026-07-01");
        branch.soldForDollars("2026-07-01");
        branch.broughtBack("2026-07-02", first);
        branch.cancelled("2026-07-02", branch.soldOne("2026-07-02"));
        Tickets.mapEverything(target);

        List<String> rows = new ArrayList<>(entries(target));
        branch.soldOne("2026-07-01");
        rows.addAll(entries(target));

        assertThat(rows).containsExactlyElementsOf(expected());
        assertThat(entries(target)).isEmpty();
        assertThat(TestHub.sql()
                        .sql("""
                            select count(*) from sale s
                            where s.business_day <= ?
                            and (select count(*) from export_item i where i.target = ? and i.sale_id = s.id) <> 1
                            """)
                        .params(LATEST, target.name())
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(TestHub.sql()
                        .sql(
                                "select count(*) from erp_delivery d join store s on s.code = d.branch where s.id = ? and d.target = ?")
                        .params(branch.shop.id.value(), target.name())
                        .query(Long.class)
                        .single())
                .isEqualTo(target.isSpoken() ? 3 : 0);
    }
}
