package mx.refahub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import mx.refahub.domain.delivery.Acknowledgement;
import mx.refahub.domain.delivery.BrokerAccounts.Account;
import mx.refahub.domain.delivery.Relay;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Frame;
import mx.refahub.domain.store.StoreId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents through two real brokers joined by the bridge: in order, exactly once, whatever happens to the brokers. */
class UplinkTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path dir;

    private int port;
    private final StoreId centro = new StoreId(UUID.fromString("0190a000-0000-7000-8000-000000000001"));
    private final StoreId norte = new StoreId(UUID.fromString("0190a000-0000-7000-8000-000000000002"));
    private final KeptCursor cursor = new KeptCursor();
    private final PaperOutbox outbox = new PaperOutbox(centro, 1);

    @BeforeEach
    void takePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
    }

    @Test
    void documents_written_before_the_hub_starts_land_once_and_in_order() throws Exception {
        outbox.write(620);
        try (StoreInTest store = store().start()) {
            await().atMost(SOON).until(() -> relayed(store) == 620);
            assertThat(store.relay.state().linked()).isFalse();
            try (HubInTest hub = hub().start()) {
                await().atMost(SOON).until(() -> acknowledged(store) == 620);
                assertThat(hub.intake.landed(centro)).isEqualTo(outbox.all());
                // The relay moves on first and hands the word over after it.
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(store.downLink.heard(Acknowledgement.class))
                                .extracting(Acknowledgement::landed)
                                .contains(620L)
                                .isSorted());
                await().atMost(SOON).until(() -> store.relay.state().linked());
                outbox.write(1);
                store.relay.wake();
                await().atMost(SOON).until(() -> acknowledged(store) == 621);
                assertThat(hub.intake.duplicates(centro)).isZero();
                assertThat(hub.intake.frames())
                        .as("frames for 620 documents and for one")
                        .isEqualTo(3);
                assertThat(hub.browse(Channels.DEAD)).isEmpty();
            }
        }
    }

    @Test
    void a_document_larger_than_any_frame_travels_alone_and_whole() throws Exception {
        outbox.write(3);
        outbox.write("{\"note\":\"" + "ñ".repeat(700_000) + "\"}");
        outbox.write(3);
        try (HubInTest hub = hub().start();
                StoreInTest store = store().start()) {
            await().atMost(SOON).until(() -> acknowledged(store) == 7);
            assertThat(hub.intake.landed(centro)).isEqualTo(outbox.all());
            assertThat(hub.intake.frames()).isEqualTo(3);
        }
    }

    /**
     * With the bridge's own duplicate detection the hub's broker checked only the bridge's stamp, made of node id and message id: two stores from
     * one disk image have the same of both, and half of what they sent vanished without a word. Stays with every new version of Artemis.
     */
    @Test
    void two_stores_from_one_disk_image_lose_nothing_to_each_other() throws Exception {
        StoreLink image = link(centro, "centro", "image");
        try (StoreInTest store = new StoreInTest(image, new PaperOutbox(centro, 1), new KeptCursor())) {
            assertThat(store.broker.waiting()).isZero();
        }
        copy(dir.resolve("image"), dir.resolve("a"));
        copy(dir.resolve("image"), dir.resolve("b"));

        PaperOutbox first = new PaperOutbox(centro, 1);
        PaperOutbox second = new PaperOutbox(norte, 1);
        // The same journal, then; each was registered as a store of its own after the copy.
        try (HubInTest hub = new HubInTest(dir.resolve("hub"), port)) {
            hub.stores
                    .with(new Account("store-centro", centro, "centro"), "secret")
                    .with(new Account("store-norte", norte, "norte"), "secret");
            hub.intake.knows(centro, 1, first.keys().getPublic());
            hub.intake.knows(norte, 1, second.keys().getPublic());
            hub.start();
            try (StoreInTest a = new StoreInTest(link(centro, "centro", "a"), first, new KeptCursor()).start();
                    StoreInTest b = new StoreInTest(link(norte, "norte", "b"), second, new KeptCursor()).start()) {
                assertThat(dir.resolve("a/quarantine")).doesNotExist();
                assertThat(a.broker.nodeId()).as("of one image").isEqualTo(b.broker.nodeId());
                for (int i = 1; i <= 10; i++) {
                    long sale = i;
                    first.write(1);
                    a.relay.wake();
                    second.write(1);
                    b.relay.wake();
                    await().atMost(SOON).until(() -> relayed(a) == sale && relayed(b) == sale);
                }
                await().atMost(SOON).until(() -> acknowledged(a) == 10 && acknowledged(b) == 10);
                assertThat(hub.intake.landed(centro)).isEqualTo(first.all());
                assertThat(hub.intake.landed(norte)).isEqualTo(second.all());
                assertThat(hub.intake.asides()).isEmpty();
            }
        }
    }

    @Test
    void a_bridge_that_was_refused_carries_on_once_the_hub_knows_the_store() throws Exception {
        outbox.write(5);
        try (HubInTest hub = new HubInTest(dir.resolve("hub"), port).start();
                StoreInTest store = store().start()) {
            hub.intake.knows(centro, 1, outbox.keys().getPublic());
            await().atMost(SOON).until(() -> hub.broker.refusedSignIns() >= 1);
            await().atMost(SOON).until(() -> store.broker.waiting() == 1);
            hub.stores.with(new Account("store-centro", centro, "centro"), "secret");
            await().atMost(SOON).until(() -> acknowledged(store) == 5);
            assertThat(hub.intake.landed(centro)).isEqualTo(outbox.all());
        }
    }

    @Test
    void a_hub_that_stops_in_the_middle_gets_the_rest_when_it_is_back() throws Exception {
        outbox.write(5);
        try (StoreInTest store = store().start()) {
            try (HubInTest hub = hub().start()) {
                await().atMost(SOON).until(() -> acknowledged(store) == 5);
            }
            outbox.write(5);
            store.relay.wake();
            await().atMost(SOON).until(() -> relayed(store) == 10);
            try (HubInTest hub = hub()) {
                hub.intake.restored(centro, 0, 1);
                outbox.all().subList(0, 5).forEach(each -> hub.intake.land(centro, frame(each)));
                hub.start();
                await().atMost(SOON).until(() -> acknowledged(store) == 10);
                assertThat(hub.intake.landed(centro)).isEqualTo(outbox.all());
            }
        }
    }

    @Test
    void a_store_started_again_goes_on_where_it_was() throws Exception {
        outbox.write(40);
        try (StoreInTest store = store().start()) {
            await().atMost(SOON).until(() -> relayed(store) == 40);
        }
        outbox.write(2);
        try (HubInTest hub = hub().start();
                StoreInTest store = store().start()) {
            await().atMost(SOON).until(() -> acknowledged(store) == 42);
            assertThat(hub.intake.landed(centro)).isEqualTo(outbox.all());
            assertThat(hub.intake.duplicates(centro)).isZero();
            assertThat(store.relay.state().relay().resyncEpoch())
                    .as("sent again")
                    .isZero();
            assertThat(dir.resolve("centro/quarantine")).doesNotExist();
        }
    }

    @Test
    void a_journal_that_does_not_start_goes_to_quarantine_and_everything_lands() throws Exception {
        outbox.write(40);
        try (StoreInTest store = store().start()) {
            await().atMost(SOON).until(() -> relayed(store) == 40);
        }
        delete(dir.resolve("centro/journal/bindings"));
        Files.writeString(dir.resolve("centro/journal/bindings"), "no folder any more");
        outbox.write(2);
        try (HubInTest hub = hub().start();
                StoreInTest store = store().start()) {
            assertThat(store.relay.state().relay().resyncEpoch()).isEqualTo(1);
            assertThat(dir.resolve("centro/quarantine")).isNotEmptyDirectory();
            await().atMost(SOON).until(() -> acknowledged(store) == 42);
            assertThat(hub.intake.landed(centro)).isEqualTo(outbox.all());
        }
    }

    @Test
    void a_journal_of_scrambled_bytes_loses_nothing_whether_it_starts_or_not() throws Exception {
        outbox.write(40);
        try (StoreInTest store = store().start()) {
            await().atMost(SOON).until(() -> relayed(store) == 40);
        }
        for (Path file : files(dir.resolve("centro/journal")))
            if (file.toString().endsWith(".amq")) scramble(file);
        try (HubInTest hub = hub().start();
                StoreInTest store = store().start()) {
            await().atMost(SOON).until(() -> acknowledged(store) == 40);
            assertThat(hub.intake.landed(centro)).isEqualTo(outbox.all());
        }
    }

    @Test
    void a_journal_that_starts_without_its_last_frames_is_noticed_and_everything_lands() throws Exception {
        try (StoreInTest store = store().start()) {
            for (int i = 1; i <= 10; i++) {
                long sale = i;
                outbox.write(1);
                store.relay.wake();
                await().atMost(SOON).until(() -> relayed(store) == sale);
            }
            assertThat(store.broker.waiting()).isEqualTo(10);
        }
        // The disk kept the cursor, the journal lost its last two frames.
        KeptCursor ahead = new KeptCursor();
        ahead.save(1, new Relay(12, 0, 0, 0));
        outbox.write(2);
        try (HubInTest hub = hub().start();
                StoreInTest store = new StoreInTest(link(centro, "centro", "centro"), outbox, ahead).start()) {
            assertThat(store.relay.state().relay().resyncEpoch()).isEqualTo(1);
            assertThat(dir.resolve("centro/quarantine")).doesNotExist();
            await().atMost(SOON).until(() -> acknowledged(store) == 12);
            assertThat(hub.intake.landed(centro)).isEqualTo(outbox.all());
        }
    }

    @Test
    void a_journal_that_is_gone_is_replaced_and_everything_lands() throws Exception {
        outbox.write(40);
        try (StoreInTest store = store().start()) {
            await().atMost(SOON).until(() -> relayed(store) == 40);
        }
        delete(dir.resolve("centro/journal"));
        try (HubInTest hub = hub().start();
                StoreInTest store = store().start()) {
            await().atMost(SOON).until(() -> acknowledged(store) == 40);
            assertThat(hub.intake.landed(centro)).isEqualTo(outbox.all());
        }
    }

    @Test
    void a_second_relay_over_the_same_folder_is_refused_and_harms_nothing() throws Exception {
        outbox.write(3);
        try (StoreInTest store = store().start()) {
            await().atMost(SOON).until(() -> relayed(store) == 3);
            assertThatThrownBy(this::store)
                    .hasMessageContaining("another relay")
                    .hasMessageContaining(dir.resolve("centro").toString());
            // The broker counts a little later than it has written.
            await().atMost(SOON).until(() -> store.broker.waiting() == 1);
        }
    }

    private static Frame frame(Document document) {
        return new Frame(0, List.of(document));
    }

    private static long relayed(StoreInTest store) {
        return store.relay.state().relay().relayed();
    }

    private static long acknowledged(StoreInTest store) {
        return store.relay.state().relay().acknowledged();
    }

    private HubInTest hub() throws Exception {
        HubInTest hub = new HubInTest(dir.resolve("hub"), port);
        hub.stores.with(new Account("store-centro", centro, "centro"), "secret");
        hub.intake.knows(centro, 1, outbox.keys().getPublic());
        return hub;
    }

    private StoreInTest store() throws Exception {
        return new StoreInTest(link(centro, "centro", "centro"), outbox, cursor);
    }

    private StoreLink link(StoreId store, String slug, String folder) {
        return new StoreLink(store, 1, slug, "tcp://127.0.0.1:" + port, "store-" + slug, "secret", dir.resolve(folder));
    }

    private static void scramble(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 16; i < bytes.length; i += 7) bytes[i] = (byte) (bytes[i] ^ 0x5a);
        Files.write(file, bytes);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
