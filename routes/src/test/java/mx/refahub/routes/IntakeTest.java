package mx.refahub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.delivery.Acknowledgement;
import mx.refahub.domain.delivery.BrokerAccounts.Account;
import mx.refahub.domain.delivery.DownMessage;
import mx.refahub.domain.delivery.GapRequest;
import mx.refahub.domain.document.Frame;
import mx.refahub.domain.hub.RouteMap;
import mx.refahub.domain.message.DeadLetters;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.store.UserId;
import mx.refahub.routes.down.DownMessageJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the hub's intake does with what stores send, good and bad; one hub, a new store for each test. */
class IntakeTest {
    private static final Person ANA = new Person(new UserId(new UUID(7, 7)), "Ana", Role.ADMIN);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final AtomicLong NUMBERS = new AtomicLong();

    @TempDir
    static Path dir;

    private static HubInTest hub;

    private StoreId store;
    private String slug;
    private PaperOutbox outbox;
    private StoreHand hand;

    @BeforeAll
    static void startHub() throws Exception {
        hub = new HubInTest(dir, 0).start();
    }

    @AfterAll
    static void stopHub() throws Exception {
        hub.close();
    }

    @BeforeEach
    void registerStore() throws Exception {
        long number = NUMBERS.incrementAndGet();
        store = new StoreId(new UUID(0x0190a000_0000_7000L, number));
        slug = "store-" + number;
        outbox = new PaperOutbox(store, 1);
        hub.intake.knows(store, 1, outbox.keys().getPublic());
        hub.stores.with(new Account("user-" + number, store, slug), "secret");
        await().atMost(SOON).until(() -> hub.broker.knows(slug));
        hand = new StoreHand(hub.broker.address().url(), "user-" + number, "secret");
    }

    @AfterEach
    void letGo() throws Exception {
        hub.intake.away(false);
        hub.intake.broken(false);
        hand.close();
    }

    @Test
    void a_frame_is_landed_and_acknowledged() throws Exception {
        outbox.write(3);
        hand.send(slug, frame(0, 1, 3));
        await().atMost(SOON).until(() -> hub.intake.landed(store).size() == 3);
        await().atMost(SOON).untilAsserted(() -> assertThat(down()).contains(acknowledgement(3)));
        assertThat(down()).as("a last-value queue").hasSize(1);
    }

    @Test
    void a_database_that_is_away_for_a_while_costs_nothing_and_leaves_no_dead_letter() throws Exception {
        outbox.write(60);
        int dead = hub.browse(Channels.DEAD).size();
        hub.intake.away(true);
        for (int i = 0; i < 20; i++) hand.send(slug, frame(0, 3 * i + 1, 3));
        int before = hub.intake.refused();
        await().atMost(SOON).until(() -> hub.intake.refused() >= before + 3);
        hub.intake.away(false);
        await().atMost(SOON).until(() -> hub.intake.landed(store).size() == 60);
        assertThat(hub.intake.landed(store)).isEqualTo(outbox.all());
        assertThat(hub.intake.duplicates(store)).isZero();
        assertThat(hub.browse(Channels.DEAD)).hasSize(dead);
        assertThat(hub.route("document-intake").inFlight()).isZero();
    }

    @Test
    void what_comes_again_after_a_rewind_is_landed_once() throws Exception {
        outbox.write(30);
        hand.send(slug, frame(0, 1, 10));
        hand.send(slug, frame(0, 11, 10));
        hand.send(slug, frame(1, 6, 20));
        hand.send(slug, frame(2, 1, 30));
        await().atMost(SOON).until(() -> hub.intake.duplicates(store) == 15 + 25);
        assertThat(hub.intake.landed(store)).isEqualTo(outbox.all());
    }

    @Test
    void the_same_frame_sent_twice_is_dropped_by_the_broker_already() throws Exception {
        outbox.write(2);
        hand.send(slug, frame(0, 1, 1));
        hand.send(slug, frame(0, 1, 1));
        hand.send(slug, frame(0, 2, 1));
        await().atMost(SOON).until(() -> hub.intake.landed(store).size() == 2);
        assertThat(hub.intake.duplicates(store)).isZero();
    }

