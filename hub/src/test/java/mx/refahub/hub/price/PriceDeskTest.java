package mx.refahub.hub.price;

import static mx.refahub.hub.TestShop.done;
import static mx.refahub.hub.TestShop.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.pricing.PriceDesk;
import mx.refahub.domain.pricing.PriceFormula;
import mx.refahub.domain.pricing.PriceFormulas;
import mx.refahub.domain.pricing.PriceLevel;
import mx.refahub.domain.pricing.PriceReason;
import mx.refahub.domain.pricing.PriceRule;
import mx.refahub.domain.pricing.PriceTarget;
import mx.refahub.domain.pricing.Promotion;
import mx.refahub.domain.sale.LineAmounts;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Totals;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.PriceBookRow;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import mx.refahub.hub.stream.Publications;
import mx.refahub.hub.stream.StreamWriter;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The price book on PostgreSQL: written, told to the stores, and held against what was charged. */
class PriceDeskTest {
    private static final LocalDate TODAY = LocalDate.ofInstant(TestHub.CLOCK.instant(), ZoneOffset.UTC);
    private static final Person ANA = new Person(new UserId(new UUID(5, 5)), "Ana", Role.ADMIN);
    private static final PriceLevel TALLER = new PriceLevel("TALLER");

    private final PriceDesk desk = TestHub.bean(PriceDesk.class);
    private final JsonMapper json = JsonMapper.builder().build();
    private final String brand = "Marca " + UUID.randomUUID();

    private PartId part(long price) {
        UUID id = UUID.randomUUID();
        TestHub.sql().sql("""
                insert into part (id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code,
                    sat_unit, tax_object, created_at, catalogue_version)
                values (?, 'FRI', ?, ?, ?, 'Balata', '', 'Frenos/Balatas', 'JGO', 'GENERAL', 0, '25172504', 'H87', '02', now(), 1)
                """).params(id, id.toString(), id.toString(), brand).update();
        TestHub.sql()
                .sql(
                        "insert into part_price (part_id, amount, currency, includes_tax, prices_version) values (?, ?, 'MXN', true, 3)")
                .params(id, price)
                .update();
        return new PartId(id);
    }

    private PriceRule rule(PartId part, PriceLevel level, int from, long amount, LocalDate starts) {
        return new PriceRule(
                UUID.randomUUID(),
                new PriceTarget(PriceTarget.Kind.PART, part.toString()),
                level,
                null,
                Quantity.of(from),
                new PriceRule.Value.Unit(new Price(Money.mxn(amount), true)),
                starts,
                null,
                0);
    }

    private Promotion promotion(int hundredths, PriceTarget target) {
        return new Promotion(
                UUID.randomUUID(),
                "Promo",
                new Promotion.Effect.PercentOff(hundredths),
                List.of(target),
                Set.of(),
                Set.of(),
                0,
                TODAY,
                null,
                0);
    }

