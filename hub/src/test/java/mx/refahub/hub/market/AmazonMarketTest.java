package mx.refahub.hub.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import mx.refahub.adapters.amazon.simulator.AmazonSimulator;
import mx.refahub.adapters.amazon.simulator.AmazonSimulator.Effect;
import mx.refahub.adapters.amazon.simulator.Fault;
import mx.refahub.domain.market.MarketCounter;
import mx.refahub.domain.market.MarketCounter.Piece;
import mx.refahub.domain.market.MarketDesk;
import mx.refahub.domain.market.MarketDesk.Account;
import mx.refahub.domain.market.MarketDesk.Ending;
import mx.refahub.domain.market.MarketDesk.Listing;
import mx.refahub.domain.market.MarketDesk.ListingView;
import mx.refahub.domain.market.MarketDesk.Rule;
import mx.refahub.domain.market.MarketDesk.SoldOrder;
import mx.refahub.domain.market.MarketDesk.Standing;
import mx.refahub.domain.market.Order;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.outside.ConnectionDesk;
import mx.refahub.domain.outside.ConnectionDesk.Draft;
import mx.refahub.domain.part.PartGallery;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** The hub's side of Amazon, which takes everything in at once and works on it later, against its simulator over HTTP and the real PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AmazonMarketTest {
    private static final Person ANA = new Person(new UserId(UUID.randomUUID()), "Ana", Role.ADMIN);

    private final MarketDesk desk = TestHub.bean(MarketDesk.class);
    private final MarketCounter counter = TestHub.bean(MarketCounter.class);
    private final ConnectionDesk connections = TestHub.bean(ConnectionDesk.class);
    private final AmazonSimulator there = new AmazonSimulator(TestHub.CLOCK);
    private final URI address;
    private UUID connection = new UUID(0, 0);
    private UUID store = new UUID(0, 0);
    private String brand = "";

    AmazonMarketTest() throws IOException {
        address = there.start(0);
    }

    @AfterAll
    void closed() {
        there.close();
    }

    /** A connection of its own for each test, with one rule for a brand of its own at a branch of its own. */
    @BeforeEach
    void connected() {
        brand = "A" + UUID.randomUUID().toString().substring(0, 8);
        store = TestShop.open().id.value();
        connection = TestShop.done(connections.add(draft("Atzr|" + brand), ANA)).id();
        Rule rule = new Rule(
                UUID.randomUUID(),
                brand,
                "",
                Money.mxn(0),
                null,
                false,
                1,
                0,
                "",
                0,
                Ending.NONE,
                List.of(store),
                "AUTO_PART");
        TestShop.done(desk.rules(connection, List.of(rule), ANA));
    }

    private Draft draft(String refreshToken) {
        return new Draft(
                "amazon",
                "Amazon " + brand,
                address.toString(),
                true,
                true,
                Map.of(
                        "application",
                        "amzn1.application-oa2-client.refahub",
                        "seller",
                        there.seller(),
                        "listing",
                        "full"),
                Map.of("applicationSecret", "secreto", "refreshToken", refreshToken, "notificationKey", "llave"));
    }

    /** So many parts of the brand, with a price and ten pieces each. */
    private void parts(int many) {
        TestHub.sql()
                .sql("""
                with made as (
                    insert into part (
                        id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code, sat_unit, tax_object,
                        created_at, catalogue_version)
                    select gen_random_uuid(), 'AMZ', :brand || '-' || n, upper(:brand) || n, :brand, 'Balata delantera', '', 'Frenos/Balatas', 'JGO',
                        'GENERAL', 0, '', '', '02', now(), 0
                    from generate_series(1, :many) n
                    returning id),
                priced as (
                    insert into part_price (part_id, amount, currency, includes_tax, prices_version)
                    select id, 45000, 'MXN', true, 0
                    from made)
                insert into stock_on_hand (store_id, part_id, on_hand, as_of)
                select :store, id, 10000, now()
                from made
                """)
                .param("brand", brand)
                .param("many", many)
                .param("store", store)
                .update();
    }

    private void stock(long pieces) {
        TestHub.sql()
                .sql("update stock_on_hand set on_hand = :pieces where store_id = :store")
                .param("pieces", pieces * 1_000)
                .param("store", store)
                .update();
    }

    private void send() {
        counter.plan(connection);
        for (List<Piece> due = counter.toPublish(connection); !due.isEmpty(); due = counter.toPublish(connection))
            due.forEach(each -> counter.publish(counter.fill(each)));
        for (List<Piece> due = counter.toChange(connection); !due.isEmpty(); due = counter.toChange(connection))
            counter.change(due);
    }

    /** A few minutes later Amazon is through. */
    private void told() {
        TestHub.CLOCK.advance(Duration.ofMinutes(3));
        counter.reports(connection);
    }

    private void fetched() {
        while (counter.look(connection) > 0) counter.errands().forEach(counter::fetch);
        counter.errands().forEach(counter::fetch);
    }

    private List<Listing> listings() {
        return desk.listings(connection, ListingView.ALL, "", 1_000);
    }

    private static byte[] png() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(600, 400, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }

    @Test
    void pictures_go_by_a_signed_address_once_somebody_opens_them_and_are_given_out_as_jpeg() throws IOException {
        parts(1);
        counter.plan(connection);
        Listing listing = listings().getFirst();
        String hash = TestShop.done(TestHub.bean(PartGallery.class).add(listing.part(), png(), ANA))
                .getFirst()
                .hash();
        Piece piece = counter.toPublish(connection).getFirst();
        assertThat(counter.fill(piece).offer().pictures())
                .as("closed by default")
                .isEmpty();
        Draft closed = draft("Atzr|" + brand);
        Map<String, String> texts = new HashMap<>(closed.settings());
        texts.put("pictures", "https://hub.example.mx/");
        TestShop.done(connections.change(
                connection,
                new Draft(
                        closed.kind(),
                        closed.name(),
                        closed.address(),
                        closed.local(),
                        closed.enabled(),
                        texts,
                        closed.secrets()),
                ANA));
        String address = TestHub.bean(Sellers.class)
                .find(connection)
                .map(opened -> TestHub.bean(PublicPictures.class).address(opened, hash))
                .orElseThrow()
                .orElseThrow()
                .toString();
        assertThat(address).startsWith("https://hub.example.mx/api/market/pictures/" + connection + "/" + hash + "/");
        assertThat(counter.fill(piece).offer().pictures()).containsExactly(address);

        String signature = address.substring(address.lastIndexOf('/') + 1).replace(".jpg", "");
        byte[] jpeg = desk.picture(connection, hash, signature).jpeg();
        assertThat(jpeg).isNotNull().startsWith(0xFF, 0xD8, 0xFF);
        assertThat(ImageIO.read(new ByteArrayInputStream(jpeg)).getWidth()).isEqualTo(600);
        assertThat(desk.picture(connection, hash, "0".repeat(64))).isEqualTo(MarketDesk.Picture.NONE);
        assertThat(desk.picture(UUID.randomUUID(), hash, signature)).isEqualTo(MarketDesk.Picture.NONE);
    }

    /** As if they had been published long ago. */
    private void standing() {
        counter.plan(connection);
        TestHub.sql().sql("""
                update market_listing
                set state = 'STANDING', outside_id = sku, sent_price = wanted_price, sent_pieces = wanted_pieces, sent_hash = wanted_hash,
                    sent_state = wanted_state
                where connection_id = :connection
                """).param("connection", connection).update();
        listings().forEach(each -> there.stock(each.sku(), each.pieces(), "450.00"));
    }

    private List<Effect> effects(String kind) {
        List<String> mine = listings().stream().map(Listing::sku).toList();
        return there.effects(kind).stream()
                .filter(effect -> mine.contains(effect.key()))
                .toList();
    }

    private Account account() {
        return desk.accounts().stream()
                .filter(each -> each.connection().equals(connection))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_listing_is_sent_until_amazon_is_through_and_a_change_of_stock_is_one_patch() {
        parts(1);
        there.hold(true);
        send();
        assertThat(listings())
                .singleElement()
                .satisfies(each -> assertThat(each.state()).isEqualTo("SENT"));
        told();
        assertThat(listings().getFirst().state()).isEqualTo("SENT");
        there.hold(false);
        told();
        Listing made = listings().getFirst();
        assertThat(made.state()).isEqualTo("STANDING");
        assertThat(made.sentPieces()).isEqualTo(10);
        assertThat(made.outsideState()).isEqualTo("ACTIVE");
        assertThat(made.note()).contains("no main image");

        int patches = there.calls("patchListingsItem").size();
        stock(7);
        send();
        told();
        send();
        told();
        assertThat(there.calls("patchListingsItem")).hasSize(patches + 1);
        assertThat(effects("stock")).containsExactly(new Effect("stock", made.sku(), "7"));
        assertThat(effects("listed")).hasSize(1);
        assertThat(there.pieces(made.sku())).isEqualTo(7);
        assertThat(listings().getFirst().sentPieces()).isEqualTo(7);
    }

    @Test
    void five_hundred_changes_are_one_feed_and_the_refused_one_is_listed_with_amazons_reason() {
        parts(500);
        standing();
        String bad = listings().get(17).sku();
        there.refuse(bad, "99022", "El precio está fuera del rango permitido.", false);
        int feeds = there.effects("feed").size();
        stock(6);
        send();
        assertThat(there.effects("feed")).hasSize(feeds + 1);
        assertThat(listings()).allSatisfy(each -> assertThat(each.state()).isEqualTo("SENT"));
        told();
        assertThat(there.effects("feed")).hasSize(feeds + 1);
        assertThat(desk.listings(connection, ListingView.REFUSED, "", 100))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.sku()).isEqualTo(bad);
                    assertThat(each.code()).isEqualTo("99022");
                    assertThat(each.reason()).contains("El precio está fuera del rango permitido.", "x-amzn-RequestId");
                });
        assertThat(desk.listings(connection, ListingView.STANDING, "", 1_000))
                .hasSize(499)
                .allSatisfy(each -> assertThat(each.sentPieces()).isEqualTo(6));
        assertThat(effects("stock")).hasSize(499);

        // Mended over there, and sent again by a person: alone, and one by one.
        there.accept(bad);
        TestShop.done(desk.again(
                listings().stream()
                        .filter(each -> each.sku().equals(bad))
                        .findFirst()
                        .orElseThrow()
                        .id(),
                ANA));
        send();
        told();
        send();
        told();
        assertThat(desk.listings(connection, ListingView.REFUSED, "", 100)).isEmpty();
        assertThat(there.pieces(bad)).isEqualTo(6);
        assertThat(there.effects("feed")).hasSize(feeds + 1);
    }

    @Test
    void a_feed_that_broke_off_is_sent_again_and_one_whose_answer_was_lost_is_not() {
        parts(40);
        standing();
        there.breakFeeds(1);
        stock(6);
        send();
        told();
        assertThat(listings()).allSatisfy(each -> assertThat(each.state()).isEqualTo("STANDING"));
        TestHub.CLOCK.advance(Duration.ofMinutes(2));
        there.misbehave("createFeed", Fault.ANSWER_LOST);
        int feeds = there.effects("feed").size();
        send();
        told();
        assertThat(there.effects("feed")).hasSize(feeds + 1);
        assertThat(listings()).allSatisfy(each -> assertThat(each.sentPieces()).isEqualTo(6));
        assertThat(effects("stock"))
                .hasSize(40)
                .allSatisfy(each -> assertThat(each.detail()).isEqualTo("6"));
    }

    @Test
    void whoever_dies_after_the_call_has_no_second_effect_when_it_is_made_again() {
        parts(1);
        standing();
        stock(4);
        counter.plan(connection);
        Piece piece = counter.toChange(connection).getFirst();
        // The call is made, and the process ends before anything is written down.
        TestHub.bean(Sellers.class).find(connection).orElseThrow().market().change(List.of(piece.change()));
        TestHub.CLOCK.advance(Duration.ofMinutes(6));
        send();
        told();
        assertThat(effects("stock")).containsExactly(new Effect("stock", piece.sku(), "4"));
        assertThat(listings().getFirst().sentPieces()).isEqualTo(4);
    }

    @Test
    void a_notification_twice_and_late_is_one_order_whose_goods_are_set_aside_once_and_freed_when_it_is_cancelled() {
        parts(1);
        standing();
        String sku = listings().getFirst().sku();
        there.untold();
        String outside = there.sell(Map.of(sku, 2L), false);
        there.pay(outside);
        List<JsonNode> told = new ArrayList<>(there.untold().reversed());
        assertThat(told).hasSize(2);
        for (int twice = 0; twice < 2; twice++)
            for (JsonNode one : told) {
                assertThat(notified(one, "llave")).isTrue();
                counter.errands().forEach(counter::fetch);
            }
        assertThat(orders(outside)).hasSize(1);
        SoldOrder order = orders(outside).getFirst();
        assertThat(order.state()).isEqualTo(Order.State.PAID);
        assertThat(order.total()).isEqualTo(Money.mxn(90_000));
        assertThat(leases()).isOne();

        TestHub.CLOCK.advance(Duration.ofMinutes(1));
        assertThat(orders(outside).getFirst().cancellable())
                .as("a seller cancels in Amazon's own panel")
                .isFalse();
        there.cancel(outside);
        JsonNode cancelled = there.untold().getFirst();
        notified(cancelled, "otra llave");
        assertThat(counter.errands()).isEmpty();
        notified(cancelled, "llave");
        counter.errands().forEach(counter::fetch);
        assertThat(orders(outside).getFirst().state()).isEqualTo(Order.State.CANCELLED);
        assertThat(orders(outside).getFirst().total()).isEqualTo(Money.mxn(90_000));
        assertThat(leases()).isZero();
    }

    @Test
    void of_an_order_cancelled_in_part_only_what_is_left_stays_set_aside() {
        parts(3);
        standing();
        List<String> skus = listings().stream().map(Listing::sku).sorted().toList();
        String outside = there.sell(Map.of(skus.get(0), 3L, skus.get(1), 2L, skus.get(2), 1L), true);
        fetched();
        assertThat(setAside()).containsExactly(1_000L, 2_000L, 3_000L);

        TestHub.CLOCK.advance(Duration.ofMinutes(4));
        there.cancel(outside, skus.get(0), 1);
        there.cancel(outside, skus.get(1), 2);
        fetched();
        assertThat(orders(outside).getFirst().lines())
                .extracting(MarketDesk.OrderLine::pieces)
                .containsExactlyInAnyOrder(2L, 1L);
        assertThat(orders(outside).getFirst().total()).isEqualTo(Money.mxn(135_000));
        assertThat(setAside()).containsExactly(1_000L, 2_000L);
        TestHub.CLOCK.advance(Duration.ofMinutes(4));
        there.cancel(outside);
        fetched();
        assertThat(setAside()).isEmpty();
    }

    private List<Long> setAside() {
        return TestHub.sql()
                .sql("select quantity from stock_lease where giver = :id and withdrawn_at is null order by quantity")
                .param("id", store)
                .query(Long.class)
                .list();
    }

    @Test
    void an_order_first_seen_unpaid_has_its_price_once_it_is_paid_and_comes_without_notifications_too() {
        parts(1);
        standing();
        String outside = there.sell(Map.of(listings().getFirst().sku(), 1L), false);
        fetched();
        assertThat(orders(outside).getFirst().state()).isEqualTo(Order.State.OPEN);
        assertThat(leases()).isZero();
        TestHub.CLOCK.advance(Duration.ofMinutes(1));
        there.pay(outside);
        fetched();
        SoldOrder order = orders(outside).getFirst();
        assertThat(order.total()).isEqualTo(Money.mxn(45_000));
        assertThat(order.lines().getFirst().unitPrice()).isEqualTo(Money.mxn(45_000));
        assertThat(leases()).isOne();
    }

    @Test
    void an_authorisation_taken_back_locks_the_connection_until_a_new_token_is_typed() throws IOException {
        assertThat(TestShop.done(connections.probe(connection, ANA)).tried().says())
                .contains(there.seller());
        there.revoke("Atzr|" + brand);
        TestHub.CLOCK.advance(Duration.ofMinutes(70));
        parts(1);
        send();
        assertThat(account().standing()).isEqualTo(Standing.LOCKED);
        assertThat(account().why()).contains("invalid_grant");
        send();
        assertThat(listings().getFirst().state()).isEqualTo("WAITING");

        TestShop.done(connections.change(connection, draft("Atzr|dos"), ANA));
        TestHub.CLOCK.advance(Duration.ofMinutes(10));
        assertThat(TestShop.done(connections.probe(connection, ANA)).tried().trouble())
                .isNull();
        send();
        told();
        assertThat(account().standing()).isEqualTo(Standing.OPEN);
        assertThat(listings().getFirst().state()).isEqualTo("STANDING");
    }

    private boolean notified(JsonNode one, String key) {
        return desk.notified(
                account().hook(), Map.of("x-api-key", key), one.toString().getBytes(StandardCharsets.UTF_8));
    }

    private List<SoldOrder> orders(String outside) {
        return desk.orders(false, 500).stream()
                .filter(each ->
                        each.connection().equals(connection) && each.outside().equals(outside))
                .toList();
    }

    private long leases() {
        return TestHub.sql()
                .sql("select count(*) from stock_lease where giver = :id and withdrawn_at is null")
                .param("id", store)
                .query(Long.class)
                .single();
    }
}
