package mx.refahub.hub.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import mx.refahub.domain.core.CoreDesk;
import mx.refahub.domain.credit.CreditBoard;
import mx.refahub.domain.credit.StoreCredit;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.part.Tracking;
import mx.refahub.domain.part.TrackingDesk;
import mx.refahub.domain.sale.GiftVoucher;
import mx.refahub.domain.sale.LineAmounts;
import mx.refahub.domain.sale.Particulars;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.ReturnTerms;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Totals;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.wire.CreditSpentRow;
import mx.refahub.domain.wire.CustomerRow;
import mx.refahub.domain.wire.PartRow;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.domain.wire.SettingsRow;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import mx.refahub.hub.ledger.SaleArchive;
import mx.refahub.hub.stream.StreamWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * An alternator of 3,250.00 with a core of 600.00, sold three ways, and a gift voucher of 200.00: what the core bank, the vouchers' board and the journal make of them. All figures
 * by hand: 3,250.00 is 2,801.72 and 448.28 of tax, 489.00 is 421.55 and 67.45, 600.00 is 517.24 and 82.76.
 */
class CoreDeskTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final TestShop centro = TestShop.open();
    private final TestShop norte = TestShop.open();
    private final CoreDesk desk = TestHub.bean(CoreDesk.class);
    private final CreditBoard credits = TestHub.bean(CreditBoard.class);

    @AfterEach
    void asBefore() {
        TestShop.done(desk.terms(new CoreDesk.Terms(false, null, null), "Ana"));
    }

    private static Sale with(Sale sale, List<SaleLine> lines, Tender... tenders) {
        Totals totals = Totals.of(lines);
        return new Sale(
                sale.id(),
                sale.store(),
                sale.register(),
                sale.cashSession(),
                sale.cashier(),
                sale.cashierName(),
                sale.folio(),
                sale.invoiceCode(),
                sale.soldAt(),
                sale.businessDay(),
                sale.issuer(),
                sale.fiscalState(),
                sale.priceVersion(),
                lines,
                tenders.length > 0
                        ? List.of(tenders)
                        : List.of(new Tender(UUID.randomUUID(), Tender.Kind.CASH, totals.total(), totals.total(), "")),
                totals);
    }

    private static SaleLine core(SaleLine line, Tax tax, Particulars.Core core) {
        return new SaleLine(
                line.id(),
                line.kind(),
                line.part(),
                line.lineCode(),
                line.number(),
                line.description(),
                line.unit(),
                line.quantity(),
                line.price(),
                line.listPrice(),
                LineAmounts.of(line.price(), line.quantity(), Money.mxn(0), tax),
                tax,
                line.satProduct(),
                line.satUnit(),
                line.salesperson(),
                line.salespersonName(),
                line.note(),
                null,
                null,
                null,
                Particulars.of(core, List.of()));
    }

    private static void soldOn(Sale sale, LocalDate day) {
        TestHub.sql()
                .sql("update sale set business_day = ? where id = ?")
                .param(day)
                .param(sale.id())
                .update();
    }

    private static Sale cored(TestShop shop, boolean taxed, Particulars.Core terms) {
        Sale sale = shop.cashSaleOf(UUID.randomUUID(), 1);
        List<SaleLine> lines = new ArrayList<>(sale.lines());
        SaleLine deposit = lines.removeLast();
        lines.add(core(deposit, taxed ? lines.getFirst().tax() : Tax.none(), terms));
        return with(sale, lines);
    }

    private static SaleLine voucher(TestShop shop, SaleLine like, long centavos) throws GeneralSecurityException {
        UUID id = UUID.randomUUID();
        StoreCredit bare = new StoreCredit(
                id, shop.id, Money.mxn(centavos), LocalDate.parse("2026-11-21"), "", StoreCredit.Kind.VOUCHER);
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(shop.keys.getPrivate());
        signer.update(bare.message());
        var part = TestShop.done(GiftVoucher.of(centavos)).standIn();
        Price price = new Price(Money.mxn(centavos), true);
        return new SaleLine(
                id,
                SaleLine.Kind.VOUCHER,
                PartId.NONE,
                part.lineCode(),
                part.number(),
                part.nameEs(),
                part.unit(),
                Quantity.ONE,
                price,
                price,
                LineAmounts.of(price, Quantity.ONE, Money.mxn(0), Tax.none()),
                Tax.none(),
                part.satCode(),
                part.satUnit(),
                like.salesperson(),
                like.salespersonName(),
                "",
                null,
                null,
                null,
                Particulars.of(new Tender.Credit(id, bare.signed(signer.sign()).proof())));
    }

    private static Document land(TestShop shop, Sale sale) {
        Document document = shop.writeRaw(
                "sale:" + sale.id(),
                DocumentType.SALE,
                DocumentType.SALE_SCHEMA,
                JSON.writeValueAsString(SaleBody.of(sale)));
        TestHub.bean(Intake.class).land(shop.id, TestShop.frame(List.of(document)));
        while (TestHub.bean(Ledgers.class).apply().more()) {
            // until nothing is left
        }
        return document;
    }

    private static List<String> said(Document document) {
        return TestHub.sql()
                .sql("select what from ledger_difference where document_id = ?")
                .param(document.envelope().id())
                .query(String.class)
                .list();
    }

    private static Map<String, Long> journal(Sale sale) {
        return TestHub.sql()
                .sql(
                        "select role || ' ' || kind as figure, sum(amount) as amount from accounting_figure where sale_id = ? group by 1")
                .param(sale.id())
                .query((row, n) -> Map.entry(row.getString(1).strip(), row.getLong(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Test
    void the_journal_takes_a_deposit_as_owed_as_taxed_or_as_sold_as_the_ticket_said() {
        Sale owed = cored(centro, false, null);
        Sale taxed =
                cored(centro, true, new Particulars.Core(Particulars.CoreGiven.LATER, LocalDate.parse("2026-12-21")));
        Sale kept = cored(centro, true, new Particulars.Core(Particulars.CoreGiven.NEVER, null));
        for (Sale sale : List.of(owed, taxed, kept))
            assertThat(said(land(centro, sale))).isEmpty();

        assertThat(journal(owed))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "SALES 16%",
                        280_172L + 42_155, "TAX 16%", 44_828L + 6_745, "CORES", 60_000L, "TENDER CASH", -433_900L));
        assertThat(journal(taxed))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "SALES 16%",
                        280_172L + 42_155,
                        "TAX 16%",
                        44_828L + 6_745 + 8_276,
                        "CORES",
                        51_724L,
                        "TENDER CASH",
                        -433_900L));
        assertThat(journal(kept))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "SALES 16%",
                        280_172L + 42_155 + 51_724, "TAX 16%", 44_828L + 6_745 + 8_276, "TENDER CASH", -433_900L));

        // The oldest come first: these among all that other tests have left.
        LocalDate day = taxed.businessDay();
        for (Sale sale : List.of(owed, taxed, kept)) soldOn(sale, LocalDate.parse("2001-01-01"));
        assertThat(desk.owed(null, 500))
                .extracting(CoreDesk.Owed::line)
                .contains(owed.lines().getLast().id(), taxed.lines().getLast().id())
                .doesNotContain(kept.lines().getLast().id());
        assertThat(desk.owed(null, 500))
                .filteredOn(one -> one.line().equals(taxed.lines().getLast().id()))
                .extracting(CoreDesk.Owed::until)
                .containsExactly(LocalDate.parse("2026-12-21"));
        for (Sale sale : List.of(owed, taxed, kept)) soldOn(sale, day);
        CoreDesk.Standing standing = desk.standing(500);
        assertThat(standing.ages().stream().map(CoreDesk.Age::deposits).reduce(Money.mxn(0), Money::plus))
                .isEqualTo(standing.deposits());
        // What is read back out of the ledger is what came.
        assertThat(TestHub.bean(SaleArchive.class).sale(kept.id()).orElseThrow().lines())
                .isEqualTo(kept.lines());
    }

    /** Three at 33.33 are 99.99: two come for 66.66, the last for 33.33. */
    @Test
    void an_opening_deposit_is_owed_until_its_pieces_have_come() {
        UUID customer = UUID.randomUUID();
        UUID part = UUID.randomUUID();
        UUID opening = UUID.randomUUID();
        TestHub.sql()
                .sql("""
                with c as (
                    insert into customer (
                        id, name, phone, email, rfc, fiscal_name, postal_code, regime, tax_use, price_level, notes, found_by, made_at, customers_version)
                    values (:customer, 'Taller Paz', '', '', '', '', '', '', '', '', '', '', now(), 0)),
                p as (
                    insert into part (id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code,
                        sat_unit, tax_object, created_at, catalogue_version)
                    values (:part, 'ALT', :number, :number, 'ALT', 'Alternador', '', '', 'PZA', 'GENERAL', 60000, '', '', '02', now(), 0))
                select 1
                """)
                .param("customer", customer)
                .param("part", part)
                .param("number", part.toString())
                .query(Integer.class)
                .single();
        TestHub.sql()
                .sql("""
                insert into core_opening (id, run_id, store_id, customer_id, part_id, quantity, unit, since)
                values (:opening, 7, :store, :customer, :part, 3000, 3333, date '2001-01-01')
                """)
                .param("opening", opening)
                .param("store", centro.id.value())
                .param("customer", customer)
                .param("part", part)
                .update();
        assertThat(desk.standing(5_000).customers())
                .filteredOn(one -> customer.equals(one.customer()))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.name()).isEqualTo("Taller Paz");
                    assertThat(one.deposits()).isEqualTo(Money.mxn(9_999));
                    assertThat(one.ages().getLast().pieces()).isEqualTo(new Quantity(3_000));
                });
        assertThat(desk.owed(customer, 10)).singleElement().satisfies(one -> {
            assertThat(one.line()).isEqualTo(opening);
            assertThat(one.run()).isEqualTo(7);
        });

        UUID act = UUID.randomUUID();
        TestShop.done(desk.back(opening, act, "2", "Ana"));
        TestShop.done(desk.back(opening, act, "2", "Ana"));
        assertThat(TestShop.refused(desk.back(opening, act, "1", "Ana"))).isEqualTo("core-back-other");
        assertThat(TestShop.refused(desk.back(opening, UUID.randomUUID(), "2", "Ana")))
                .isEqualTo("core-back-more");
        assertThat(TestShop.refused(desk.back(opening, UUID.randomUUID(), "0", "Ana")))
                .isEqualTo("core-pieces-invalid");
        assertThat(TestShop.refused(desk.back(UUID.randomUUID(), UUID.randomUUID(), "1", "Ana")))
                .isEqualTo("core-opening-unknown");
        assertThat(desk.owed(customer, 10)).singleElement().satisfies(one -> {
            assertThat(one.left()).isEqualTo(new Quantity(1_000));
            assertThat(one.deposit()).isEqualTo(Money.mxn(3_333));
        });
        assertThat(TestHub.sql()
                        .sql("select quantity from core_lying where part_id = ?")
                        .param(part)
                        .query(Long.class)
                        .single())
                .isEqualTo(2_000);
        TestShop.done(desk.back(opening, UUID.randomUUID(), "1", "Ana"));
        assertThat(desk.owed(customer, 10)).isEmpty();
    }

    /** Three at 600.00: one came here, the till of its branch pays one back, and then two are too many. */
    @Test
    void an_opening_deposit_goes_down_with_its_customer_and_comes_back_at_the_till_of_its_branch() {
        UUID customer = UUID.randomUUID();
        UUID part = UUID.randomUUID();
        UUID opening = UUID.randomUUID();
        TestHub.sql().sql("""
                insert into customer (
                    id, name, phone, email, rfc, fiscal_name, postal_code, regime, tax_use, price_level, notes, found_by, made_at, customers_version)
                values (?, 'Taller Sol', '', '', '', '', '', '', '', '', '', '', now(), 0)
                """).param(customer).update();
        TestHub.sql()
                .sql("""
                insert into part (id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code,
                    sat_unit, tax_object, created_at, catalogue_version)
                values (:part, 'ALT', :number, :number, 'ALT', 'Alternador', '', '', 'PZA', 'GENERAL', 60000, '26101706', 'H87', '02', now(), 0)
                """)
                .param("part", part)
                .param("number", part.toString())
                .update();
        TestHub.sql()
                .sql("""
                insert into core_opening (id, run_id, store_id, customer_id, part_id, quantity, unit, since)
                values (:opening, 8, :store, :customer, :part, 3000, 60000, date '2001-01-01')
                """)
                .param("opening", opening)
                .param("store", centro.id.value())
                .param("customer", customer)
                .param("part", part)
                .update();
        UUID here = UUID.randomUUID();
        TestShop.done(desk.back(opening, here, "1", "Ana"));
        assertThat(told(customer, centro).cores()).singleElement().satisfies(core -> {
            assertThat(core.id()).isEqualTo(opening);
            assertThat(core.quantity()).isEqualTo(3_000);
            assertThat(core.received()).isEqualTo(1_000);
            assertThat(core.back()).isZero();
            assertThat(core.deposit()).isEqualTo(60_000);
            assertThat(core.since()).isEqualTo(LocalDate.parse("2001-01-01"));
        });
        assertThat(told(customer, norte).cores()).isNull();

        Sale sale = openingBack(opening, part, 1);
        assertThat(said(land(centro, sale))).isEmpty();
        assertThat(journal(sale)).containsExactlyInAnyOrderEntriesOf(Map.of("CORES", -60_000L, "TENDER CASH", 60_000L));
        assertThat(TestHub.bean(SaleArchive.class).sale(sale.id()).orElseThrow().lines())
                .isEqualTo(sale.lines());
        assertThat(told(customer, centro).cores())
                .singleElement()
                .satisfies(core -> assertThat(core.back()).isEqualTo(1_000));
        assertThat(desk.owed(customer, 10)).singleElement().satisfies(one -> {
            assertThat(one.left()).isEqualTo(Quantity.ONE);
            assertThat(one.deposit()).isEqualTo(Money.mxn(60_000));
        });
        assertThat(TestShop.refused(desk.back(opening, UUID.randomUUID(), "2", "Ana")))
                .isEqualTo("core-back-more");
        assertThat(TestHub.sql()
                        .sql("select quantity from core_lying where part_id = ?")
                        .param(part)
                        .query(Long.class)
                        .single())
                .isEqualTo(2_000);

        assertThat(said(land(centro, openingBack(opening, part, 2))))
                .singleElement()
                .asString()
                .contains("3000 came back of");
        assertThat(desk.owed(customer, 10)).isEmpty();
    }

    /** As the till writes it. */
    private Sale openingBack(UUID opening, UUID part, int pieces) {
        Sale plain = centro.cashSaleOf(UUID.randomUUID(), 1);
        SaleLine like = plain.lines().getLast();
        Price deposit = new Price(Money.mxn(60_000), true);
        SaleLine back = new SaleLine(
                UUID.randomUUID(),
                SaleLine.Kind.CORE_RETURN,
                new PartId(part),
                like.lineCode(),
                like.number(),
                like.description(),
                like.unit(),
                Quantity.of(pieces).negated(),
                deposit,
                deposit,
                LineAmounts.of(deposit, Quantity.of(pieces), Money.mxn(0), Tax.none())
                        .returned(Quantity.of(pieces), Quantity.ZERO, Quantity.of(pieces)),
                Tax.none(),
                like.satProduct(),
                like.satUnit(),
                like.salesperson(),
                like.salespersonName(),
                "",
                null,
                new ReturnOf(
                        null,
                        opening,
                        "",
                        ReturnOf.Reason.CORE,
                        new ReturnTerms(ReturnTerms.Source.OPENING, null, null, Set.of(), null, false)));
        return with(
                plain,
                List.of(back),
                new Tender(
                        UUID.randomUUID(),
                        Tender.Kind.CASH,
                        Money.mxn(-60_000L * pieces),
                        Money.mxn(-60_000L * pieces),
                        ""));
    }

    private static CustomerRow told(UUID customer, TestShop shop) {
        return stream(Stream.CUSTOMERS, shop).stream()
                .filter(line -> line.contains(customer.toString()))
                .map(line -> JSON.readValue(line, CustomerRow.class))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_terms_go_down_with_the_settings() throws Exception {
        TestShop.done(desk.terms(new CoreDesk.Terms(true, 45, 10), "Ana"));
        assertThat(TestShop.refused(desk.terms(new CoreDesk.Terms(true, 0, null), "Ana")))
                .isEqualTo("core-days");
        assertThat(TestShop.refused(desk.terms(new CoreDesk.Terms(true, 1, -1), "Ana")))
                .isEqualTo("core-limit-invalid");
        assertThat(TestShop.refused(desk.limit(UUID.randomUUID(), 3, "Ana"))).isEqualTo("customer-unknown");

        SettingsRow told = JSON.readValue(stream(Stream.SETTINGS, centro).get(1), SettingsRow.class);
        assertThat(told.cores()).isEqualTo(new SettingsRow.CoresRow(true, 45, 10L, null));
    }

    private static List<String> stream(Stream stream, TestShop shop) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TestHub.bean(StreamWriter.class).write(stream, shop.id, 0, out);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void a_voucher_sold_is_owed_until_it_is_spent_and_the_other_branches_are_told() throws Exception {
        Money before = credits.standing(1).vouchers();
        Sale plain = centro.cashSaleOf(UUID.randomUUID(), 1);
        List<SaleLine> lines = new ArrayList<>(plain.lines());
        SaleLine voucher = voucher(centro, lines.getFirst(), 20_000);
        lines.add(voucher);
        Sale sold = with(plain, lines);
        assertThat(said(land(centro, sold))).isEmpty();
        assertThat(journal(sold)).containsEntry("VOUCHERS", 20_000L).doesNotContainKey("SALES NONE");
        assertThat(credits.standing(1).vouchers()).isEqualTo(before.plus(Money.mxn(20_000)));

        Tender.Credit slip = voucher.particulars().voucher();
        Sale bought = norte.cashSaleOf(UUID.randomUUID(), 1);
        Tender byVoucher = new Tender(
                UUID.randomUUID(),
                Tender.Kind.GIFT_VOUCHER,
                Money.mxn(15_000),
                Money.mxn(15_000),
                "",
                null,
                null,
                slip);
        Tender cash = new Tender(UUID.randomUUID(), Tender.Kind.CASH, Money.mxn(418_900), Money.mxn(418_900), "");
        Document spent = land(norte, with(bought, bought.lines(), byVoucher, cash));
        assertThat(said(spent)).isEmpty();
        assertThat(credits.standing(1).vouchers()).isEqualTo(before.plus(Money.mxn(5_000)));
        assertThat(journal(bought)).containsEntry("TENDER GIFT_VOUCHER", -15_000L);

        CreditSpentRow row = new CreditSpentRow(voucher.id(), 15_000);
        assertThat(stream(Stream.CREDITS, centro))
                .anyMatch(line -> line.replace(" ", "").equals(JSON.writeValueAsString(row)));
        assertThat(stream(Stream.CREDITS, norte))
                .noneMatch(line -> line.contains(voucher.id().toString()));
    }

    @Test
    void a_voucher_that_is_worth_more_than_was_paid_for_it_is_flagged_and_owes_nothing() throws Exception {
        Sale plain = centro.cashSaleOf(UUID.randomUUID(), 1);
        List<SaleLine> lines = new ArrayList<>(plain.lines());
        SaleLine cheap = voucher(centro, lines.getFirst(), 20_000);
        SaleLine dear = voucher(centro, lines.getFirst(), 90_000);
        lines.add(cheap.signed(dear.particulars().voucher()));
        assertThat(said(land(centro, with(plain, lines))))
                .singleElement()
                .asString()
                .endsWith("is not what the sale sells");
    }

    @Test
    void a_part_asks_for_its_serial_number_and_the_ticket_that_sold_one_is_found() {
        Sale plain = centro.cashSaleOf(UUID.randomUUID(), 1);
        List<SaleLine> lines = new ArrayList<>(plain.lines());
        SaleLine pad = lines.removeFirst();
        String serial = "SN-" + UUID.randomUUID();
        lines.addFirst(new SaleLine(
                pad.id(),
                pad.kind(),
                pad.part(),
                pad.lineCode(),
                pad.number(),
                pad.description(),
                pad.unit(),
                pad.quantity(),
                pad.price(),
                pad.listPrice(),
                pad.amounts(),
                pad.tax(),
                pad.satProduct(),
                pad.satUnit(),
                pad.salesperson(),
                pad.salespersonName(),
                "",
                null,
                null,
                null,
                Particulars.of(null, List.of("other", serial))));
        assertThat(said(land(centro, with(plain, lines)))).isEmpty();
        TrackingDesk tracking = TestHub.bean(TrackingDesk.class);
        assertThat(tracking.find(serial, 10))
                .extracting(TrackingDesk.Found::folio)
                .containsExactly(plain.folio().text());
        assertThat(tracking.find(serial.substring(1), 10)).isEmpty();

        UUID part = UUID.randomUUID();
        TestHub.sql()
                .sql("""
                insert into part (id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code,
                    sat_unit, tax_object, created_at, catalogue_version)
                values (?, 'LTH', ?, ?, 'LTH', 'Batería', 'Battery', '', 'PZA', 'GENERAL', 0, '26111703', 'H87', '02', now(), 1)
                """)
                .params(part, part.toString(), part.toString().replace("-", "").toUpperCase(Locale.ROOT))
                .update();
        assertThat(TestShop.done(tracking.set(new PartId(part), Tracking.SERIAL, "Ana")))
                .isEqualTo(Tracking.SERIAL);
        assertThat(stream(Stream.CATALOGUE, centro).stream()
                        .filter(line -> line.contains(part.toString()))
                        .map(line -> JSON.readValue(line, PartRow.class).tracking()))
                .containsExactly("SERIAL");
        TestShop.done(tracking.set(new PartId(part), Tracking.NONE, "Ana"));
        assertThat(TestShop.refused(tracking.of(PartId.NONE))).isEqualTo("part-unknown");
    }
}