    @Test
    void frames_that_overtook_others_wait_and_the_gap_is_asked_for() throws Exception {
        outbox.write(30);
        hand.send(slug, frame(0, 11, 10));
        await().atMost(SOON).untilAsserted(() -> assertThat(down()).contains(new GapRequest(store, 1, 1, 1)));
        assertThat(hub.intake.landed(store)).isEmpty();
        hand.send(slug, frame(1, 1, 10));
        await().atMost(SOON).until(() -> hub.intake.landed(store).size() == 20);
        assertThat(hub.intake.landed(store)).isEqualTo(outbox.all().subList(0, 20));
    }

    @Test
    void bytes_that_are_no_frame_are_put_aside_and_hold_up_nothing() throws Exception {
        outbox.write(1);
        hand.send(Channels.up(slug), "not a frame".getBytes(StandardCharsets.UTF_8), "x", store.toString());
        hand.send(slug, frame(0, 1, 1));
        await().atMost(SOON).until(() -> hub.intake.landed(store).size() == 1);
        assertThat(asides()).singleElement().satisfies(aside -> {
            assertThat(StoreHand.ascii(aside.bytes())).isEqualTo("not a frame");
            assertThat(aside.reason()).contains("RHF1");
        });
    }

    @Test
    void a_text_is_put_aside_whatever_its_headers_order() throws Exception {
        hand.sendText(
                Channels.up(slug),
                "${bean:x}",
                Map.of(
                        "CamelJmsDestinationName", Channels.down("elsewhere"),
                        "CamelBeanMethodName", "land",
                        "camelexecCommandExecutable", "true"));
        await().atMost(SOON).until(() -> !asides().isEmpty());
        assertThat(asides()).singleElement().satisfies(aside -> {
            assertThat(StoreHand.ascii(aside.bytes())).isEqualTo("${bean:x}");
            assertThat(aside.reason()).isEqualTo("not a message of bytes");
        });
    }

