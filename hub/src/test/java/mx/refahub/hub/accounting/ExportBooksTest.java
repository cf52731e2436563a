package mx.refahub.hub.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.erp.AccountMap;
import mx.refahub.domain.erp.AccountRole;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportBooks;
import mx.refahub.domain.erp.ExportBooks.Export;
import mx.refahub.domain.erp.JournalEntry;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.store.StoreId;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import org.junit.jupiter.api.Test;

class ExportBooksTest {
    private static final LocalDate LATEST = LocalDate.of(2030, 12, 31);
    private final ExportBooks books = TestHub.bean(ExportBooks.class);
    private final AccountMap map = TestHub.bean(AccountMap.class);
    private final Tickets branch = new Tickets();

    private Export take(ErpTarget target) {
        Tickets.mapEverything(target);
        return books.take(Tickets.run(), target, LATEST, "Elena");
    }

    private List<JournalEntry> entries(Export export) {
        String code = branch.code();
        List<JournalEntry> all = new ArrayList<>();
        books.entries(export.id(), all::add);
        return all.stream().filter(entry -> entry.storeCode().equals(code)).toList();
    }

    private static Money amount(JournalEntry entry, AccountRole role, String kind) {
        return entry.lines().stream()
                .filter(line -> line.role() == role && line.kind().equals(kind))
                .map(line -> line.credit().minus(line.debit()))
                .reduce(Money.mxn(0), Money::plus);
    }

    @Test
    void every_ticket_stands_in_exactly_one_entry_whatever_was_sold_brought_back_or_came_late() {
        Sale sale = branch.sold("2026-03-02");
        branch.soldMixed("2026-03-02");
        branch.soldOneOff("2026-03-03");
        branch.broughtBack("2026-03-03", sale);

        List<JournalEntry> first = entries(take(ErpTarget.SHEET));
        branch.sold("2026-03-02");
        branch.broughtBack("2026-03-04", sale);
        List<JournalEntry> second = entries(take(ErpTarget.SHEET));

        assertThat(first).extracting(JournalEntry::number).containsExactly(1, 1);
        assertThat(first).extracting(JournalEntry::tickets).containsExactly(2L, 2L);
        assertThat(second)
                .extracting(JournalEntry::day)
                .extracting(LocalDate::getDayOfMonth)
                .containsExactly(2, 4);
        assertThat(second).extracting(JournalEntry::isCorrection).containsExactly(true, false);
        assertThat(second.getFirst().reference()).isEqualTo("RH-" + branch.code() + "-20260302-2");
        long sales = count("select count(*) from sale where business_day <= '" + LATEST + "'");
        assertThat(count("select count(*) from export_item where target = 'SHEET'"))
                .isEqualTo(sales);
        assertThat(count("select count(distinct sale_id) from export_item where target = 'SHEET'"))
                .isEqualTo(sales);
        assertThat(count("""
            select count(*)
            from export_entry e
            join (select entry_id, count(*) as tickets, sum(s.total) as total
                from export_item i
                join sale s on s.id = i.sale_id
                group by entry_id) held on held.entry_id = e.id
            where held.tickets <> e.tickets or held.total <> e.total
            """)).isZero();
        assertThat(count("""
            select count(*) from (
                select entry_id from export_entry_line group by entry_id having sum(debit) <> sum(credit)) as unbalanced
            """)).isZero();
        assertThat(books.due(ErpTarget.SHEET, LATEST).tickets()).isZero();
    }

    @Test
    void an_entry_says_by_rate_and_tender_what_the_tickets_say() {
        Sale sale = branch.sold("2026-03-05");
        branch.soldMixed("2026-03-05");
        branch.broughtBack("2026-03-05", sale);
        branch.soldOneOff("2026-03-05");

        JournalEntry entry = entries(take(ErpTarget.ASPEL)).getFirst();

        // 2 × 489 + 3250, 489 + 3250 and 489 + 3250, all with 16 % inside; the first line of the first came back.
        assertThat(amount(entry, AccountRole.SALES, "16%"))
                .isEqualTo(Money.mxn(84_310 + 280_172 + 2 * (42_155 + 280_172)));
        assertThat(amount(entry, AccountRole.RETURNS, "16%")).isEqualTo(Money.mxn(-84_310));
        assertThat(amount(entry, AccountRole.TAX, "16%")).isEqualTo(Money.mxn(44_828 + 2 * (6_745 + 44_828)));
        assertThat(amount(entry, AccountRole.CORES, "")).isEqualTo(Money.mxn(180_000));
        assertThat(amount(entry, AccountRole.TENDER, "CREDIT_CARD")).isEqualTo(Money.mxn(-10_000));
        assertThat(amount(entry, AccountRole.TENDER, "CASH"))
                .isEqualTo(Money.mxn(-(325_000 + 60_000 + 2 * (48_900 + 325_000 + 60_000) - 10_000 + 100)));
        assertThat(amount(entry, AccountRole.DIFFERENCE, "")).isEqualTo(Money.mxn(100));
    }

