package mx.refahub.store.hublink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.search.IndexManifest;
import mx.refahub.domain.search.IndexReplica;
import mx.refahub.domain.store.StoreStatus;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.StreamHeader;
import mx.refahub.store.TestStore;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.outbox.Acknowledged;
import mx.refahub.store.status.StatusBoard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubLinkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HubSettings SETTINGS = new HubSettings(
            Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(200));

    private FakeHub hub;
    private TestStore store;
    private StatusBoard status;
    private HubHttp http;
    private StreamPulls pulls;
    private Heartbeats heartbeats;
    private final KeptIndex index = new KeptIndex();

    @BeforeEach
    void open(@TempDir Path folder) {
        hub = new FakeHub(0);
        store = TestStore.registeredAt(folder, hub.address());
        status = new StatusBoard(
                store.sales,
                store.identities,
                store.branches,
                store.streams,
                new Acknowledged(store.sales, store.identities, store.clock),
                "test");
        http = new HubHttp(SETTINGS, store.json, store.clock);
        pulls = new StreamPulls(
                http,
                store.identities,
                store.streams,
                store.tables,
                index,
                store.json,
                folder.resolve("in"),
                new Random(7));
        heartbeats = new Heartbeats(http, store.identities, status, pulls, SETTINGS, store.clock, folder);
    }

    @AfterEach
    void close() {
        heartbeats.close();
        pulls.close();
        http.close();
        status.close();
        hub.close();
        store.close();
    }

    @Test
    void a_heartbeat_tells_the_figures_and_brings_the_clock_offset_and_what_is_new() {
        PartId plug = new PartId(store.ids.next());
        serve(Stream.CATALOGUE, 4, List.of(TestStore.row(plug, "BKR6E-11", "GENERAL", "02", 0)));
        store.openCashSession(TestStore.C1);

        heartbeats.start();

        await().atMost(PATIENCE).until(() -> store.streams.version(Stream.CATALOGUE) == 4);
        assertThat(store.catalogue.card(plug)).isPresent();
        StoreStatus.Snapshot now = status.now();
        assertThat(now.linked()).isTrue();
        assertThat(now.clockOffsetMillis()).isEqualTo(5_000);
        assertThat(hub.heartbeats.getFirst()).satisfies(beat -> {
            assertThat(beat.type()).isEqualTo("heartbeat");
            assertThat(beat.outboxLast()).isEqualTo(1);
            assertThat(beat.streams()).containsEntry("settings", 1L).containsEntry("catalogue", 0L);
            assertThat(beat.diskFreeBytes()).isPositive();
        });
        assertThat(hub.requests).noneMatch(request -> request.contains("token-1") || request.contains("secret"));
    }

    @Test
    void the_link_is_seen_going_and_coming_and_the_store_catches_up_by_itself() {
        heartbeats.start();
        await().atMost(PATIENCE).until(() -> status.now().linked());

        hub.broken = true;
        await().atMost(PATIENCE).until(() -> !status.now().linked());
        PartId plug = new PartId(store.ids.next());
        serve(Stream.CATALOGUE, 9, List.of(TestStore.row(plug, "BKR6E-11", "GENERAL", "02", 0)));
        hub.broken = false;

        await().atMost(PATIENCE).until(() -> store.catalogue.card(plug).isPresent());
        assertThat(status.now().linked()).isTrue();
    }

    @Test
    void a_forgotten_token_is_asked_for_again() {
        heartbeats.start();
        await().atMost(PATIENCE).until(() -> !hub.heartbeats.isEmpty());

        hub.token = "token-2";
        int before = hub.heartbeats.size();

        await().atMost(PATIENCE).until(() -> hub.heartbeats.size() > before);
        assertThat(hub.requests.stream().filter("POST /api/auth/store/"::equals))
                .hasSize(2);
    }

    @Test
    void a_damaged_download_changes_nothing_and_is_pulled_again() {
        PartId plug = new PartId(store.ids.next());
        byte[] whole = download(
                new StreamHeader("catalogue", 0, 3, false), List.of(TestStore.row(plug, "X-1", "GENERAL", "02", 0)));
        List<byte[]> answers = new ArrayList<>(List.of(java.util.Arrays.copyOf(whole, whole.length - 20), whole));
        hub.downloads.put(Stream.CATALOGUE, since -> answers.isEmpty() ? null : answers.removeFirst());

        pulls.announced(Stream.CATALOGUE, 3);

        await().atMost(PATIENCE).until(() -> store.streams.version(Stream.CATALOGUE) == 3);
        assertThat(answers).isEmpty();
        assertThat(store.catalogue.card(plug)).isPresent();
    }

    @Test
    void a_hub_that_stands_behind_was_restored_and_is_believed_whole() {
        PartId gone = store.part("GONE-1", 100);
        store.publish(
                Stream.CATALOGUE, List.of(TestStore.row(new PartId(store.ids.next()), "GONE-2", "GENERAL", "02", 0)));
        PartId plug = new PartId(store.ids.next());
        hub.downloads.put(
                Stream.CATALOGUE,
                since -> since == 0
                        ? download(
                                new StreamHeader("catalogue", 0, 1, true),
                                List.of(TestStore.row(plug, "X-1", "GENERAL", "02", 0)))
                        : null);

        pulls.announced(Stream.CATALOGUE, 1);

        await().atMost(PATIENCE).until(() -> store.streams.version(Stream.CATALOGUE) == 1);
        assertThat(store.catalogue.card(gone)).isEmpty();
        assertThat(store.catalogue.card(plug)).isPresent();
    }

    @Test
    void many_announcements_are_one_pull_at_a_time_and_the_last_one_counts() {
        hub.downloads.put(Stream.CATALOGUE, since -> {
            long to = hub.versions.getOrDefault(Stream.CATALOGUE, 0L);
            return to > since ? download(new StreamHeader("catalogue", since, to, false), List.of()) : null;
        });

        for (long version = 1; version <= 50; version++) {
            hub.versions.put(Stream.CATALOGUE, version);
            pulls.announced(Stream.CATALOGUE, version);
        }

        await().atMost(PATIENCE).until(() -> store.streams.version(Stream.CATALOGUE) == 50);
        assertThat(hub.requests.stream().filter(request -> request.contains("streams/catalogue")))
                .hasSizeLessThan(50);
    }

    @Test
    void prices_that_somebody_asks_for_come_without_an_announcement() {
        serve(Stream.PRICES, 4, List.of());
        serve(Stream.PRICE_BOOK, 2, List.of());
        PricePulls prices = new PricePulls(pulls, store.streams);

        long before = store.streams.version(Stream.PRICES);
        assertThat(prices.ask().prices().version()).isEqualTo(before);

        await().atMost(PATIENCE).until(() -> prices.ask().prices().version() == 4);
        await().atMost(PATIENCE).until(() -> prices.ask().book().version() == 2);
        assertThat(prices.ask().book().since()).isNotNull();
    }

    @Test
    void the_index_comes_file_by_file_goes_on_where_it_broke_off_and_is_swapped_whole() {
        hub.indexFiles.put("_0.cfs", "0123456789".getBytes(StandardCharsets.UTF_8));
        hub.indexFiles.put("segments_1", "segments".getBytes(StandardCharsets.UTF_8));
        hub.manifest = new IndexManifest(
                5,
                0,
                List.of(new IndexManifest.File("_0.cfs", 10, "aa"), new IndexManifest.File("segments_1", 8, "bb")));
        index.have.put("_0.cfs", "0123");

        pulls.announced(Stream.INDEX, 5);

        await().atMost(PATIENCE).until(() -> store.streams.version(Stream.INDEX) == 5);
        assertThat(index.have).containsEntry("_0.cfs", "0123456789").containsEntry("segments_1", "segments");
        assertThat(index.swapped).isEqualTo(5);
    }

    @Test
    void an_index_is_swapped_in_behind_the_parts_that_it_speaks_of() {
        hub.indexFiles.put("segments_1", "segments".getBytes(StandardCharsets.UTF_8));
        hub.manifest = new IndexManifest(5, 4, List.of(new IndexManifest.File("segments_1", 8, "bb")));
        index.catalogue = () -> store.streams.version(Stream.CATALOGUE);

        pulls.announced(Stream.INDEX, 5);
        await().atMost(PATIENCE).until(() -> index.have.containsKey("segments_1"));
        serve(
                Stream.CATALOGUE,
                4,
                List.of(TestStore.row(new PartId(store.ids.next()), "BKR6E-11", "GENERAL", "02", 0)));
        pulls.announced(Stream.CATALOGUE, 4);

        await().atMost(PATIENCE).until(() -> store.streams.version(Stream.INDEX) == 5);
        assertThat(index.swapped).isEqualTo(5);
        assertThat(index.swappedOver).as("catalogue at each swap").isNotEmpty().containsOnly(4L);
    }

    @Test
    void a_download_that_stalls_is_given_up() throws Exception {
        try (java.net.ServerSocket silent = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
                HubHttp impatient = new HubHttp(
                        new HubSettings(
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(5),
                                Duration.ofMillis(300),
                                Duration.ofSeconds(30)),
                        store.json,
                        store.clock)) {
            Identity there = TestStore.identity("http://127.0.0.1:" + silent.getLocalPort(), store.clock.instant());
            Thread.ofPlatform().daemon().start(() -> sayHalf(silent));
            try (InputStream in = impatient.stream(there, Stream.CATALOGUE, 0).orElseThrow()) {
                org.assertj.core.api.Assertions.assertThatThrownBy(in::readAllBytes)
                        .isInstanceOf(IOException.class);
            }
        }
    }

    /** A token, then a download that stops in the middle while the connection stays. */
    private static void sayHalf(java.net.ServerSocket silent) {
        try {
            String access = "{\"access\":\"t\",\"expires_in\":600}";
            var connection = silent.accept();
            hear(connection.getInputStream(), "}");
            connection
                    .getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nContent-Length: " + access.length() + "\r\n\r\n" + access)
                            .getBytes(StandardCharsets.US_ASCII));
            connection.getOutputStream().flush();
            hear(connection.getInputStream(), "\r\n\r\n");
            connection
                    .getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf".getBytes(StandardCharsets.US_ASCII));
            connection.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads until a request has ended: its head and its body may come in pieces. */
    private static void hear(InputStream from, String end) throws IOException {
        StringBuilder heard = new StringBuilder();
        while (heard.indexOf(end) < 0) {
            int next = from.read();
            if (next < 0) throw new IOException("the connection ended after: " + heard);
            heard.append((char) next);
        }
    }

    private void serve(Stream stream, long version, List<?> rows) {
        hub.versions.put(stream, version);
        hub.downloads.put(
                stream,
                since -> since < version
                        ? download(new StreamHeader(stream.wireName(), since, version, false), rows)
                        : null);
    }

    private byte[] download(StreamHeader header, List<?> rows) {
        try {
            return Files.readAllBytes(store.download(header, rows));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps texts instead of files. */
    private static final class KeptIndex implements IndexReplica {
        private final Map<String, String> have = new ConcurrentHashMap<>();
        private volatile long swapped;
        private final List<Long> swappedOver = new java.util.concurrent.CopyOnWriteArrayList<>();
        private volatile LongSupplier catalogue = () -> 0;

        @Override
        public List<Missing> missing(IndexManifest manifest) {
            return manifest.files().stream()
                    .map(file ->
                            new Missing(file, have.getOrDefault(file.name(), "").length()))
                    .filter(missing -> missing.have() < missing.file().size())
                    .toList();
        }

        @Override
        public void receive(IndexManifest manifest, IndexManifest.File file, InputStream bytes) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            bytes.transferTo(out);
            have.merge(file.name(), out.toString(StandardCharsets.UTF_8), String::concat);
        }

        @Override
        public void swap(IndexManifest manifest) {
            swappedOver.add(catalogue.getAsLong());
            swapped = manifest.version();
        }
    }
}
