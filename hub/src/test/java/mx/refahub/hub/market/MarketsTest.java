package mx.refahub.hub.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import mx.refahub.adapters.mercadolibre.MercadoLibreSimulator;
import mx.refahub.adapters.mercadolibre.MercadoLibreSimulator.Fault;
import mx.refahub.batch.catalogue.CatalogueUndo;
import mx.refahub.batch.intake.RejectedRows;
import mx.refahub.batch.market.MarketplaceExchange;
import mx.refahub.batch.run.Repositories;
import mx.refahub.batch.run.RunFolders;
import mx.refahub.batch.run.SpringBatchJobs;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.market.Answer;
import mx.refahub.domain.market.Grant;
import mx.refahub.domain.market.Hint;
import mx.refahub.domain.market.MarketCounter;
import mx.refahub.domain.market.MarketCounter.Piece;
import mx.refahub.domain.market.MarketDesk;
import mx.refahub.domain.market.MarketDesk.Ending;
import mx.refahub.domain.market.MarketDesk.Listing;
import mx.refahub.domain.market.MarketDesk.ListingView;
import mx.refahub.domain.market.MarketDesk.Rule;
import mx.refahub.domain.market.MarketDesk.SoldOrder;
import mx.refahub.domain.market.MarketDesk.Standing;
import mx.refahub.domain.market.Marketplace;
import mx.refahub.domain.market.Order;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.outside.ConnectionDesk;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.sale.LineAmounts;
import mx.refahub.domain.sale.Promised;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Totals;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.wire.LeaseBody;
import mx.refahub.domain.wire.MarketOrderRow;
import mx.refahub.hub.BreakingOff;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import mx.refahub.hub.stream.StreamsTold;
import mx.refahub.routes.Channels;
import mx.refahub.routes.failure.HubPolicies;
import mx.refahub.routes.failure.Troubles;
import mx.refahub.routes.market.Dealing;
import mx.refahub.routes.market.HeardBefore;
import mx.refahub.routes.market.MarketMotion;
import mx.refahub.routes.market.MarketRoutes;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The hub's side of a marketplace against the simulator over HTTP and the real PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MarketsTest {
    private static final Person ANA = new Person(new UserId(UUID.randomUUID()), "Ana", Role.ADMIN);
    private static final URI BACK = URI.create("https://hub.example/console/marketplaces");

    private final MarketDesk desk = TestHub.bean(MarketDesk.class);
    private final MarketCounter counter = TestHub.bean(MarketCounter.class);
    private final ConnectionDesk connections = TestHub.bean(ConnectionDesk.class);
    private final MercadoLibreSimulator there = new MercadoLibreSimulator(TestHub.CLOCK);
    private URI address;
    private UUID connection;
    private String brand;

    MarketsTest() throws IOException {
        address = there.start(0);
    }

    @AfterAll
    void closed() {
        there.close();
    }

    /** A connection of its own for each test, authorised, with one rule for a brand of its own. */
    @BeforeEach
    void connected() {
        connected("M" + UUID.randomUUID().toString().substring(0, 8));
    }

    private void connected(String of) {
        brand = of;
        connection = done(connections.add(
                        new ConnectionDesk.Draft(
                                "mercado-libre",
                                "ML " + brand,
                                address.toString(),
                                true,
                                true,
                                Map.of("application", MercadoLibreSimulator.APPLICATION),
                                Map.of("applicationSecret", MercadoLibreSimulator.APPLICATION_SECRET)),
                        ANA))
                .id();
        let();
        done(desk.rules(connection, List.of(rule(1, 2, 1_500, Ending.C90)), ANA));
    }

    private void let() {
        URI to = done(desk.authorise(connection, BACK, ANA));
        String state = to.getQuery().replaceAll(".*state=([^&]+).*", "$1");
        assertThat(done(desk.authorised(state, there.permit(), BACK, ANA))).isEqualTo(connection);
    }

    private Rule rule(int least, int safety, int percent, Ending ending, UUID... stores) {
        return new Rule(
                UUID.randomUUID(),
                brand,
                "",
                Money.mxn(0),
                null,
                false,
                least,
                safety,
                "",
                percent,
                ending,
                List.of(stores),
                "MLM45878");
    }

    private UUID part(long centavos) {
        UUID part = UUID.randomUUID();
        TestHub.sql()
                .sql("""
                insert into part (
                    id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code, sat_unit, tax_object,
                    created_at, catalogue_version)
                values (:id, 'BAL', :number, :number, :brand, 'Balata delantera', '', 'Frenos/Balatas', 'JGO', 'GENERAL', 0, '', '', '02', now(), 0)
                """)
                .param("id", part)
                .param("number", part.toString().substring(24).toUpperCase(java.util.Locale.ROOT))
                .param("brand", brand)
                .update();
        TestHub.sql().sql("""
                insert into part_price (part_id, amount, currency, includes_tax, prices_version)
                values (:id, :amount, 'MXN', true, 0)
                """).param("id", part).param("amount", centavos).update();
        String hash = (part.toString() + part).replace("-", "");
        TestHub.sql().sql("""
                insert into image (hash, small_hash, width, height, bytes, created_at)
                values (:hash, :hash, 10, 10, 10, now())
                """).param("hash", hash).update();
        TestHub.sql().sql("""
                insert into part_image (part_id, hash, position, added_at, added_by)
                values (:part, :hash, 1, now(), 'Ana')
                """).param("part", part).param("hash", hash).update();
        TestHub.sql()
                .sql("""
                insert into market_picture (connection_id, hash, outside_id)
                values (:connection, :hash, '1-MLM1_112026')
                """)
                .param("connection", connection)
                .param("hash", hash)
                .update();
        TestHub.sql().sql("""
                insert into fitment (part_id, make, model, year_from, year_to, engine, position, notes)
                values (:part, 'Nissan', 'Tsuru', 2005, 2007, '', '', '')
                """).param("part", part).update();
        return part;
    }

    private static void stock(UUID store, UUID part, long pieces) {
        TestHub.sql()
                .sql("""
                insert into stock_on_hand (store_id, part_id, on_hand, as_of)
                values (:store, :part, :pieces, now())
                on conflict (store_id, part_id) do update set on_hand = excluded.on_hand
                """)
                .param("store", store)
                .param("part", part)
                .param("pieces", pieces * 1_000)
                .update();
    }

    /** As the routes do it, until there is nothing more to do. */
    private void exchange() {
        counter.plan(connection);
        for (List<Piece> due = counter.toPublish(connection); !due.isEmpty(); due = counter.toPublish(connection))
            due.forEach(each -> counter.publish(counter.fill(each)));
        for (List<Piece> due = counter.toChange(connection); !due.isEmpty(); due = counter.toChange(connection))
            counter.change(due);
        look();
    }

    private void look() {
        while (counter.look(connection) > 0) counter.errands().forEach(counter::fetch);
        counter.errands().forEach(counter::fetch);
    }

    private Listing listing(UUID part) {
        return desk.listings(connection, ListingView.ALL, "", 500).stream()
                .filter(each -> each.part().value().equals(part))
                .findFirst()
                .orElseThrow();
    }

    private SoldOrder order(String outside) {
        return desk.orders(false, 500).stream()
                .filter(each ->
                        each.connection().equals(connection) && each.outside().equals(outside))
                .findFirst()
                .orElseThrow();
    }

    private static <T> T done(Outcome<T> outcome) {
        return TestShop.done(outcome);
    }

    @Test
    void a_part_is_published_at_the_rules_price_and_stock_and_only_what_changes_is_sent_again() {
        UUID norte = TestShop.open().id.value();
        UUID sur = TestShop.open().id.value();
        UUID part = part(45_000);
        stock(norte, part, 5);
        stock(sur, part, 3);
        exchange();
        Listing made = listing(part);
        assertThat(made.state()).isEqualTo("STANDING");
        // 450.00 and 15 % is 517.50, which becomes 517.90; 8 pieces less 2.
        assertThat(made.sentPrice()).isEqualTo(Money.mxn(51_790));
        assertThat(made.sentPieces()).isEqualTo(6);
        assertThat(there.item(made.sku(), "available_quantity")).isEqualTo("6");
        assertThat(there.vehiclesOf(made.sku())).isEqualTo(3);
        int calls = there.calls().size();
        exchange();
        assertThat(there.calls().subList(calls, there.calls().size()))
                .noneMatch(each -> each.startsWith("PUT") || each.equals("POST /items"));

        stock(sur, part, 1);
        exchange();
        assertThat(there.count("stock 4", made.sku())).isOne();
        assertThat(there.count("price", made.sku())).isZero();
        done(desk.exclude(connection, new PartId(part), true, "ya no", ANA));
        exchange();
        assertThat(there.item(made.sku(), "status")).isEqualTo("paused");
        assertThat(there.count("item created", made.sku())).isOne();
        done(desk.exclude(connection, new PartId(part), false, "", ANA));
        exchange();
        assertThat(there.item(made.sku(), "status")).isEqualTo("active");
    }

    @Test
    void whoever_dies_after_the_listing_was_made_makes_no_second_one() {
        UUID part = part(45_000);
        stock(TestShop.open().id.value(), part, 5);
        counter.plan(connection);
        Piece piece = counter.toPublish(connection).getFirst();
        // The answer never comes to the tables: the process ends here.
        there.misbehave(Fault.LOST, "/items");
        TestHub.bean(Sellers.class)
                .find(connection)
                .orElseThrow()
                .market()
                .publish(counter.fill(piece).offer(), false);
        assertThat(counter.toPublish(connection)).as("still claimed").isEmpty();
        TestHub.CLOCK.advance(Duration.ofMinutes(6));
        exchange();
        assertThat(there.count("item created", piece.sku())).isOne();
        assertThat(listing(part).state()).isEqualTo("STANDING");
        assertThat(listing(part).sentPieces()).isEqualTo(3);
    }

    @Test
    void a_connection_with_listings_stays_and_one_made_anew_finds_what_an_earlier_one_published() {
        UUID part = part(45_000);
        stock(TestShop.open().id.value(), part, 5);
        exchange();
        String sku = listing(part).sku();
        // Orders hold a connection anyway; the simulator's are everybody's.
        TestHub.sql()
                .sql("delete from market_order where connection_id = :id")
                .param("id", connection)
                .update();
        assertThat(((Outcome.Refused<Boolean>) connections.remove(connection, ANA))
                        .refusal()
                        .code())
                .isEqualTo("connection-in-use");
        assertThat(listing(part).state()).isEqualTo("STANDING");

        // As if it had been removed by other means.
        TestHub.sql().sql("""
                update market_listing
                set outside_id = null
                where connection_id = :id
                """).param("id", connection).update();
        done(connections.remove(connection, ANA));
        connected(brand);
        stock(TestShop.open().id.value(), part, 4);
        exchange();
        assertThat(there.count("item created", sku)).isOne();
        assertThat(listing(part).state()).isEqualTo("STANDING");
        assertThat(listing(part).sku()).isEqualTo(sku);
        assertThat(there.item(sku, "available_quantity")).isEqualTo("7");
    }

    @Test
    void what_is_refused_is_listed_with_its_reason_and_goes_out_once_it_is_mended() {
        UUID part = part(1_000);
        stock(TestShop.open().id.value(), part, 5);
        exchange();
        Listing refused = listing(part);
        assertThat(refused.state()).isEqualTo("REFUSED");
        assertThat(refused.code()).isEqualTo("item.price.invalid");
        assertThat(refused.reason()).contains("The price must be at least 35 MXN");
        int calls = there.calls().size();
        exchange();
        assertThat(there.calls().subList(calls, there.calls().size())).doesNotContain("POST /items");
        TestHub.sql()
                .sql("update part_price set amount = 10000 where part_id = :part")
                .param("part", part)
                .update();
        TestHub.CLOCK.advance(Duration.ofSeconds(1));
        exchange();
        assertThat(listing(part).state()).isEqualTo("STANDING");
    }

    @Test
    void nothing_is_asked_of_a_marketplace_that_nobody_has_let_us_into() {
        TestHub.sql()
                .sql("update market_seller set access_token = null, refresh_token = null where connection_id = :id")
                .param("id", connection)
                .update();
        UUID part = part(45_000);
        stock(TestShop.open().id.value(), part, 5);
        int calls = there.calls().size();
        exchange();
        assertThat(there.calls()).hasSize(calls);
        assertThat(listing(part).state()).isEqualTo("WAITING");
        assertThat(account().standing()).isEqualTo(Standing.NEW);
        let();
        TestHub.CLOCK.advance(Duration.ofMinutes(2));
        exchange();
        assertThat(listing(part).state()).isEqualTo("STANDING");
    }

    @Test
    void vehicles_that_the_marketplace_had_no_time_for_are_told_with_the_next_try() {
        UUID part = part(45_000);
        stock(TestShop.open().id.value(), part, 5);
        there.misbehave(Fault.TOO_MANY, "/catalog_domains");
        exchange();
        Listing half = listing(part);
        assertThat(half.state()).isEqualTo("STANDING");
        assertThat(half.note()).contains("no quedaron todavía");
        assertThat(there.vehiclesOf(half.sku())).isZero();
        for (int minutes = 0; minutes < 4; minutes++) {
            TestHub.CLOCK.advance(Duration.ofMinutes(2));
            exchange();
        }
        assertThat(there.vehiclesOf(half.sku())).isEqualTo(3);
        assertThat(listing(part).note()).doesNotContain("no quedaron");
        assertThat(there.count("item created", half.sku())).isOne();
    }

    @Test
    void an_order_whose_answers_break_off_fail_and_come_in_the_wrong_order_is_one_order_as_it_was_last() {
        UUID part = part(45_000);
        stock(TestShop.open().id.value(), part, 5);
        exchange();
        String outside = there.sell(listing(part).sku(), 1);
        Order paid = ((Answer.Done<Order>) market().order(outside)).value();
        for (Fault fault : List.of(Fault.HALF, Fault.TROUBLE, Fault.CUT, Fault.LOST))
            there.misbehave(fault, "/orders/" + outside);
        for (int tries = 0; tries < 5; tries++) {
            counter.note(new MarketCounter.Errand(connection, Hint.Subject.ORDER, outside));
            counter.errands().forEach(counter::fetch);
            TestHub.CLOCK.advance(Duration.ofMinutes(2));
        }
        assertThat(order(outside).state()).isEqualTo(Order.State.PAID);
        there.cancelled(outside, "se arrepintió");
        TestHub.CLOCK.advance(Duration.ofHours(2));
        look();
        assertThat(order(outside).state()).isEqualTo(Order.State.CANCELLED);
        // What was said before the cancellation comes only now.
        TestHub.bean(TransactionTemplate.class)
                .executeWithoutResult(status -> TestHub.bean(OrderBook.class).keep(connection, "ML " + brand, paid));
        assertThat(order(outside).state()).isEqualTo(Order.State.CANCELLED);
        assertThat(desk.orders(false, 500).stream()
                        .filter(each -> each.outside().equals(outside)))
                .hasSize(1);
    }

    private MarketDesk.Account account() {
        return desk.accounts().stream()
                .filter(each -> each.connection().equals(connection))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void of_a_batch_nothing_more_is_said_once_the_first_was_told_to_wait() {
        UUID store = TestShop.open().id.value();
        for (int i = 0; i < 3; i++) stock(store, part(45_000), 5);
        counter.plan(connection);
        List<Piece> due = counter.toPublish(connection);
        assertThat(due).hasSize(3);
        there.misbehave(Fault.TOO_MANY, "/items");
        int calls = there.calls().size();
        List<MarketCounter.Went> went =
                due.stream().map(each -> counter.publish(counter.fill(each))).toList();
        assertThat(went).allSatisfy(each -> assertThat(each.outcome()).isEqualTo("LIMITED"));
        assertThat(there.calls().subList(calls, there.calls().size()))
                .filteredOn(each -> each.contains("/items"))
                .hasSizeLessThanOrEqualTo(2);
        TestHub.CLOCK.advance(Duration.ofSeconds(8));
        exchange();
        for (Piece each : due)
            assertThat(there.count("item created", each.sku())).isOne();
    }

    @Test
    void a_limit_is_obeyed_and_the_rest_waits() {
        UUID part = part(45_000);
        stock(TestShop.open().id.value(), part, 5);
        there.misbehave(Fault.TOO_MANY, "/items");
        exchange();
        assertThat(listing(part).state()).isEqualTo("WAITING");
        assertThat(desk.accounts().stream().filter(each -> each.connection().equals(connection)))
                .singleElement()
                .satisfies(account -> assertThat(account.waitUntil()).isNotNull());
        TestHub.CLOCK.advance(Duration.ofSeconds(8));
        exchange();
        assertThat(listing(part).state()).isEqualTo("STANDING");
    }

    @Test
    void an_order_sets_goods_aside_at_one_branch_and_its_cancellation_frees_them() {
        TestShop norte = TestShop.open();
        TestShop sur = TestShop.open();
        UUID part = part(45_000);
        stock(norte.id.value(), part, 2);
        stock(sur.id.value(), part, 6);
        exchange();
        String sku = listing(part).sku();
        String outside = there.sell(sku, 3);
        look();
        SoldOrder order = order(outside);
        assertThat(order.state()).isEqualTo(Order.State.PAID);
        assertThat(order.branch()).isEqualTo(code(sur));
        assertThat(order.lines().getFirst().lease()).isEqualTo("ASKED");
        assertThat(leases(sur)).isEqualTo(1);
        look();
        TestHub.CLOCK.advance(Duration.ofHours(2));
        look();
        assertThat(leases(sur)).as("however often it is fetched").isEqualTo(1);
        // What is set aside is not offered again: 8 less 3 less 2.
        exchange();
        assertThat(listing(part).sentPieces()).isEqualTo(3);
        there.cancelled(outside, "El comprador se arrepintió");
        TestHub.CLOCK.advance(Duration.ofHours(2));
        look();
        assertThat(order(outside).state()).isEqualTo(Order.State.CANCELLED);
        assertThat(order(outside).why()).isEqualTo("El comprador se arrepintió");
        assertThat(leases(sur)).isZero();
        exchange();
        assertThat(listing(part).sentPieces()).isEqualTo(6);
    }

    @Test
    void what_was_set_aside_before_it_named_its_order_is_named_by_the_upgrade_and_told_anew() throws IOException {
        TestShop sur = TestShop.open();
        UUID part = part(45_000);
        stock(sur.id.value(), part, 6);
        exchange();
        there.sell(listing(part).sku(), 3);
        look();
        long before = TestHub.sql()
                .sql("update stock_lease set ticket_id = null where giver = :id returning leases_version")
                .param("id", sur.id.value())
                .query(Long.class)
                .single();

        TestHub.sql()
                .sql(new ClassPathResource("db/hub/V50__leases_of_orders.sql")
                        .getContentAsString(StandardCharsets.UTF_8))
                .update();

        assertThat(TestHub.sql()
                        .sql("""
                                select l.leases_version
                                from stock_lease l
                                join market_order_line m on m.lease_id = l.id and m.order_id = l.ticket_id
                                where l.giver = :id
                                """)
                        .param("id", sur.id.value())
                        .query(Long.class)
                        .single())
                .isGreaterThan(before);
    }

    private static String code(TestShop shop) {
        return TestHub.sql()
                .sql("select code from store where id = :id")
                .param("id", shop.id.value())
                .query(String.class)
                .single();
    }

    private static long leases(TestShop shop) {
        return TestHub.sql()
                .sql("select count(*) from stock_lease where giver = :id and asker = :id and withdrawn_at is null")
                .param("id", shop.id.value())
                .query(Long.class)
                .single();
    }

    @Test
    void two_orders_for_the_last_piece_give_one_branch_and_one_trouble() {
        TestShop norte = TestShop.open();
        done(desk.rules(connection, List.of(rule(1, 0, 0, Ending.NONE)), ANA));
        UUID part = part(45_000);
        stock(norte.id.value(), part, 1);
        exchange();
        String sku = listing(part).sku();
        String first = there.sell(sku, 1);
        String second = there.sell(sku, 1);
        look();
        assertThat(List.of(order(first).trouble(), order(second).trouble()))
                .containsExactlyInAnyOrder("", OrderBook.NO_STOCK);
        assertThat(leases(norte)).isOne();
        SoldOrder without = order(first).trouble().isEmpty() ? order(second) : order(first);
        stock(norte.id.value(), part, 2);
        done(desk.reserve(without.id(), null, ANA));
        assertThat(order(without.outside()).branch()).isEqualTo(code(norte));
        done(desk.cancel(without.id(), "no hay", ANA));
        assertThat(order(without.outside()).state()).isEqualTo(Order.State.CANCELLED);
        assertThat(there.count("order cancelled", without.outside())).isOne();
        assertThat(leases(norte)).isOne();
    }

    @Test
    void an_order_is_tied_to_its_ticket_once_and_then_shipped() throws Exception {
        TestShop norte = TestShop.open();
        UUID part = part(45_000);
        stock(norte.id.value(), part, 6);
        exchange();
        String outside = there.sell(listing(part).sku(), 2);
        look();
        UUID order = order(outside).id();
        assertThat(TestShop.refused(desk.ship(order, "", "", ANA))).isEqualTo("market-not-sold");
        var small = norte.cashSaleOf(part, 1);
        var fitting = norte.cashSaleOf(part, 2);
        TestHub.bean(Intake.class).land(norte.id, TestShop.frame(norte.sale(small), norte.sale(fitting)));
        while (TestHub.bean(Ledgers.class).apply().more()) {}
        TestHub.sql()
                .sql("update sale set sold_at = :at where store_id = :store")
                .param("at", TestHub.CLOCK.instant().plusSeconds(60).atOffset(java.time.ZoneOffset.UTC))
                .param("store", norte.id.value())
                .update();
        assertThat(desk.tickets(order)).extracting(MarketDesk.Ticket::sale).containsExactly(fitting.id());
        assertThat(TestShop.refused(desk.sold(order, small.id(), ANA))).isEqualTo("market-ticket-other");
        done(desk.sold(order, fitting.id(), ANA));
        done(desk.sold(order, fitting.id(), ANA));
        assertThat(leases(norte)).isZero();
        assertThat(order(outside).ticket()).isNotEmpty();
        assertThat(TestShop.refused(desk.ship(order, "Estafeta", " ", ANA))).isEqualTo("market-parcel-empty");
        assertThat(TestShop.refused(desk.ship(order, "", "MEL1", ANA))).isEqualTo("market-parcel-empty");
        done(desk.ship(order, "Estafeta", "MEL1", ANA));
        there.travelled(outside, "delivered");
        TestHub.CLOCK.advance(Duration.ofHours(2));
        look();
        assertThat(order(outside).state()).isEqualTo(Order.State.DELIVERED);
        there.cancelled(outside, "devuelto");
        TestHub.CLOCK.advance(Duration.ofMinutes(10));
        desk.notified(hook(), Map.of(), there.notification("orders_v2", "/orders/" + outside, 1));
        look();
        assertThat(order(outside).trouble()).isEqualTo(OrderBook.CANCELLED_AFTER_SALE);
    }

    /** As the till writes it: the order's line at its price, paid at the marketplace. */
    private static Sale collected(TestShop shop, UUID order, String number, UUID part, long pieces, long unit) {
        Sale base = shop.cashSaleOf(part, pieces);
        SaleLine like = base.lines().getFirst();
        Price price = new Price(Money.mxn(unit), true);
        SaleLine line = new SaleLine(
                like.id(),
                like.kind(),
                like.part(),
                like.lineCode(),
                like.number(),
                like.description(),
                like.unit(),
                like.quantity(),
                price,
                price,
                LineAmounts.of(price, like.quantity(), Money.mxn(0), like.tax()),
                like.tax(),
                like.satProduct(),
                like.satUnit(),
                like.salesperson(),
                like.salespersonName(),
                "",
                null,
                null,
                null,
                null);
        Totals totals = Totals.of(List.of(line));
        return new Sale(
                base.id(),
                base.store(),
                base.register(),
                base.cashSession(),
                base.cashier(),
                base.cashierName(),
                base.folio(),
                base.invoiceCode(),
                base.soldAt(),
                base.businessDay(),
                base.issuer(),
                base.fiscalState(),
                base.priceVersion(),
                List.of(line),
                List.of(new Tender(UUID.randomUUID(), Tender.Kind.MARKETPLACE, totals.total(), totals.total(), number)),
                totals,
                null,
                new Promised(order, Promised.MARKET, number, totals.total()),
                null);
    }

    private static void apply(TestShop shop, Document... documents) {
        TestHub.bean(Intake.class).land(shop.id, TestShop.frame(documents));
        while (TestHub.bean(Ledgers.class).apply().more()) {}
    }

    private static List<String> differences(UUID sale) {
        return TestHub.sql()
                .sql(
                        "select d.what from ledger_difference d join sale s on s.document_id = d.document_id where s.id = :id")
                .param("id", sale)
                .query(String.class)
                .list();
    }

    @Test
    void an_order_that_the_till_sold_is_tied_to_its_ticket_by_itself_and_its_parcel_told_once_however_often_it_is_said()
            throws Exception {
        TestShop norte = TestShop.open();
        UUID part = part(45_000);
        stock(norte.id.value(), part, 6);
        exchange();
        String outside = there.sell(listing(part).sku(), 2);
        there.sentByTheSeller(outside);
        look();
        UUID order = order(outside).id();
        long unit = order(outside).lines().getFirst().unitPrice().minor();
        assertThat(StreamsTold.leases(norte.id.value())).singleElement().satisfies(row -> {
            assertThat(row).contains("\"number\" : \"" + outside + "\"").contains("\"lines\" : 1");
            assertThat(row).contains("\"price\" : " + unit).contains("\"ticket\" : \"" + order + "\"");
        });

        Sale sale = collected(norte, order, outside, part, 2, unit);
        apply(norte, norte.sale(sale));
        assertThat(differences(sale.id())).isEmpty();
        assertThat(order(outside).ticket()).isNotEmpty();
        assertThat(leases(norte)).isZero();
        // A second ticket for it stands in the ledger as odd; the first stays its sale.
        Sale twice = collected(norte, order, outside, part, 2, unit);
        apply(norte, norte.sale(twice));
        assertThat(differences(twice.id())).singleElement().asString().contains("sold by another ticket before");

        apply(norte, parcel(norte, order, "Estafeta", "MEL1"), parcel(norte, order, "Estafeta", "MEL1"));
        MarketCounter.Errand errand = counter.errands().stream()
                .filter(each -> each.subject() == Hint.Subject.PARCEL)
                .findFirst()
                .orElseThrow();
        // The marketplace did it, and the process ended before anything was written down.
        market().ship(new Marketplace.Parcel(outside, shipment(order), "Estafeta", "MEL1"));
        TestHub.CLOCK.advance(Duration.ofMinutes(10));
        counter.fetch(errand);
        assertThat(there.count("shipped", shipment(order))).isOne();
        assertThat(order(outside).tracking()).isEqualTo("MEL1");
        TestHub.CLOCK.advance(Duration.ofHours(1));
        assertThat(counter.errands()).noneMatch(each -> each.subject() == Hint.Subject.PARCEL);
    }

    private static String shipment(UUID order) {
        return TestHub.sql()
                .sql("select shipment from market_order where id = :id")
                .param("id", order)
                .query(String.class)
                .single();
    }

    private static Document parcel(TestShop shop, UUID order, String carrier, String tracking) {
        UUID lease = TestHub.sql()
                .sql("select lease_id from market_order_line where order_id = :id")
                .param("id", order)
                .query(UUID.class)
                .single();
        UUID part = TestHub.sql()
                .sql("select part_id from stock_lease where id = :id")
                .param("id", lease)
                .query(UUID.class)
                .single();
        UUID me = shop.id.value();
        return shop.write(
                lease.toString(),
                DocumentType.STOCK_LEASE,
                new LeaseBody(
                        lease,
                        me,
                        "SENT",
                        me,
                        me,
                        part,
                        2_000,
                        order,
                        null,
                        "",
                        TestHub.CLOCK.instant(),
                        "hub",
                        TestHub.CLOCK.instant().plusSeconds(86_400),
                        true,
                        TestHub.CLOCK.instant(),
                        null,
                        "Marta",
                        2_000,
                        tracking,
                        carrier,
                        new MarketOrderRow(order, "", "", 1, "", 0, "", "", false, false, "")));
    }

    @Test
    void an_order_cancelled_after_the_till_sold_it_tells_the_branch_to_take_it_back() throws Exception {
        TestShop norte = TestShop.open();
        UUID part = part(45_000);
        stock(norte.id.value(), part, 6);
        exchange();
        String outside = there.sell(listing(part).sku(), 1);
        look();
        UUID order = order(outside).id();
        long unit = order(outside).lines().getFirst().unitPrice().minor();
        // The cancellation is heard before the sale, which was made with the cable out.
        there.cancelled(outside, "se arrepintió");
        TestHub.CLOCK.advance(Duration.ofHours(2));
        look();
        assertThat(order(outside).trouble()).isEmpty();
        Sale sale = collected(norte, order, outside, part, 1, unit);
        apply(norte, norte.sale(sale));
        assertThat(order(outside).trouble()).isEqualTo(OrderBook.CANCELLED_AFTER_SALE);
        assertThat(StreamsTold.leases(norte.id.value()))
                .singleElement()
                .asString()
                .contains("\"cancelled\" : true");
    }

    private String hook() {
        return desk.accounts().stream()
                .filter(each -> each.connection().equals(connection))
                .findFirst()
                .orElseThrow()
                .hook();
    }

    @Test
    void notifications_late_twice_and_of_others_come_to_one_order() {
        UUID part = part(45_000);
        stock(TestShop.open().id.value(), part, 6);
        exchange();
        String outside = there.sell(listing(part).sku(), 1);
        byte[] said = there.notification("orders_v2", "/orders/" + outside, 1);
        assertThat(desk.notified("nadie", Map.of(), said)).isFalse();
        assertThat(desk.notified(
                        hook(),
                        Map.of(),
                        "{\"topic\":\"orders_v2\",\"resource\":\"/orders/1\"}"
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(desk.notified(hook(), Map.of(), said)).isTrue();
        assertThat(desk.notified(hook(), Map.of(), said)).isTrue();
        List<MarketCounter.Errand> due = counter.errands();
        assertThat(due).extracting(MarketCounter.Errand::id).containsExactly(outside);
        due.forEach(counter::fetch);
        desk.notified(hook(), Map.of(), said);
        counter.errands().forEach(counter::fetch);
        assertThat(desk.orders(false, 500).stream()
                        .filter(each -> each.outside().equals(outside)))
                .hasSize(1);
    }

    @Test
    void what_cannot_be_fetched_is_parked_with_its_reason_and_tried_again_by_a_person() {
        counter.note(new MarketCounter.Errand(connection, mx.refahub.domain.market.Hint.Subject.ORDER, "404"));
        counter.errands().forEach(counter::fetch);
        assertThat(desk.parked(500).stream().filter(each -> each.connection().equals(connection)))
                .singleElement()
                .satisfies(each -> assertThat(each.reason()).contains("404 not found"));
        done(desk.retry(connection, "ORDER", "404", ANA));
        assertThat(counter.errands()).hasSize(1);
    }

    @Test
    void a_question_is_answered_from_the_console_and_only_once() {
        UUID part = part(45_000);
        stock(TestShop.open().id.value(), part, 6);
        exchange();
        String id = there.ask(listing(part).sku(), "¿Le queda a un Tsuru 2006?");
        look();
        assertThat(desk.questions(true, 500).stream().filter(each -> each.id().equals(id)))
                .singleElement()
                .satisfies(each -> assertThat(each.part()).contains("Balata delantera"));
        assertThat(TestShop.refused(desk.reply(connection, id, " ", ANA))).isEqualTo("market-reply-invalid");
        done(desk.reply(connection, id, "Sí, de 2005 a 2007.", ANA));
        assertThat(TestShop.refused(desk.reply(connection, id, "Sí", ANA))).isEqualTo("market-refused");
        assertThat(there.count("answered", id)).isOne();
        assertThat(desk.questions(true, 500)).noneMatch(each -> each.id().equals(id));
    }

    @Test
    void a_renewal_whose_answer_is_lost_locks_the_grant_until_somebody_authorises_again() {
        there.expire();
        TestHub.CLOCK.advance(Duration.ofHours(7));
        there.misbehave(Fault.LOST, "/oauth/token");
        counter.look(connection);
        TestHub.CLOCK.advance(Duration.ofMinutes(2));
        counter.look(connection);
        MarketDesk.Account locked = desk.accounts().stream()
                .filter(each -> each.connection().equals(connection))
                .findFirst()
                .orElseThrow();
        assertThat(locked.standing()).isEqualTo(Standing.LOCKED);
        assertThat(locked.why()).contains("se perdió la respuesta");
        let();
        assertThat(counter.look(connection)).isNotNegative();
        assertThat(desk.accounts().stream()
                        .filter(each -> each.connection().equals(connection))
                        .findFirst()
                        .orElseThrow()
                        .standing())
                .isEqualTo(Standing.OPEN);
    }

    @Test
    void a_token_is_renewed_once_by_many_who_ask_and_none_of_them_holds_a_database_connection() throws Exception {
        there.expire();
        TestHub.CLOCK.advance(Duration.ofHours(7));
        long before = there.calls().stream().filter("POST /oauth/token"::equals).count();
        int many = 24;
        try (var threads = java.util.concurrent.Executors.newFixedThreadPool(many)) {
            var asked = java.util.stream.IntStream.range(0, many)
                    .mapToObj(n -> threads.submit(() -> market().whoAmI()))
                    .toList();
            // Somebody else works meanwhile.
            assertThat(TestHub.sql().sql("select 1").query(Integer.class).single())
                    .isOne();
            for (var answer : asked) assertThat(answer.get()).isInstanceOf(Answer.Done.class);
        }
        assertThat(there.calls().stream().filter("POST /oauth/token"::equals).count())
                .isEqualTo(before + 1);

        there.expire();
        assertThatThrownBy(
                        () -> TestHub.bean(TransactionTemplate.class).executeWithoutResult(status -> market().whoAmI()))
                .hasMessageContaining("inside of a transaction");
    }

    @Test
    void a_renewal_that_another_process_has_begun_is_waited_for_and_taken_over_when_it_died() {
        there.expire();
        TestHub.CLOCK.advance(Duration.ofHours(7));
        TestHub.sql()
                .sql(
                        "update market_seller set renewal_until = clock_timestamp() + interval '700 milliseconds' where connection_id = :id")
                .param("id", connection)
                .update();
        long began = System.nanoTime();
        assertThat(market().whoAmI()).isInstanceOf(Answer.Done.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(500));
    }

    @Test
    void a_renewal_that_took_longer_than_its_claim_changes_nothing_of_the_one_that_came_after() {
        Sellers sellers = TestHub.bean(Sellers.class);
        Grant grant = sellers.grant(sellers.find(connection).orElseThrow().connection());
        TestHub.CLOCK.advance(Duration.ofHours(7));
        Grant.Tokens right =
                new Grant.Tokens("right", "next", TestHub.CLOCK.instant().plus(Duration.ofHours(6)), "");
        Answer<Grant.Tokens> late = grant.tokens(null, refresh -> {
            TestHub.sql()
                    .sql(
                            "update market_seller set renewal_until = clock_timestamp() - interval '1 second' where connection_id = :id")
                    .param("id", connection)
                    .update();
            assertThat(grant.tokens(null, again -> Answer.done(right))).isInstanceOf(Answer.Done.class);
            return Answer.refused("invalid_grant", "used before");
        });
        assertThat(late)
                .isInstanceOfSatisfying(
                        Answer.Done.class,
                        done -> assertThat(((Grant.Tokens) done.value()).access())
                                .isEqualTo("right"));
        assertThat(sellers.row(connection).lockedWhy()).isNull();
        let();
    }

    private Marketplace market() {
        return TestHub.bean(Sellers.class).find(connection).orElseThrow().market();
    }

    /** The real routes and the real job, over this hub. The first run is cut off right after the marketplace has made the second of three listings. */
    @Test
    void the_job_cut_off_in_the_middle_ends_the_same_as_one_left_alone(@TempDir Path folder) throws Exception {
        UUID store = TestShop.open().id.value();
        List<UUID> parts = List.of(part(45_000), part(46_000), part(47_000));
        parts.forEach(part -> stock(store, part, 5));
        AtomicInteger left = new AtomicInteger(2);
        MarketCounter dying = (MarketCounter) Proxy.newProxyInstance(
                MarketCounter.class.getClassLoader(),
                new Class<?>[] {MarketCounter.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("sellers"))
                        return counter.sellers().stream()
                                .filter(each -> each.connection().equals(connection))
                                .toList();
                    if (method.getName().equals("publish") && left.decrementAndGet() == 0) {
                        Piece piece = (Piece) arguments[0];
                        // Its listing is made, and nothing of it written down.
                        TestHub.bean(Sellers.class)
                                .find(connection)
                                .orElseThrow()
                                .market()
                                .publish(piece.offer(), false);
                        throw new IllegalStateException("the process ends here");
                    }
                    try {
                        return method.invoke(counter, arguments);
                    } catch (java.lang.reflect.InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutesConfigurations(new HubPolicies(new Troubles()));
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(Channels.DEAD_LETTER).routeId("letter-bury").log("dead");
                }
            });
            context.addRoutes(new MarketRoutes(
                    new Dealing(dying), new HeardBefore(dying), Duration.ofHours(1), Duration.ofHours(1)));
            context.start();
            DataSource dataSource = TestHub.bean(DataSource.class);
            JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
            Workshop workshop = new Workshop(
                    Repositories.jdbc(dataSource, transactions),
                    transactions,
                    dataSource,
                    new RunFolders(folder),
                    TestHub.CLOCK,
                    1_000);
            SpringBatchJobs jobs = new SpringBatchJobs(
                    workshop,
                    List.of(MarketplaceExchange.definition(
                            workshop, dying, new MarketMotion(context.createProducerTemplate()))),
                    new RejectedRows(dataSource),
                    CatalogueUndo.undoing(workshop),
                    TestHub.bean(IdSource.class),
                    new SpringBatchJobs.Policy("market-test", Duration.ofDays(1), Duration.ofSeconds(5)));
            jobs.start();
            assertThat(run(jobs).status()).isEqualTo(Jobs.Status.FAILED);
            assertThat(there.items()).isPositive();
            TestHub.CLOCK.advance(Duration.ofMinutes(6));
            Jobs.Run second = run(jobs);
            assertThat(second.status()).as(second.message()).isEqualTo(Jobs.Status.DONE);
            assertThat(second.message()).contains("Sin pedidos ni preguntas nuevas.");
            assertThat(run(jobs).message())
                    .isEqualTo(
                            "Todas las publicaciones están al día. No se mandó ninguna publicación. Sin pedidos ni preguntas nuevas.");
            stock(TestShop.open().id.value(), part(1_000), 5);
            assertThat(run(jobs).message())
                    .as("what was sent and refused is not told as if it stood there")
                    .contains(
                            "1 publicación mandada. Hay 1 rechazada por el mercado; el motivo está en Mercados, Publicaciones.");
            jobs.stop();
        }
        assertThat(parts).allSatisfy(part -> {
            Listing listing = listing(part);
            assertThat(listing.state()).isEqualTo("STANDING");
            assertThat(listing.sentPieces()).isEqualTo(3);
            assertThat(there.count("item created", listing.sku())).isOne();
        });
    }

    /** Listings that are sent, an order that is fetched: alone, and with the database gone at one connection after another. */
    @Test
    void the_job_broken_off_again_and_again_makes_each_listing_and_each_order_once(@TempDir Path folder)
            throws Exception {
        List<List<String>> ends = new ArrayList<>();
        for (boolean broken : new boolean[] {false, true}) {
            if (broken) connected("M" + UUID.randomUUID().toString().substring(0, 8));
            TestShop shop = TestShop.open();
            List<UUID> parts = List.of(part(45_000), part(46_000), part(47_000));
            parts.forEach(part -> stock(shop.id.value(), part, 5));
            List<String> end = new ArrayList<>();
            try (DefaultCamelContext context = new DefaultCamelContext()) {
                SpringBatchJobs jobs = job(context, folder.resolve("jobs-" + broken));
                Jobs.Run sent = BreakingOff.done(jobs, () -> begun(jobs), broken, MarketsTest::claimsRunOut);
                String order = there.sell(listing(parts.getFirst()).sku(), 2);
                TestHub.CLOCK.advance(Duration.ofHours(2));
                Jobs.Run fetched = BreakingOff.done(jobs, () -> begun(jobs), broken, MarketsTest::claimsRunOut);
                assertThat(fetched.id()).isGreaterThan(sent.id());
                for (UUID part : parts) {
                    Listing listing = listing(part);
                    end.add(listing.state() + " " + listing.sentPieces() + " made "
                            + there.count("item created", listing.sku()));
                }
                end.add(order(order).state() + " " + order(order).trouble() + " " + leases(shop));
                jobs.stop();
            }
            ends.add(end);
        }
        // Of five two stay with the branch; of the first two more are promised, which the second run does not send yet.
        assertThat(ends.getFirst()).startsWith("STANDING 3 made 1").endsWith("PAID  1");
        assertThat(ends.getLast()).isEqualTo(ends.getFirst());
    }

    /** The real job and its real routes over this hub, for this test's connection alone. */
    private SpringBatchJobs job(DefaultCamelContext context, Path folder) throws Exception {
        MarketCounter mine = (MarketCounter) Proxy.newProxyInstance(
                MarketCounter.class.getClassLoader(),
                new Class<?>[] {MarketCounter.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("sellers"))
                        return counter.sellers().stream()
                                .filter(each -> each.connection().equals(connection))
                                .toList();
                    try {
                        return method.invoke(counter, arguments);
                    } catch (java.lang.reflect.InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        context.addRoutesConfigurations(new HubPolicies(new Troubles()));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(Channels.DEAD_LETTER).routeId("letter-bury").log("dead");
            }
        });
        context.addRoutes(
                new MarketRoutes(new Dealing(mine), new HeardBefore(mine), Duration.ofHours(1), Duration.ofHours(1)));
        context.start();
        DataSource dataSource = TestHub.bean(DataSource.class);
        JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
        Workshop workshop = new Workshop(
                Repositories.jdbc(dataSource, transactions),
                transactions,
                dataSource,
                new RunFolders(folder),
                TestHub.CLOCK,
                1_000);
        SpringBatchJobs jobs = new SpringBatchJobs(
                workshop,
                List.of(MarketplaceExchange.definition(
                        workshop, mine, new MarketMotion(context.createProducerTemplate()))),
                new RejectedRows(dataSource),
                CatalogueUndo.undoing(workshop),
                TestHub.bean(IdSource.class),
                new SpringBatchJobs.Policy(
                        "market-broken", Duration.ofDays(1), Duration.ofSeconds(5), Duration.ofSeconds(20)));
        jobs.start();
        return jobs;
    }

    private static long begun(SpringBatchJobs jobs) {
        return done(jobs.start("marketplace-exchange", Map.of("what", "all"), Map.of(), "Elena"))
                .id();
    }

    private static void claimsRunOut() {
        TestHub.CLOCK.advance(Duration.ofMinutes(6));
    }

    private static Jobs.Run run(SpringBatchJobs jobs) {
        long id = done(jobs.start("marketplace-exchange", Map.of("what", "all"), Map.of(), "Elena"))
                .id();
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(60))
                .until(() -> jobs.run(id).orElseThrow().status().isFinal());
        return jobs.run(id).orElseThrow();
    }
}
