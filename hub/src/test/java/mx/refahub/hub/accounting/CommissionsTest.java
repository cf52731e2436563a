package mx.refahub.hub.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.commission.CommissionRates;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.erp.Reports;
import mx.refahub.domain.erp.Reports.Kind;
import mx.refahub.domain.erp.Reports.Query;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.wire.AccountPaymentBody;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A ticket: two pads for 978.00 (843.10 without tax), an alternator for 3,250.00 (2,801.72) and its deposit of 600.00: 4,828.00. One percent of everything, two and a
 * half of the pads' brand: 21.0775 to who sold them, 28.0172 to who sold the alternator; each is rounded.
 */
class CommissionsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final LocalDate DAY = LocalDate.of(2031, 6, 1);
    private final Reports reports = TestHub.bean(Reports.class);
    private final CommissionRates rates = TestHub.bean(CommissionRates.class);
    private final Tickets branch = new Tickets();
    private final UUID customer = UUID.randomUUID();

    @BeforeEach
    void rates() {
        rate(null, "", "", "1", DAY);
        rate(null, "fritec", "", "2.5", DAY);
    }

    @AfterEach
    void forget() {
        TestHub.sql().sql("delete from commission_rate").update();
    }

    private CommissionRates.Standing rate(UUID person, String brand, String category, String percent, LocalDate from) {
        return TestShop.done(rates.add(
                UUID.randomUUID(),
                new CommissionRates.Draft(person, brand, category, new BigDecimal(percent), from),
                Tickets.ELENA));
    }

    private List<Long> earned(LocalDate from, LocalDate to) {
        return reports.table(new Query(Kind.COMMISSIONS, from, to, branch.shop.id))
                .total();
    }

    private List<Long> june() {
        return earned(DAY, DAY.plusDays(29));
    }

    private List<Long> july() {
        return earned(DAY.plusMonths(1), DAY.plusMonths(1).plusDays(30));
    }

    /** The pads are of a brand and a category. */
    private static void brand(Sale sale) {
        TestHub.sql()
                .sql("""
                insert into part (id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code,
                    sat_unit, tax_object, created_at, catalogue_version)
                values (?, 'FRI', ?, '', 'FRITEC', 'Balata', 'Pad', 'Frenos/Balatas', 'PZA', 'GENERAL', 0, '25171700', 'H87', '02', now(), 0)
                """)
                .params(
                        sale.lines().getFirst().part().value(),
                        UUID.randomUUID().toString())
                .update();
    }

    @Test
    void a_ticket_is_earned_on_its_day_and_what_comes_back_is_taken_off() {
        Sale sale = branch.sold(DAY.toString());
        brand(sale);
        assertThat(june()).containsExactly(364_482L, 0L, 364_482L, 4_910L);

        branch.broughtBack(DAY.plusDays(1).toString(), sale);
        // Nothing is left of 21.0775.
        assertThat(june()).containsExactly(364_482L, 84_310L, 280_172L, 2_802L);
        assertThat(july()).containsExactly(0L, 0L, 0L, 0L);
    }

    @Test
    void the_most_particular_rate_of_the_day_of_the_sale_counts() {
        Sale sale = branch.sold(DAY.toString());
        brand(sale);
        UUID seller = sale.lines().getFirst().salesperson().value();
        TestHub.sql().sql("""
                insert into person (id, username, name, role, created_at)
                values (?, ?, 'Marta', 'CASHIER', now())
                on conflict do nothing
                """).params(seller, "u" + seller).update();
        rate(null, "", "Frenos", "9", DAY);
        // The brand's before the category's.
        assertThat(june().getLast()).isEqualTo(4_910L);
        rate(seller, "", "frenos", "10", DAY);
        // The person's before the brand's, and the category's with all below it: 84.31 + 28.0172.
        assertThat(june().getLast()).isEqualTo(11_233L);
        rate(seller, "", "frenos", "20", DAY.plusDays(1));
        assertThat(june().getLast()).isEqualTo(11_233L);
    }

    @Test
    void what_is_sold_on_account_is_earned_as_it_is_paid() {
        Sale sale = branch.shop.cashSaleOf(UUID.randomUUID(), 2);
        brand(sale);
        onAccount(sale);
        assertThat(june()).containsExactly(0L, 0L, 0L, 0L);

        // A quarter of 4,828.00: of 3,644.82 without tax 911.205, of 21.0775 5.269375, of 28.0172 7.0043.
        paid(sale.id(), 120_700, DAY.plusMonths(1).plusDays(2));
        assertThat(june()).containsExactly(0L, 0L, 0L, 0L);
        assertThat(july()).containsExactly(91_121L, 0L, 91_121L, 1_227L);
    }

    @Test
    void a_rate_that_makes_no_sense_is_refused_and_one_that_ends_counts_no_more() {
        assertThat(refusal("101", DAY)).isEqualTo("commission-percent");
        assertThat(refusal("1.234", DAY)).isEqualTo("commission-percent");
        assertThat(refusal("1", LocalDate.of(2020, 1, 1))).isEqualTo("commission-past");
        UUID id = rates.standing().rates().getFirst().id();
        assertThat(TestShop.done(rates.end(id, Tickets.ELENA)).rates()).hasSize(1);
    }

    private String refusal(String percent, LocalDate from) {
        Outcome<CommissionRates.Standing> outcome = rates.add(
                UUID.randomUUID(),
                new CommissionRates.Draft(null, "", "", new BigDecimal(percent), from),
                Tickets.ELENA);
        return outcome.fold(done -> "done", no -> no.code());
    }

    private void onAccount(Sale sale) {
        ObjectNode json = (ObjectNode) JSON.readTree(JSON.writeValueAsString(SaleBody.of(sale)));
        json.put("businessDay", DAY.toString());
        json.set(
                "buyer",
                JSON.valueToTree(
                        new SaleBody.BuyerBody(customer, "Taller Núñez", DAY.plusDays(30), null, null, List.of())));
        long total = sale.totals().total().minor();
        ((ObjectNode) json.withArray("tenders").get(0))
                .put("kind", "ON_ACCOUNT")
                .put("satPaymentForm", "99")
                .put("amount", total)
                .put("received", total);
        land(branch.shop.writeRaw(sale.id().toString(), DocumentType.SALE, DocumentType.SALE_SCHEMA, json.toString()));
    }

    private void paid(UUID charge, long amount, LocalDate day) {
        land(branch.shop.write(
                customer.toString(),
                DocumentType.ACCOUNT_PAYMENT,
                new AccountPaymentBody(
                        UUID.randomUUID(),
                        branch.shop.id.value(),
                        customer,
                        "Taller Núñez",
                        branch.shop.register().value(),
                        UUID.randomUUID(),
                        "C1-A000001",
                        "CASH",
                        "01",
                        "MXN",
                        amount,
                        "",
                        List.of(new AccountPaymentBody.AppliedBody(charge, "C1-000001", amount)),
                        0,
                        Instant.parse("2031-07-03T18:00:00Z"),
                        day,
                        UUID.randomUUID(),
                        "Marta")));
    }

    private void land(Document document) {
        TestHub.bean(Intake.class).land(branch.shop.id, TestShop.frame(document));
        while (TestHub.bean(Ledgers.class).apply().more()) {
            // until nothing is left
        }
    }
}