    @Test
    void the_same_run_again_takes_nothing_more() {
        branch.sold("2026-03-06");
        Tickets.mapEverything(ErpTarget.CONTPAQI);
        long run = Tickets.run();
        Export first = books.take(run, ErpTarget.CONTPAQI, LATEST, "Elena");
        branch.sold("2026-03-06");

        assertThat(books.take(run, ErpTarget.CONTPAQI, LATEST, "Elena")).isEqualTo(first);
        assertThat(books.due(ErpTarget.CONTPAQI, LATEST).tickets()).isEqualTo(1);
    }

    @Test
    void an_account_that_lacks_is_named_and_nothing_is_taken() {
        branch.sold("2026-03-07");
        long before = count("select count(*) from export_item where target = 'CONTPAQI'");
        TestShop.done(map.put(ErpTarget.CONTPAQI, List.of(), List.of(), Tickets.ELENA));

        assertThat(books.due(ErpTarget.CONTPAQI, LATEST).missing())
                .extracting(missing -> missing.role() + " " + missing.kind())
                .contains("SALES 16%", "TAX 16%", "TENDER CASH", "CORES ");
        assertThatThrownBy(() -> books.take(Tickets.run(), ErpTarget.CONTPAQI, LATEST, "Elena"))
                .hasMessageContaining("SALES 16%")
                .hasMessageContaining("no se exportó nada");
        assertThat(count("select count(*) from export_item where target = 'CONTPAQI'"))
                .isEqualTo(before);
    }

    @Test
    void the_tax_authority_wants_its_grouping_code_too_and_a_branch_may_have_accounts_of_its_own() {
        branch.sold("2026-03-08");
        Tickets.mapEverything(ErpTarget.SAT);
        AccountMap.Mapping full = map.of(ErpTarget.SAT);
        List<AccountMap.Row> rows = new ArrayList<>(full.rows());
        rows.replaceAll(row -> row.role() == AccountRole.CORES
                ? new AccountMap.Row(row.role(), row.kind(), null, row.account(), row.name(), "")
                : row);
        TestShop.done(map.put(ErpTarget.SAT, rows, List.of(), Tickets.ELENA));

        assertThat(books.due(ErpTarget.SAT, LATEST).missing()).singleElement().satisfies(missing -> {
            assertThat(missing.role()).isEqualTo(AccountRole.CORES);
            assertThat(missing.group()).isTrue();
        });

        rows.add(new AccountMap.Row(AccountRole.CORES, "", branch.shop.id, "205-99", "Cascos", "205.02"));
        rows.replaceAll(row -> row.satGroup().isEmpty()
                ? new AccountMap.Row(row.role(), row.kind(), null, row.account(), row.name(), "205.02")
                : row);
        TestShop.done(map.put(
                ErpTarget.SAT, rows, List.of(new AccountMap.Branch(branch.shop.id, "", "", "CC-7")), Tickets.ELENA));
        Export export = books.take(Tickets.run(), ErpTarget.SAT, LATEST, "Elena");
        assertThat(entries(export).getFirst().lines())
                .allSatisfy(line -> assertThat(line.costCenter()).isEqualTo("CC-7"))
                .anySatisfy(line -> assertThat(line.account()).isEqualTo("205-99"));
    }

    @Test
    void a_mapping_that_cannot_be_is_refused() {
        assertThat(refused(row("4".repeat(31), "", null))).isEqualTo("account-invalid");
        assertThat(refused(row("4=1", "", null))).isEqualTo("account-invalid");
        assertThat(refused(row("401", "4010", null))).isEqualTo("account-group-invalid");
        assertThat(refused(row("401", "", new StoreId(UUID.randomUUID())))).isEqualTo("branch-unknown");
        assertThat(refused(row("401", "", null), row("402", "", null))).isEqualTo("account-twice");
    }

    private static AccountMap.Row row(String account, String group, StoreId store) {
        return new AccountMap.Row(AccountRole.CORES, "", store, account, "Cascos", group);
    }

    private String refused(AccountMap.Row... rows) {
        return TestShop.refused(map.put(ErpTarget.ASPEL, List.of(rows), List.of(), Tickets.ELENA));
    }

    private static long count(String sql) {
        return TestHub.sql().sql(sql).query(Long.class).single();
    }
}
