package mx.refahub.adapters.amazon;

import static mx.refahub.adapters.amazon.Seller.done;
import static mx.refahub.adapters.amazon.Seller.offer;
import static mx.refahub.adapters.amazon.Seller.stock;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mx.refahub.adapters.amazon.simulator.AmazonSimulator;
import mx.refahub.adapters.amazon.simulator.AmazonSimulator.Effect;
import mx.refahub.adapters.amazon.simulator.Fault;
import mx.refahub.domain.market.Answer;
import mx.refahub.domain.market.Answer.Limited;
import mx.refahub.domain.market.Answer.Locked;
import mx.refahub.domain.market.Answer.Refused;
import mx.refahub.domain.market.Answer.Unreachable;
import mx.refahub.domain.market.Hint;
import mx.refahub.domain.market.Marketplace;
import mx.refahub.domain.market.Marketplace.Change;
import mx.refahub.domain.market.Marketplace.Page;
import mx.refahub.domain.market.Marketplace.Parcel;
import mx.refahub.domain.market.Marketplace.Report;
import mx.refahub.domain.market.Order;
import mx.refahub.domain.market.Submission;
import mx.refahub.domain.market.Submission.Sent;
import mx.refahub.domain.market.Submission.Standing;
import mx.refahub.domain.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Over real HTTP against the simulator, which misbehaves. */
class AmazonTest {
    private final Seller.Hours clock = new Seller.Hours();
    private final Seller.Kept grant = new Seller.Kept(clock);
    private final AmazonSimulator simulator = new AmazonSimulator(clock);
    private final Amazon amazon = Seller.quick(clock);
    private URI address = URI.create("http://127.0.0.1");
    private Marketplace seller = Seller.open(amazon, address, grant, false);

