package mx.refahub.hub.purchase;

import static mx.refahub.hub.TestShop.done;
import static mx.refahub.hub.TestShop.frame;
import static mx.refahub.hub.TestShop.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.purchase.Supplier;
import mx.refahub.domain.purchase.SupplierCores;
import mx.refahub.domain.purchase.Suppliers;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.wire.CoresGivenBody;
import mx.refahub.domain.wire.StockBody;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Old pieces owed to a supplier: 600.00 for each alternator's, to be given back within 60 days. All figures by hand. */
class SupplierCoresTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Person ANA = new Person(new UserId(UUID.randomUUID()), "Ana Torres", Role.ADMIN);

    private final Suppliers suppliers = TestHub.bean(Suppliers.class);
    private final SupplierCores cores = TestHub.bean(SupplierCores.class);
    private final TestShop shop = TestShop.open();
    private final UUID alternator = part();
    private final String called = "Alternadores " + UUID.randomUUID();
    private final UUID supplier = supplier();

    private static UUID part() {
        UUID id = UUID.randomUUID();
        TestHub.sql().sql("""
                    insert into part (id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code,
                        sat_unit, tax_object, created_at, catalogue_version)
                    values (:id, 'ALT', :number, :number, 'ALT', 'Alternador', '', '', 'PZA', 'GENERAL', 60000, '', '', '02', now(), 0)
                    """).param("id", id).param("number", id.toString()).update();
        return id;
    }

    private UUID supplier() {
        UUID id = UUID.randomUUID();
        done(suppliers.keep(
                id,
                new Supplier.Form(id.toString().substring(0, 8), called, "", "", "MXN", "30", "5", "", "", "60", false),
                ANA));
        done(suppliers.map(id, "TH-1", new PartId(alternator), "2500", "", ANA));
        assertThat(done(cores.charge(id, alternator, "600", ANA))).isEqualTo(1);
        return id;
    }

    private Document bought(long pieces, Duration ago, String supplierName) {
        UUID id = UUID.randomUUID();
        Instant at = TestHub.CLOCK.instant().minus(ago);
        return shop.writeRaw(
                id.toString(),
                DocumentType.STOCK_RECEIPT,
                DocumentType.STOCK_SCHEMA,
                JSON.writeValueAsString(new StockBody(
                        id,
                        shop.id.value(),
                        "RECEIPT",
                        "",
                        at,
                        shop.cashier(),
                        "Rita",
                        null,
                        supplierName,
                        "F-" + pieces,
                        "",
                        "",
                        "MXN",
                        "1",
                        false,
                        List.of(new StockBody.LineBody(
                                UUID.randomUUID(),
                                alternator,
                                "ALT",
                                "23-11254",
                                "Alternador",
                                "PZA",
                                "A-1",
                                pieces * 1000,
                                "2500",
                                pieces * 250_000,
                                0,
                                0,
                                0,
                                null,
                                null,
                                null)))));
    }

    private Document given(UUID id, long pieces, Duration ago, String supplierName) {
        return shop.writeRaw(
                id.toString(),
                DocumentType.CORES_GIVEN,
                DocumentType.CORES_GIVEN_SCHEMA,
                JSON.writeValueAsString(new CoresGivenBody(
                        id,
                        shop.id.value(),
                        TestHub.CLOCK.instant().minus(ago),
                        shop.cashier(),
                        "Rita",
                        supplierName,
                        "R-12",
                        "",
                        List.of(new CoresGivenBody.LineBody(
                                UUID.randomUUID(), alternator, "ALT", "23-11254", "Alternador", pieces * 1000)))));
    }

    private void arrive(List<Document> documents) {
        TestHub.bean(Intake.class).land(shop.id, frame(documents));
        while (TestHub.bean(Ledgers.class).apply().more()) {
            // to the end
        }
    }

    private SupplierCores.Standing standing() {
        return cores.standings().stream()
                .filter(one -> one.supplier().equals(supplier))
                .findFirst()
                .orElseThrow();
    }

    private static SupplierCores.Age age(long pieces) {
        return new SupplierCores.Age(Quantity.of(pieces), Money.mxn(pieces * 60_000));
    }

    @Test
    void pieces_that_are_given_close_the_oldest_debts_and_the_credit_pays_them_back() {
        UUID given = UUID.randomUUID();
        arrive(List.of(
                bought(3, Duration.ofDays(100), called),
                bought(4, Duration.ofDays(70), "  " + called.toUpperCase(java.util.Locale.ROOT)),
                bought(5, Duration.ofDays(10), called),
                bought(2, Duration.ofDays(10), "Otro proveedor")));
        assertThat(standing().more()).isEqualTo(age(3));
        assertThat(standing().to90()).isEqualTo(age(4));
        assertThat(standing().to60().pieces()).isEqualTo(Quantity.ZERO);
        assertThat(standing().to30()).isEqualTo(age(5));
        // Bought 100 and 70 days ago, to be given back within 60.
        assertThat(standing().overdue()).isEqualTo(Money.mxn(7 * 60_000));

        arrive(List.of(given(given, 5, Duration.ofDays(1), called)));
        assertThat(standing().more().pieces()).isEqualTo(Quantity.ZERO);
        assertThat(standing().to90()).isEqualTo(age(2));
        assertThat(standing().awaited()).isEqualTo(Money.mxn(300_000));
        assertThat(cores.charges(supplier, 10))
                .extracting(charge -> charge.open().thousandths())
                .containsExactly(2_000L, 5_000L);

        UUID credit = UUID.randomUUID();
        assertThat(refused(cores.credit(given, credit, "3000.01", "NC-1", ANA))).isEqualTo("cores-credit-more");
        assertThat(refused(cores.credit(given, credit, "mucho", "NC-1", ANA))).isEqualTo("cores-amount-wrong");
        done(cores.credit(given, credit, "1,800.00", "NC-1", ANA));
        done(cores.credit(given, credit, "1800", "NC-1", ANA));
        assertThat(refused(cores.credit(given, credit, "1700", "NC-1", ANA))).isEqualTo("cores-credit-other");
        assertThat(standing().awaited()).isEqualTo(Money.mxn(120_000));
        SupplierCores.Given settled = done(cores.credit(given, UUID.randomUUID(), "1200", "NC-2", ANA));
        assertThat(settled.settledAt()).isNotNull();
        assertThat(settled.credits()).hasSize(2);
        assertThat(standing().awaited()).isEqualTo(Money.mxn(0));
        assertThat(refused(cores.credit(given, UUID.randomUUID(), "1", "", ANA)))
                .isEqualTo("cores-settled");
    }

    @Test
    void a_number_that_is_given_to_another_part_brings_no_charge_along() {
        done(suppliers.map(supplier, "TH-1", new PartId(alternator), "2400", "", ANA));
        assertThat(charge()).isEqualByComparingTo("600");
        done(suppliers.map(supplier, "TH-1", new PartId(part()), "2500", "", ANA));
        assertThat(charge()).isZero();
    }

    private java.math.BigDecimal charge() {
        return TestHub.sql()
                .sql("select core from supplier_part where supplier_id = :supplier and their_number = 'TH-1'")
                .param("supplier", supplier)
                .query(java.math.BigDecimal.class)
                .single();
    }

    @Test
    void what_is_owed_does_not_depend_on_the_order_in_which_documents_come() {
        List<java.util.function.Supplier<Document>> acts = new ArrayList<>();
        for (int day = 1; day <= 6; day++) {
            int pieces = day;
            acts.add(() -> bought(pieces, Duration.ofDays(10L * pieces), called));
        }
        acts.add(() -> given(UUID.randomUUID(), 8, Duration.ofDays(3), called));
        acts.add(() -> given(UUID.randomUUID(), 4, Duration.ofDays(2), called));
        // 21 were bought; the twelve given close 6 and 5 of the oldest and 1 of the four that came after.
        Collections.shuffle(acts, new Random(7));
        arrive(acts.stream().map(java.util.function.Supplier::get).toList());
        assertThat(cores.charges(supplier, 10))
                .extracting(charge -> charge.open().thousandths())
                .containsExactly(3_000L, 3_000L, 2_000L, 1_000L);
        assertThat(standing().awaited()).isEqualTo(Money.mxn(12 * 60_000));
    }

    @Test
    void more_than_is_owed_is_told_and_pieces_given_to_nobody_we_know_wait_for_their_supplier() {
        UUID given = UUID.randomUUID();
        arrive(List.of(bought(1, Duration.ofDays(5), called), given(given, 3, Duration.ofDays(1), "¿quién sabe?")));
        assertThat(cores.one(given).orElseThrow().supplier()).isNull();
        assertThat(standing().to30()).isEqualTo(age(1));
        assertThat(refused(cores.credit(given, UUID.randomUUID(), "600", "", ANA)))
                .isEqualTo("cores-supplier-missing");
        SupplierCores.Given assigned = done(cores.assign(given, supplier, ANA));
        assertThat(assigned.surplus()).isEqualTo(Quantity.of(2));
        assertThat(assigned.expected()).isEqualTo(Money.mxn(60_000));
        assertThat(refused(cores.settle(given, " ", ANA))).isEqualTo("reason-needed");
        done(cores.settle(given, "No los aceptaron", ANA));
        assertThat(refused(cores.assign(given, UUID.randomUUID(), ANA))).isEqualTo("cores-settled");
    }

    @Test
    void what_customers_left_at_a_branch_is_proposed_up_to_what_is_owed() {
        arrive(List.of(bought(2, Duration.ofDays(20), called)));
        assertThat(mine()).isEmpty();
        left(5);
        assertThat(mine()).singleElement().satisfies(one -> {
            assertThat(one.store()).isEqualTo(shop.id.value());
            assertThat(one.lies()).isEqualTo(Quantity.of(5));
            assertThat(one.quantity()).isEqualTo(Quantity.of(2));
            assertThat(one.amount()).isEqualTo(Money.mxn(120_000));
        });
        arrive(List.of(given(UUID.randomUUID(), 1, Duration.ofDays(1), called)));
        assertThat(mine()).singleElement().satisfies(one -> {
            assertThat(one.lies()).isEqualTo(Quantity.of(4));
            assertThat(one.quantity()).isEqualTo(Quantity.ONE);
        });
    }

    private List<SupplierCores.Proposed> mine() {
        return cores.proposed(1_000).stream()
                .filter(one -> one.supplier().equals(supplier))
                .toList();
    }

    /** Customers brought so many for their deposits. */
    private void left(int pieces) {
        mx.refahub.domain.sale.Sale sale = shop.cashSaleOf(alternator, 1);
        arrive(List.of(shop.sale(sale)));
        TestHub.sql()
                .sql("""
                update sale_line
                set kind = 'CORE_RETURN', quantity = :quantity
                where sale_id = :sale
                and position = (select max(position) from sale_line where sale_id = :sale and part_id = :part)
                and part_id = :part
                """)
                .param("quantity", -1000L * pieces)
                .param("sale", sale.id())
                .param("part", alternator)
                .update();
    }
}
