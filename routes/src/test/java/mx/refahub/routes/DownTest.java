package mx.refahub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.Failure;
import mx.refahub.domain.FailureKind;
import mx.refahub.domain.delivery.Acknowledgement;
import mx.refahub.domain.delivery.Announcement;
import mx.refahub.domain.delivery.BrokerAccounts.Account;
import mx.refahub.domain.delivery.Command;
import mx.refahub.domain.delivery.Relay;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the hub tells the stores, over its real broker; one hub, a new store for each test. */
class DownTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static int numbers;

    @TempDir
    static Path dir;

    private static HubInTest hub;

    private StoreId id;
    private String slug;
    private PaperOutbox outbox;
    private StoreLink link;

    @BeforeAll
    static void startHub() throws Exception {
        hub = new HubInTest(dir.resolve("hub"), 0).start();
    }

    @AfterAll
    static void stopHub() throws Exception {
        hub.close();
    }

    @BeforeEach
    void registerStore() {
        int number = ++numbers;
        id = new StoreId(new UUID(0x0190a000_0000_7000L, number));
        slug = "store-" + number;
        outbox = new PaperOutbox(id, 1);
        hub.intake.knows(id, 1, outbox.keys().getPublic());
        hub.stores.with(new Account("user-" + number, id, slug), "secret");
        link = new StoreLink(id, 1, slug, hub.broker.address().url(), "user-" + number, "secret", dir.resolve(slug));
        await().atMost(SOON).until(() -> hub.broker.knows(slug));
    }

    @Test
    void a_new_store_is_told_every_stream_once_and_then_what_changes() throws Exception {
        hub.versions.put(Stream.CATALOGUE, 3L);
        hub.versions.put(Stream.PRICES, 8L);
        hub.versions.put(Stream.USERS, 0L);
        try (StoreInTest store = new StoreInTest(link, outbox, new KeptCursor()).start()) {
            await().atMost(SOON)
                    .until(() -> announced(store)
                            .containsAll(List.of(
                                    new Announcement(Stream.CATALOGUE, 3), new Announcement(Stream.PRICES, 8))));
            hub.versions.put(Stream.PRICES, 9L);
            await().atMost(SOON).until(() -> announced(store).contains(new Announcement(Stream.PRICES, 9)));
            assertThat(announced(store))
                    .filteredOn(each -> each.stream() != Stream.INDEX)
                    .as("each once, and nothing of a stream that was never published")
                    .containsExactlyInAnyOrder(
                            new Announcement(Stream.CATALOGUE, 3),
                            new Announcement(Stream.PRICES, 8),
                            new Announcement(Stream.PRICES, 9));
        }
    }

    @Test
    void a_store_long_away_finds_one_message_for_each_stream() throws Exception {
        for (long version = 1; version <= 5; version++) {
            long present = version;
            hub.versions.put(Stream.INDEX, present);
            await().atMost(SOON)
                    .until(() -> texts().stream().anyMatch(text -> text.contains("\"index\",\"version\":" + present)));
        }
        assertThat(texts()).filteredOn(text -> text.contains("index")).hasSize(1);
    }

    @Test
    void commands_wait_for_the_store_and_all_arrive() throws Exception {
        Command first = new Command(new UUID(5, 1), Command.Kind.FORCE_SYNC);
        Command second = new Command(new UUID(5, 2), Command.Kind.STATUS);
        hub.commands.send(id, first);
        hub.commands.send(id, second);
        try (StoreInTest store = new StoreInTest(link, outbox, new KeptCursor()).start()) {
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(store.downLink.heard(Command.class)).containsExactly(first, second));
        }
    }

    @Test
    void a_command_for_a_store_that_is_not_known_is_rejected() {
        assertThatThrownBy(() -> hub.commands.send(
                        new StoreId(new UUID(9, 9)), new Command(new UUID(5, 3), Command.Kind.STATUS)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.REJECTED));
    }

    @Test
    void what_the_store_does_not_understand_is_passed_over() throws Exception {
        try (StoreHand hand = StoreHand.over(hub.broker.connections())) {
            hand.sendText(Channels.down(slug), "{\"type\":\"tomorrow\"}", Map.of());
            hand.sendText(Channels.down(slug), "rubbish", Map.of("CamelJmsDestinationName", "elsewhere"));
        }
        Command command = new Command(new UUID(5, 4), Command.Kind.STATUS);
        hub.commands.send(id, command);
        try (StoreInTest store = new StoreInTest(link, outbox, new KeptCursor()).start()) {
            await().atMost(SOON).until(() -> store.downLink.heard(Command.class).contains(command));
            assertThat(store.relay.state().halted()).isEmpty();
        }
    }

    @Test
    void documents_lost_on_the_way_are_asked_for_and_come_again() throws Exception {
        outbox.write(30);
        KeptCursor ahead = new KeptCursor();
        // As if the first ten had been sent and lost with everything that knew of them.
        ahead.save(1, new Relay(10, 10, 0, 1));
        try (StoreInTest store = new StoreInTest(link, outbox, ahead).start()) {
            await().atMost(SOON).until(() -> hub.intake.landed(id).size() == 30);
            assertThat(hub.intake.landed(id)).isEqualTo(outbox.all());
            await().atMost(SOON).until(() -> store.relay.state().relay().acknowledged() == 30);
            assertThat(store.relay.state().relay().resyncEpoch()).isEqualTo(1);
        }
    }

    @Test
    void a_hub_restored_from_a_backup_gets_what_it_lost() throws Exception {
        outbox.write(20);
        try (StoreInTest store = new StoreInTest(link, outbox, new KeptCursor()).start()) {
            await().atMost(SOON).until(() -> store.relay.state().relay().acknowledged() == 20);
            hub.intake.restored(id, 12, 2);
            await().atMost(SOON).until(() -> hub.intake.landed(id).size() == 20);
            assertThat(hub.intake.landed(id)).isEqualTo(outbox.all());
        }
    }

    @Test
    void an_old_copy_of_the_disk_stops_relaying() throws Exception {
        outbox.write(20);
        try (StoreInTest store = new StoreInTest(link, outbox, new KeptCursor()).start()) {
            await().atMost(SOON).until(() -> store.relay.state().relay().acknowledged() == 20);
        }
        PaperOutbox old = outbox.asOf(15);
        try (StoreInTest store = new StoreInTest(link, old, new KeptCursor()).start()) {
            await().atMost(SOON).until(() -> store.downLink.halts().contains(Relay.Cause.DISK_IS_OLDER));
            assertThat(store.downLink.heard(Acknowledgement.class)).isEmpty();
            int frames = hub.intake.frames();
            old.write(1);
            store.relay.wake();
            await().during(Duration.ofMillis(300)).atMost(SOON).until(() -> hub.intake.frames() == frames);
            assertThat(store.relay.state().halted()).contains(Relay.Cause.DISK_IS_OLDER);
        }
    }

    private List<String> texts() {
        return hub.browse(Channels.down(slug)).stream().map(HubInTest::text).toList();
    }

    private static List<Announcement> announced(StoreInTest store) {
        return store.downLink.heard(Announcement.class);
    }
}