    private List<PriceBookRow> told(long since) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TestHub.bean(StreamWriter.class).write(Stream.PRICE_BOOK, TestShop.open().id, since, out);
        List<String> lines = Arrays.asList(out.toString(StandardCharsets.UTF_8).split("\n"));
        return lines.subList(1, lines.size() - 1).stream()
                .map(line -> json.readValue(line, PriceBookRow.class))
                .toList();
    }

    private long version() {
        return TestHub.bean(Publications.class).current().get(Stream.PRICE_BOOK);
    }

    @Test
    void a_price_is_published_once_kept_and_told_to_the_stores_as_it_stands() {
        PartId part = part(80_000);
        long before = version();
        PriceRule rule = rule(part, TALLER, 4, 70_000, TODAY.plusDays(3));

        PriceRule published = done(desk.add(rule, ANA));
        assertThat(done(desk.add(rule, ANA))).isEqualTo(published);

        assertThat(version()).isEqualTo(before + 1);
        assertThat(told(before))
                .singleElement()
                .satisfies(row ->
                        assertThat(row.rule().rule(row.id(), row.version())).isEqualTo(published));
        assertThat(desk.part(part).orElseThrow().prices())
                .singleElement()
                .matches(kept -> kept.what().equals(published) && kept.madeBy().equals("Ana"));
        done(desk.withdraw(rule.id(), ANA));
        done(desk.withdraw(rule.id(), ANA));
        assertThat(version()).isEqualTo(before + 2);
        assertThat(told(before + 1)).singleElement().matches(row -> row.rule() == null && row.promotion() == null);
        assertThat(told(0)).noneMatch(row -> row.id().equals(rule.id()));
        assertThat(desk.part(part).orElseThrow().prices())
                .singleElement()
                .matches(kept -> "Ana".equals(kept.withdrawnBy()));
    }

    @Test
    void what_cannot_be_is_refused_and_raises_nothing() {
        PartId part = part(80_000);
        long before = version();

        assertThat(refused(desk.add(rule(part, TALLER, 0, 1, TODAY.minusDays(2)), ANA)))
                .isEqualTo("price-starts-past");
        assertThat(refused(desk.add(rule(new PartId(UUID.randomUUID()), TALLER, 0, 1, TODAY), ANA)))
                .isEqualTo("price-part-unknown");
        assertThat(refused(desk.add(promotion(100, new PriceTarget(PriceTarget.Kind.CATEGORY, "Nada/Así")), ANA)))
                .isEqualTo("price-target-unknown");
        assertThat(refused(desk.withdraw(UUID.randomUUID(), ANA))).isEqualTo("price-unknown");
        assertThat(version()).isEqualTo(before);
    }

    @Test
    void a_promotion_shows_first_what_it_touches_and_what_is_left_over_cost() {
        PartId dear = part(116_00);
        PartId cheap = part(11_600);
        TestHub.sql()
                .sql(
                        "insert into stock_on_hand (store_id, part_id, on_hand, as_of, stock_version, last_cost, last_cost_at) values (?, ?, 0, now(), 0, 9000, now())")
                .params(TestShop.open().id.value(), cheap.value())
                .update();
        PriceTarget target = new PriceTarget(PriceTarget.Kind.BRAND, brand.toUpperCase(Locale.ROOT));

        PriceDesk.Preview preview = desk.preview(promotion(1_000, target));

        assertThat(preview.touched()).isEqualTo(2);
        PriceDesk.Effect first = preview.shown().getFirst();
        assertThat(first.part()).isEqualTo(cheap);
        assertThat(first.price().amount()).isEqualTo(Money.mxn(10_440));
        assertThat(first.marginPercent()).isZero();
        assertThat(preview.shown().getLast().part()).isEqualTo(dear);
        assertThat(preview.shown().getLast().marginPercent()).isNull();
    }

    @Test
    void a_sale_is_held_against_the_version_of_the_book_that_it_names() {
        TestShop shop = TestShop.open();
        PartId part = part(80_000);
        done(desk.add(rule(part, PriceLevel.PUBLICO, 4, 70_000, TODAY), ANA));
        long named = version();
        Promotion later = promotion(5_000, new PriceTarget(PriceTarget.Kind.PART, part.toString()));
        done(desk.add(later, ANA));

        Document right = shop.sale(sale(shop, part, 4, 70_000, named));
        Document wrong = shop.sale(sale(shop, part, 4, 65_000, named));
        Document promoted = shop.sale(sale(shop, part, 4, 40_000, version()));
        Document unheard = shop.sale(sale(shop, part, 1, 80_000, 0));
        TestHub.bean(Intake.class).land(shop.id, TestShop.frame(right, wrong, promoted, unheard));
        while (TestHub.bean(Ledgers.class).apply().more()) {
            // until all is applied
        }

        Map<UUID, String> odd = new HashMap<>();
        TestHub.sql()
                .sql("select document_id, what from ledger_difference where document_id = any(cast(? as uuid[]))")
                .param(new String[] {
                    right.id().toString(),
                    wrong.id().toString(),
                    promoted.id().toString(),
                    unheard.id().toString()
                })
                .query((row, n) -> odd.put(row.getObject("document_id", UUID.class), row.getString("what")))
                .list();
        assertThat(odd).hasSize(1);
        assertThat(odd.get(wrong.id()))
                .contains("line 1 was charged at 65000, version " + named + " of the price book says 70000");
    }

    /** The shop's usual sale with its first line priced by the book. */
    private static Sale sale(TestShop shop, PartId part, int quantity, long price, long version) {
        Sale usual = shop.cashSaleOf(part.value(), quantity);
        SaleLine line = usual.lines().getFirst();
        Price charged = new Price(Money.mxn(price), true);
        Price list = new Price(Money.mxn(80_000), true);
        SaleLine priced = new SaleLine(
                line.id(),
                line.kind(),
                line.part(),
                line.lineCode(),
                line.number(),
                line.description(),
                line.unit(),
                line.quantity(),
                charged,
                list,
                LineAmounts.of(charged, line.quantity(), Money.mxn(0), line.tax()),
                line.tax(),
                line.satProduct(),
                line.satUnit(),
                line.salesperson(),
                line.salespersonName(),
                "",
                null,
                null,
                new PriceReason(PriceLevel.PUBLICO, null, null, null, null, Money.mxn(0), version, 3, TODAY));
        List<SaleLine> lines = new ArrayList<>(usual.lines());
        lines.set(0, priced);
        Totals totals = Totals.of(lines);
        return new Sale(
                usual.id(),
                usual.store(),
                usual.register(),
                usual.cashSession(),
                usual.cashier(),
                usual.cashierName(),
                usual.folio(),
                usual.invoiceCode(),
                usual.soldAt(),
                usual.businessDay(),
                usual.issuer(),
                usual.fiscalState(),
                usual.priceVersion(),
                lines,
                List.of(new Tender(UUID.randomUUID(), Tender.Kind.CASH, totals.total(), totals.total(), "")),
                totals);
    }

    private static PriceFormula formula(String category, long from, String level, int hundredths) {
        return new PriceFormula(
                "",
                category,
                Money.mxn(from),
                new PriceLevel(level),
                PriceFormula.Method.MARGIN,
                hundredths,
                PriceFormula.Ending.C90);
    }

    @Test
    void a_suppliers_formulas_are_put_in_the_place_of_those_that_were_seen_and_audited() {
        PriceFormulas formulas = TestHub.bean(PriceFormulas.class);
        String supplier = "ACME " + UUID.randomUUID();
        PriceFormulas.Kept none = formulas.of(supplier);
        List<PriceFormula> table = List.of(
                formula("", 0, "PUBLICO", 4_000),
                formula("", 50_000, "PUBLICO", 3_200),
                formula("Frenos", 0, "TALLER", 3_000));

        PriceFormulas.Kept kept = done(formulas.keep(supplier, table, none.seen(), ANA));
        assertThat(kept.formulas()).isEqualTo(table);
        assertThat(done(formulas.keep(supplier, table, none.seen(), ANA)).seen())
                .as("the same again")
                .isEqualTo(kept.seen());
        assertThat(refused(formulas.keep(supplier, List.of(), none.seen(), ANA)))
                .isEqualTo("formulas-changed");
        assertThat(refused(formulas.keep(supplier, List.of(table.getFirst(), table.getFirst()), kept.seen(), ANA)))
                .isEqualTo("formulas-twice");
        assertThat(done(formulas.keep(supplier, List.of(), kept.seen(), ANA)).formulas())
                .isEmpty();
        assertThat(TestHub.sql()
                        .sql("select count(*) from audit where act = 'price formulas kept' and subject like ?")
                        .param(supplier + "%")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }
}