    @BeforeEach
    void start() throws IOException {
        address = simulator.start(0);
        seller = Seller.open(amazon, address, grant, false);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void a_listing_is_taken_in_stays_sent_while_amazon_works_and_then_stands() {
        simulator.hold(true);
        Sent sent = (Sent) done(seller.publish(offer("FRI-7974/D1045"), false));
        assertThat(done(seller.report(sent.id())).ready()).isFalse();

        simulator.hold(false);
        Report report = done(seller.report(sent.id()));
        assertThat(report.outcomes().keySet()).containsExactly("FRI-7974/D1045");
        Standing standing = (Standing) done(outcome(report, "FRI-7974/D1045"));
        assertThat(standing.state()).isEqualTo(Submission.State.ACTIVE);
        assertThat(standing.id()).isEqualTo("FRI-7974/D1045");
        assertThat(standing.address()).startsWith("https://www.amazon.com.mx/dp/B0");
        assertThat(simulator.effects("listed")).hasSize(1);
    }

    @Test
    void what_amazon_will_not_have_is_refused_in_its_own_words_with_the_number_of_the_request() {
        simulator.refuse("FRI-1", "18299", "Esta marca necesita autorización.", false);
        Answer<Submission> answer = seller.publish(offer("FRI-1"), false);
        assertThat(Seller.texts(answer).get(0)).isEqualTo("Esta marca necesita autorización. (18299)");
        assertThat(Seller.texts(answer).get(1)).startsWith("request-").endsWith("(x-amzn-RequestId)");
        assertThat(simulator.effects()).isEmpty();
    }

    @Test
    void what_is_refused_only_when_it_is_worked_on_is_refused_by_the_report() {
        simulator.refuse("FRI-2", "100521", "La imagen tiene texto.", true);
        Sent sent = (Sent) done(seller.publish(offer("FRI-2"), false));
        Report report = done(seller.report(sent.id()));
        assertThat(Seller.texts(outcome(report, "FRI-2")).get(0)).isEqualTo("La imagen tiene texto. (100521)");
    }

    @Test
    void published_again_after_a_lost_answer_it_is_one_listing() {
        simulator.misbehave("putListingsItem", Fault.ANSWER_LOST, Fault.ANSWER_LOST, Fault.ANSWER_LOST);
        assertThat(seller.publish(offer("FRI-3"), false))
                .isInstanceOfSatisfying(
                        Unreachable.class, lost -> assertThat(lost.maybe()).isTrue());
        assertThat(done(seller.publish(offer("FRI-3"), true))).isInstanceOf(Sent.class);
        assertThat(simulator.effects("listed")).hasSize(1);
    }

    @Test
    void one_change_of_stock_is_one_patch_and_no_feed() {
        simulator.stock("SKU-0", 9, "100.00");
        Map<String, Answer<Submission>> outcomes = seller.change(List.of(new Change("SKU-0", "SKU-0", 4L, null)));
        assertThat(done(outcome(outcomes, "SKU-0"))).isInstanceOf(Sent.class);
        assertThat(simulator.effects()).containsExactly(new Effect("stock", "SKU-0", "4"));
        assertThat(simulator.calls("patchListingsItem")).hasSize(1);
        assertThat(simulator.pieces("SKU-0")).isEqualTo(4);
    }

    @Test
    void five_hundred_changes_are_one_feed_whose_report_tells_what_became_of_each() {
        for (int i = 0; i < 499; i++) simulator.stock("SKU-" + i, 50, "100.00");
        simulator.refuse("SKU-7", "99022", "El precio está fuera del rango permitido.", false);
        Map<String, Answer<Submission>> outcomes = seller.change(stock(500));
        assertThat(outcomes).hasSize(500);
        Sent sent = (Sent) done(outcome(outcomes, "SKU-3"));
        assertThat(outcomes.values()).allSatisfy(each -> assertThat(done(each)).isEqualTo(sent));

        Report report = done(seller.report(sent.id()));
        assertThat(report.outcomes()).hasSize(500);
        assertThat(Seller.texts(outcome(report, "SKU-7")).get(0))
                .isEqualTo("El precio está fuera del rango permitido. (99022)");
        assertThat(outcome(report, "SKU-499")).isInstanceOf(Refused.class);
        assertThat(report.outcomes().values().stream().filter(Answer.Done.class::isInstance))
                .hasSize(498);
        assertThat(simulator.effects("feed")).hasSize(1);
        assertThat(simulator.pieces("SKU-12")).isEqualTo(12);
        assertThat(simulator.pieces("SKU-7")).isEqualTo(50);
        assertThat(simulator.calls("patchListingsItem")).isEmpty();
    }

    @Test
    void where_amazon_does_not_give_back_what_was_sent_its_report_names_them() {
        for (int i = 0; i < 30; i++) simulator.stock("SKU-" + i, 50, "100.00");
        simulator.refuse("SKU-7", "99022", "El precio está fuera del rango permitido.", false);
        simulator.forget(true);
        Sent sent = (Sent) done(outcome(seller.change(stock(30)), "SKU-0"));
        Report report = done(seller.report(sent.id()));
        assertThat(report.outcomes()).hasSize(30);
        assertThat(outcome(report, "SKU-7")).isInstanceOf(Refused.class);
        assertThat(done(outcome(report, "SKU-8"))).isInstanceOf(Standing.class);
    }

    @Test
    void a_feed_that_breaks_off_leaves_every_change_to_be_sent_again() {
        for (int i = 0; i < 30; i++) simulator.stock("SKU-" + i, 50, "100.00");
        simulator.breakFeeds(1);
        Sent sent = (Sent) done(outcome(seller.change(stock(30)), "SKU-0"));
        Report report = done(seller.report(sent.id()));
        assertThat(report.ready()).isTrue();
        assertThat(report.outcomes()).hasSize(30);
        assertThat(report.outcomes().values())
                .allSatisfy(each -> assertThat(each).isInstanceOf(Unreachable.class));
    }

    @Test
    void a_strangers_feed_that_was_taken_for_a_lost_one_is_told_by_its_report_and_ours_is_sent_again() {
        for (int i = 0; i < 30; i++) simulator.stock("SKU-" + i, 50, "100.00");
        Sent theirs = (Sent) done(outcome(seller.change(stock(30)), "SKU-0"));
        String[] of = theirs.id().split(":", -1);
        for (int i = 0; i < 30; i++) simulator.stock("OTRO-" + i, 50, "100.00");
        List<Change> others = new ArrayList<>();
        for (int i = 0; i < 30; i++) others.add(new Change("OTRO-" + i, "OTRO-" + i, 3L, null));
        clock.now = clock.now.plus(Duration.ofMinutes(5));
        Sent ours = (Sent) done(outcome(seller.change(others), "OTRO-0"));
        String document = ours.id().split(":", -1)[2];
        assertThat(done(seller.report("feed:?" + of[1] + ":" + document)).outcomes())
                .hasSize(30)
                .allSatisfy((sku, answer) -> assertThat(answer).isInstanceOf(Unreachable.class));
        assertThat(done(seller.report("feed:?" + of[1] + ":" + of[2]))
                        .outcomes()
                        .values())
                .hasSize(30)
                .allSatisfy(answer -> assertThat(answer).isInstanceOf(Answer.Done.class));
    }

    @Test
    void a_token_of_a_page_that_is_no_longer_taken_begins_the_walk_again_without_it() {
        String from = clock.now.minus(Duration.ofDays(2)).toString();
        Marketplace.Page<Order> page = done(seller.orders(from + "|" + clock.now + "|vencido"));
        assertThat(page.items()).isEmpty();
        assertThat(page.cursor()).isEqualTo(from);
        assertThat(page.more()).isFalse();
    }

    @Test
    void a_feed_whose_answer_was_lost_is_found_again_and_not_made_twice() {
        for (int i = 0; i < 30; i++) simulator.stock("SKU-" + i, 50, "100.00");
        simulator.misbehave("createFeed", Fault.ANSWER_LOST);
        Sent sent = (Sent) done(outcome(seller.change(stock(30)), "SKU-0"));
        assertThat(simulator.effects("feed")).hasSize(1);
        assertThat(done(seller.report(sent.id())).outcomes()).hasSize(30);
    }

    @Test
    void a_report_that_comes_only_in_part_is_fetched_again_later() {
        for (int i = 0; i < 30; i++) simulator.stock("SKU-" + i, 50, "100.00");
        Sent sent = (Sent) done(outcome(seller.change(stock(30)), "SKU-0"));
        simulator.misbehave("download", Fault.HALF_AN_ANSWER);
        assertThat(seller.report(sent.id())).isInstanceOf(Unreachable.class);
        assertThat(done(seller.report(sent.id())).outcomes()).hasSize(30);
    }

    @Test
    void a_token_is_used_until_it_ends_and_renewed_once_when_amazon_no_longer_takes_it() {
        simulator.stock("SKU-0", 9, "100.00");
        done(seller.whoAmI());
        done(seller.whoAmI());
        assertThat(simulator.calls("token")).hasSize(1);
        clock.now = clock.now.plus(Duration.ofMinutes(59).plusSeconds(30));
        done(seller.whoAmI());
        assertThat(simulator.calls("token")).hasSize(2);

        simulator.misbehave("searchListingsItems", Fault.EXPIRED_TOKEN);
        done(seller.whoAmI());
        assertThat(simulator.calls("token")).hasSize(3);
    }

    @Test
    void an_authorisation_that_was_taken_back_asks_for_a_person() {
        done(seller.whoAmI());
        simulator.revoke("Atzr|vendedor");
        assertThat(seller.whoAmI())
                .isInstanceOfSatisfying(
                        Locked.class, locked -> assertThat(locked.why()).contains("invalid_grant"));
    }

    @Test
    void too_many_calls_wait_their_turn_or_come_again_later() {
        simulator.stock("SKU-0", 9, "100.00");
        simulator.misbehave("patchListingsItem", Fault.LIMITED);
        assertThat(done(outcome(seller.change(List.of(new Change("SKU-0", "SKU-0", 4L, null))), "SKU-0")))
                .isInstanceOf(Sent.class);

        simulator.misbehave("createFeed", Fault.LIMITED);
        assertThat(outcome(seller.change(stock(21)), "SKU-0"))
                .isInstanceOfSatisfying(
                        Limited.class,
                        limited -> assertThat(limited.after())
                                .isBetween(Duration.ofSeconds(100), Duration.ofSeconds(130)));
        assertThat(outcome(seller.change(stock(21)), "SKU-0")).isInstanceOf(Limited.class);
        assertThat(simulator.calls("createFeed")).hasSize(1);
        assertThat(simulator.calls("createFeedDocument")).hasSize(1);
    }

    @Test
    void orders_that_may_not_be_searched_now_are_found_the_next_time_and_hold_up_nothing() {
        simulator.misbehave("searchOrders", Fault.LIMITED);
        simulator.stock("SKU-0", 9, "100.00");
        simulator.sell(Map.of("SKU-0", 1L), true);
        String cursor = done(seller.orders("")).cursor();
        Page<Order> nothing = done(seller.orders("2026-11-20T15:00:00Z"));
        assertThat(nothing.items()).isEmpty();
        assertThat(nothing.more()).isFalse();
        assertThat(nothing.cursor()).isEqualTo("2026-11-20T15:00:00Z");
        assertThat(cursor).isEmpty();
        assertThat(simulator.calls("searchOrders")).hasSize(1);
    }

    @Test
    void a_part_that_amazon_knows_already_is_only_offered_with_what_every_listing_of_this_seller_says()
            throws IOException {
        Marketplace offering = amazon.open(
                Seller.connection(
                        address,
                        Map.of("listing", "offer", "attributes", "country_of_origin=MX; batteries_required=false")),
                grant);
        done(offering.publish(offer("FRI-1"), false));
        JsonNode listing = simulator.listing("FRI-1");
        assertThat(listing.has("item_name")).isFalse();
        assertThat(listing.at("/externally_assigned_product_identifier/0/value").asString(""))
                .isEqualTo("7505433001844");
        assertThat(listing.at("/country_of_origin/0/value").asString("")).isEqualTo("MX");
        assertThat(listing.at("/batteries_required/0/value").booleanValue()).isFalse();
        assertThat(listing.at("/unit_count/0/value").asInt()).isEqualTo(4);
        assertThat(listing.at("/purchasable_offer/0/our_price/0/schedule/0/value_with_tax")
                        .decimalValue())
                .isEqualByComparingTo("489.00");
    }

    @Test
    void broken_slow_and_half_answers_are_asked_again_without_a_second_effect() {
        simulator.stock("SKU-0", 9, "100.00");
        simulator.misbehave("patchListingsItem", Fault.BROKEN, Fault.HALF_AN_ANSWER);
        done(outcome(seller.change(List.of(new Change("SKU-0", "SKU-0", 4L, null))), "SKU-0"));
        assertThat(simulator.pieces("SKU-0")).isEqualTo(4);
        Marketplace hurried =
                Seller.open(new Amazon(clock, Duration.ofMillis(200), Duration.ofMillis(2)), address, grant, false);
        simulator.misbehave("getOrder", Fault.SLOW, Fault.BROKEN, Fault.BROKEN);
        assertThat(hurried.order("701-0000000-0000000")).isInstanceOf(Unreachable.class);
    }

    @Test
    void orders_come_page_by_page_and_the_cursor_goes_on_where_it_stood() {
        simulator.stock("SKU-0", 90, "100.00");
        simulator.pages(2);
        for (int i = 0; i < 5; i++) {
            clock.now = clock.now.plusSeconds(1);
            simulator.sell(Map.of("SKU-0", 1L), true);
        }
        Page<Order> first = done(seller.orders(""));
        assertThat(first.items()).hasSize(2);
        assertThat(first.more()).isTrue();
        Page<Order> second = done(seller.orders(first.cursor()));
        Page<Order> third = done(seller.orders(second.cursor()));
        assertThat(third.items()).hasSize(1);
        assertThat(third.more()).isFalse();

        clock.now = clock.now.plusSeconds(60);
        String late = simulator.sell(Map.of("SKU-0", 1L), true);
        assertThat(done(seller.orders(third.cursor())).items())
                .extracting(Order::id)
                .contains(late)
                .hasSize(2);
    }

    @Test
    void an_order_is_read_with_its_lines_shipped_with_its_tracking_and_the_same_parcel_again_changes_nothing() {
        simulator.stock("SKU-0", 9, "489.00");
        String id = simulator.sell(Map.of("SKU-0", 2L), true);
        Order order = done(seller.order(id));
        assertThat(order.state()).isEqualTo(Order.State.PAID);
        assertThat(order.total()).isEqualTo(Money.mxn(97_800));
        assertThat(order.buyer()).isEqualTo("Ana Torres");
        assertThat(order.lines()).singleElement().satisfies(line -> {
            assertThat(line.sku()).isEqualTo("SKU-0");
            assertThat(line.pieces()).isEqualTo(2);
        });
        assertThat(order.shipment()).isNotNull();
        assertThat(order.shipment().to()).contains("Puebla", "72000");

        simulator.misbehave("confirmShipment", Fault.ANSWER_LOST);
        Parcel parcel = new Parcel(id, "", "Estafeta", "EST-0001");
        assertThat(done(seller.ship(parcel)).state()).isEqualTo(Order.State.SHIPPED);
        assertThat(done(seller.ship(parcel)).shipment().tracking()).isEqualTo("EST-0001");
        assertThat(simulator.effects("shipped")).containsExactly(new Effect("shipped", id, "EST-0001"));
    }

    @Test
    void one_not_paid_sets_nothing_aside_and_a_cancelled_one_says_why() {
        simulator.stock("SKU-0", 9, "489.00");
        String id = simulator.sell(Map.of("SKU-0", 2L), false);
        assertThat(done(seller.order(id)).state()).isEqualTo(Order.State.OPEN);
        simulator.pay(id);
        simulator.askToCancel(id, "Ya no lo necesito");
        Order asked = done(seller.order(id));
        assertThat(asked.state()).isEqualTo(Order.State.PAID);
        assertThat(asked.shipment().state()).contains("BUYER_CANCEL_REQUESTED");
        simulator.cancel(id);
        Order cancelled = done(seller.order(id));
        assertThat(cancelled.state()).isEqualTo(Order.State.CANCELLED);
        assertThat(cancelled.why()).isEqualTo("Lo pidió por error");
        assertThat(seller.order("701-9")).isInstanceOf(Refused.class);
    }

    @Test
    void paused_nothing_is_offered_and_closed_the_listing_is_gone_also_when_asked_twice() {
        simulator.stock("SKU-0", 9, "489.00");
        assertThat(((Standing) done(seller.put("SKU-0", "SKU-0", Submission.State.PAUSED))).state())
                .isEqualTo(Submission.State.PAUSED);
        assertThat(simulator.pieces("SKU-0")).isZero();
        assertThat(((Standing) done(seller.put("SKU-0", "SKU-0", Submission.State.CLOSED))).state())
                .isEqualTo(Submission.State.CLOSED);
        assertThat(((Standing) done(seller.put("SKU-0", "SKU-0", Submission.State.CLOSED))).state())
                .isEqualTo(Submission.State.CLOSED);
        assertThat(simulator.effects("deleted")).hasSize(1);
    }

    @Test
    void a_notification_is_a_hint_to_the_order_of_this_seller_with_the_key_of_the_connection() {
        simulator.stock("SKU-0", 9, "489.00");
        String id = simulator.sell(Map.of("SKU-0", 2L), true);
        JsonNode told = simulator.untold().getFirst();
        byte[] plain = told.toString().getBytes(StandardCharsets.UTF_8);
        byte[] event = ("{\"version\":\"0\",\"detail\":" + told + "}").getBytes(StandardCharsets.UTF_8);
        for (byte[] body : List.of(plain, event)) {
            Hint hint = amazon.hint(Seller.connection(address, false), "", Map.of("x-api-key", "llave"), body)
                    .orElseThrow();
            assertThat(hint.subject()).isEqualTo(Hint.Subject.ORDER);
            assertThat(hint.id()).isEqualTo(id);
        }
        assertThat(amazon.hint(Seller.connection(address, false), "", Map.of("x-api-key", "otra"), plain))
                .isEmpty();
        assertThat(amazon.hint(
                        Seller.connection(address, false),
                        "",
                        Map.of("x-api-key", "llave"),
                        told.toString().replace("A3TH9S8BH6GOGM", "AOTHER").getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(amazon.hint(Seller.connection(address, false), "", Map.of("x-api-key", "llave"), new byte[] {1}))
                .isEmpty();
    }

    private static Answer<Submission> outcome(Report report, String sku) {
        return outcome(report.outcomes(), sku);
    }

    private static Answer<Submission> outcome(Map<String, Answer<Submission>> outcomes, String sku) {
        Answer<Submission> found = outcomes.get(sku);
        if (found == null) throw new AssertionError(sku + " is not among " + outcomes.keySet());
        return found;
    }
}
