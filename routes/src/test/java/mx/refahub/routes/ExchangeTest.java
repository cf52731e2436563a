package mx.refahub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import mx.refahub.domain.erp.Delivery;
import mx.refahub.domain.erp.DeliveryDesk.State;
import mx.refahub.domain.erp.ErpClaims;
import mx.refahub.domain.erp.ErpSender.Sent;
import mx.refahub.domain.erp.ErpTarget;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes to an ERP, over the real routes and broker. */
class ExchangeTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path dir;

    private static HubInTest hub;

    @BeforeAll
    static void start() throws Exception {
        hub = new HubInTest(dir, 0);
        hub.deliveries.quiet(true);
        hub.start();
    }

    @AfterAll
    static void stop() throws Exception {
        hub.close();
    }

    @BeforeEach
    void fresh() {
        hub.deliveries.quiet(true);
        hub.erp.next.clear();
        hub.erp.calls.clear();
        hub.deliveries.clear();
    }

    private static long count(String route) {
        return hub.route(route).total();
    }

    @Test
    void the_splitter_makes_calls_of_what_was_claimed_and_each_is_enriched_with_its_postings() {
        long loaded = count("delivery-load");
        hub.deliveries.add("S-1", "S-2", "S-3", "S-4", "S-5");
        assertThat(hub.sender.send(ErpTarget.SAP)).isEqualTo(new Sent(5, 0, 0, true));
        assertThat(hub.erp.calls).containsExactly(2, 2, 1);
        assertThat(count("delivery-load")).isEqualTo(loaded + 3);
        assertThat(hub.sender.send(ErpTarget.SAP)).isEqualTo(new Sent(0, 0, 0, false));
        assertThat(hub.erp.calls).hasSize(3);
    }

    @Test
    void the_idempotent_consumer_passes_over_a_claim_that_is_settled() {
        hub.deliveries.add("I-1");
        ErpClaims.Claim claim = hub.deliveries.claim(ErpTarget.SAP, 1).orElseThrow();
        var producer = hub.context.createProducerTemplate();
        producer.sendBody(Channels.DELIVERY_DELIVER, claim.token().toString());
        producer.sendBody(Channels.DELIVERY_DELIVER, claim.token().toString());
        assertThat(hub.erp.calls).containsExactly(1);
        assertThat(hub.deliveries.state("I-1")).isEqualTo(State.DELIVERED);
    }

    @Test
    void a_reply_that_was_lost_is_asked_for_at_the_tick_and_booked_once() {
        hub.erp.next.add("lose");
        hub.deliveries.add("L-1");
        assertThat(hub.sender.send(ErpTarget.SAP)).isEqualTo(new Sent(0, 0, 1, true));
        assertThat(hub.deliveries.state("L-1")).isEqualTo(State.WAITING);
        hub.deliveries.quiet(false);
        await().atMost(SOON).until(() -> hub.deliveries.state("L-1") == State.DELIVERED);
        assertThat(hub.erp.booked.keySet().stream().filter("L-1"::equals)).hasSize(1);
    }

    @Test
    void the_wire_tap_writes_down_every_exchange_beside_it() {
        hub.erp.next.add("refuse");
        hub.deliveries.add("J-1");
        assertThat(hub.sender.send(ErpTarget.SAP)).isEqualTo(new Sent(0, 1, 0, true));
        await().atMost(SOON)
                .until(() -> hub.deliveries.journal.stream()
                        .anyMatch(each -> each.reference().equals("J-1")
                                && each.delivery().equals(new Delivery.Refused("-1", "no"))));
        assertThat(hub.route("delivery-deliver").to()).contains("direct:delivery-journal");
    }

    @Test
    void what_our_own_mistake_could_not_send_is_a_dead_letter_and_holds_up_nothing() {
        int before = hub.browse(Channels.DEAD).size();
        hub.erp.next.addAll(List.of("throw", "throw", "throw"));
        hub.deliveries.add("D-1", "D-2", "D-3");
        assertThat(hub.sender.send(ErpTarget.SAP)).isEqualTo(new Sent(1, 0, 0, true));
        assertThat(hub.browse(Channels.DEAD)).hasSize(before + 1);
        assertThat(hub.deliveries.state("D-1")).isEqualTo(State.WAITING);
        assertThat(hub.deliveries.state("D-3")).isEqualTo(State.DELIVERED);
    }

    @Test
    void a_tick_that_is_stopped_sends_nothing_until_it_is_started_again() throws Exception {
        hub.deliveries.quiet(false);
        hub.context.getRouteController().stopRoute("delivery-prod");
        long before = count("delivery-prod");
        hub.deliveries.add("T-1");
        await().during(Duration.ofMillis(250)).atMost(SOON).until(() -> hub.deliveries.state("T-1") == State.WAITING);
        assertThat(count("delivery-prod")).isEqualTo(before);
        hub.context.getRouteController().startRoute("delivery-prod");
        await().atMost(SOON).until(() -> hub.deliveries.state("T-1") == State.DELIVERED);
    }
}