    @Test
    void a_java_object_is_refused_without_being_read() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new ArrayList<>(List.of("harmless")));
        }
        outbox.write(1);
        hand.sendSerialized(Channels.up(slug), bytes.toByteArray());
        hand.send(slug, frame(0, 1, 1));
        await().atMost(SOON).until(() -> hub.intake.landed(store).size() == 1 && !asides().isEmpty());
        assertThat(asides())
                .singleElement()
                .satisfies(aside -> assertThat(aside.reason()).isEqualTo("not a message of bytes"));
    }

    @Test
    void a_mistake_of_ours_ends_in_the_dead_letters_with_its_reason_and_lets_the_next_pass() throws Exception {
        outbox.write(2);
        int dead = hub.browse(Channels.DEAD).size();
        hub.intake.broken(true);
        hand.send(slug, frame(0, 1, 1));
        await().atMost(SOON).until(() -> hub.browse(Channels.DEAD).size() == dead + 1);
        hub.intake.broken(false);
        var letter = hub.browse(Channels.DEAD).getLast();
        assertThat(letter.getStringProperty("refahub_route")).isEqualTo("document-intake");
        assertThat(letter.getStringProperty("refahub_kind")).isEqualTo("BUG");
        assertThat(letter.getStringProperty("refahub_reason")).contains("a mistake of ours");
        assertThat(letter.getBody(byte[].class))
                .as("the frame itself")
                .startsWith("RHF1".getBytes(StandardCharsets.US_ASCII));
        assertThat(hub.route("document-intake").lastFailure()).isEqualTo("a mistake of ours");
        hand.send(slug, frame(1, 1, 2));
        await().atMost(SOON).until(() -> hub.intake.landed(store).size() == 2);
    }

    @Test
    void a_dead_letter_is_sent_again_to_its_route_under_its_senders_name_once() throws Exception {
        outbox.write(1);
        List<String> before = letters();
        hub.intake.broken(true);
        hand.send(slug, frame(0, 1, 1));
        await().atMost(SOON).until(() -> letters().size() == before.size() + 1);
        hub.intake.broken(false);
        String letter = letters().stream()
                .filter(id -> !before.contains(id))
                .findFirst()
                .orElseThrow();

        assertThat(hub.letters.resend(letter, ANA)).isInstanceOf(Outcome.Done.class);
        await().atMost(SOON).until(() -> hub.intake.landed(store).size() == 1);
        assertThat(letters()).isEqualTo(before);
        assertThat(hub.letters.resend(letter, ANA)).isEqualTo(Outcome.refused("letter-unknown"));
        assertThat(hub.letters.resend("' or '1' = '1", ANA)).isEqualTo(Outcome.refused("letter-unknown"));
    }

    @Test
    void a_dead_letter_is_discarded_with_a_reason() throws Exception {
        outbox.write(1);
        List<String> before = letters();
        hub.intake.broken(true);
        hand.send(slug, frame(0, 1, 1));
        await().atMost(SOON).until(() -> letters().size() == before.size() + 1);
        hub.intake.broken(false);
        String letter = letters().stream()
                .filter(id -> !before.contains(id))
                .findFirst()
                .orElseThrow();
        assertThat(hub.letters.discard(letter, " ", ANA)).isEqualTo(Outcome.refused("reason-needed"));
        assertThat(hub.letters.discard(letter, "prueba", ANA)).isEqualTo(Outcome.done(letter));
        assertThat(letters()).isEqualTo(before);
        hand.send(slug, frame(1, 1, 1));
        await().atMost(SOON).until(() -> hub.intake.landed(store).size() == 1);
    }

    @Test
    void a_route_shows_its_pace_and_its_failures_and_the_queues_what_waits() throws Exception {
        outbox.write(1);
        hand.send(slug, frame(0, 1, 1));
        await().atMost(SOON).until(() -> hub.intake.landed(store).size() == 1);
        await().atMost(SOON).untilAsserted(() -> {
            RouteMap.Route intake = hub.route("document-intake");
            assertThat(intake.pace().perSecond()).isPositive();
            assertThat(intake.pace().p95Millis()).isPositive();
            assertThat(intake.outside()).containsExactly("PostgreSQL");
        });
        assertThat(hub.map.queues()).containsKeys(Channels.INTAKE, Channels.DEAD, Channels.down(slug));
        assertThat(hub.map.stop("no-such-route", ANA)).isEqualTo(Outcome.refused("route-unknown"));
    }

    private List<String> letters() {
        return hub.letters
                .letters(200)
                .fold(found -> found.stream().map(DeadLetters.Letter::id).toList(), refusal -> List.of());
    }

    @Test
    void what_is_landed_is_applied_at_once_and_batch_after_batch() throws Exception {
        outbox.write(1);
        hub.toApply.set(50);
        int before = hub.batchesApplied.get();
        hand.send(slug, frame(0, 1, 1));
        await().atMost(SOON).until(() -> hub.toApply.get() == 0);
        assertThat(hub.batchesApplied.get() - before).isGreaterThanOrEqualTo(5);
    }

    @Test
    void ledgers_that_are_away_are_asked_again_at_the_next_tick() throws Exception {
        hub.ledgersAway(true);
        long failed = hub.route("document-apply").failed();
        await().atMost(SOON).until(() -> hub.route("document-apply").failed() > failed);
        hub.ledgersAway(false);
        int before = hub.batchesApplied.get();
        await().atMost(SOON).until(() -> hub.batchesApplied.get() > before);
        assertThat(hub.route("document-apply").running()).isTrue();
    }

    @Test
    void a_store_that_lost_an_acknowledgement_is_reminded() throws Exception {
        outbox.write(1);
        hand.send(slug, frame(0, 1, 1));
        await().atMost(SOON).untilAsserted(() -> assertThat(down()).contains(acknowledgement(1)));
        assertThat(hand.take(Channels.down(slug))).contains("acknowledgement");
        await().atMost(SOON).untilAsserted(() -> assertThat(down()).contains(acknowledgement(1)));
    }

    private Acknowledgement acknowledgement(int landed) {
        return new Acknowledgement(store, 1, 1, landed, outbox.hashAt(landed).orElseThrow());
    }

    private List<PaperIntake.Aside> asides() {
        return hub.intake.asides().stream()
                .filter(aside -> aside.sender().equals(Optional.of(store)))
                .toList();
    }

    private List<DownMessage> down() {
        return hub.browse(Channels.down(slug)).stream()
                .map(HubInTest::text)
                .map(text -> DownMessageJson.read(text).orElseThrow())
                .toList();
    }

    private Frame frame(int resyncEpoch, int first, int count) {
        return new Frame(resyncEpoch, outbox.all().subList(first - 1, first - 1 + count));
    }
}
