package mx.refahub.store.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartImage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class ImageCacheTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final HubInMemory hub = new HubInMemory();
    private final PartId part = new PartId(UUID.randomUUID());
    private volatile boolean linked = true;
    private Instant now = Instant.parse("2026-03-02T16:00:00Z");
    private ImageCache cache;

    private static final class HubInMemory implements ImageCache.Hub {
        final Map<PartId, List<PartImage>> lists = new HashMap<>();
        final Map<String, byte[]> files = new HashMap<>();
        final List<String> asked = new CopyOnWriteArrayList<>();
        volatile CountDownLatch gate = new CountDownLatch(0);

        @Override
        public List<PartImage> images(PartId part) throws InterruptedException {
            asked.add("list");
            gate.await();
            return lists.getOrDefault(part, List.of());
        }

        @Override
        public byte[] image(String hash) throws IOException, InterruptedException {
            asked.add(hash);
            gate.await();
            byte[] file = files.get(hash);
            if (file == null) throw new IOException("no such picture");
            return file;
        }

        String has(byte[] content) {
            String hash = hash(content);
            files.put(hash, content);
            return hash;
        }
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] content(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @BeforeEach
    void open() {
        cache = opened(DataSize.ofMegabytes(10), PATIENCE);
    }

    private ImageCache opened(DataSize size, Duration patience) {
        return new ImageCache(
                hub, () -> linked, folder, new ImageSettings(size, patience, Duration.ofMinutes(10)), new Clock() {
                    @Override
                    public Instant instant() {
                        return now;
                    }

                    @Override
                    public ZoneOffset getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(java.time.ZoneId zone) {
                        return this;
                    }
                });
    }

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void a_picture_is_fetched_once_and_served_without_the_hub_also_by_the_next_process() {
        PartImage image = new PartImage(hub.has(content("large")), hub.has(content("small")), 1200, 800);
        hub.lists.put(part, List.of(image));

        assertThat(cache.of(part)).containsExactly(image);
        assertThat(cache.file(image.hash())).hasValue(content("large"));
        assertThat(cache.file(image.hash())).hasValue(content("large"));
        assertThat(hub.asked).containsExactly("list", image.hash());

        cache.close();
        linked = false;
        cache = opened(DataSize.ofMegabytes(10), PATIENCE);
        assertThat(cache.of(part)).containsExactly(image);
        assertThat(cache.file(image.hash())).hasValue(content("large"));
        assertThat(cache.file(image.smallHash())).as("never looked at").isEmpty();
        assertThat(hub.asked).hasSize(2);
    }

    @Test
    void the_hub_is_asked_again_after_a_while_and_the_old_answer_serves_when_it_is_away() {
        assertThat(cache.of(part)).isEmpty();
        PartImage image = new PartImage(hub.has(content("a")), hub.has(content("b")), 10, 10);
        hub.lists.put(part, List.of(image));
        assertThat(cache.of(part)).as("believed for ten minutes").isEmpty();

        now = now.plus(Duration.ofMinutes(11));
        assertThat(cache.of(part)).containsExactly(image);

        now = now.plus(Duration.ofDays(30));
        linked = false;
        assertThat(cache.of(part)).containsExactly(image);
    }

    @Test
    void a_damaged_file_is_fetched_again_and_a_wrong_one_is_not_taken() throws IOException {
        String hash = hub.has(content("right"));
        assertThat(cache.file(hash)).isPresent();
        Files.writeString(folder.resolve(hash.substring(0, 2)).resolve(hash + ".webp"), "wrong");

        assertThat(cache.file(hash)).hasValue(content("right"));

        String other = hash(content("other"));
        hub.files.put(other, content("a lie"));
        assertThat(cache.file(other)).isEmpty();
        assertThat(cache.file("../../secret")).isEmpty();
    }

    @Test
    void what_was_not_looked_at_for_longest_goes_first() {
        cache.close();
        cache = opened(DataSize.ofMegabytes(1), PATIENCE);
        List<String> hashes = new ArrayList<>();
        for (int i = 0; i < 4; i++) hashes.add(hub.has(content("x".repeat(300_000) + i)));
        for (int i = 0; i < 3; i++) assertThat(cache.file(hashes.get(i))).isPresent();
        assertThat(cache.file(hashes.get(0))).as("looked at again").isPresent();

        assertThat(cache.file(hashes.get(3))).isPresent();

        assertThat(cache.taken()).isLessThanOrEqualTo(1 << 20);
        linked = false;
        assertThat(cache.file(hashes.get(1))).as("the oldest").isEmpty();
        assertThat(cache.file(hashes.get(0))).isPresent();
        assertThat(cache.file(hashes.get(3))).isPresent();
    }

    @Test
    void a_slow_hub_costs_a_moment_and_the_picture_is_there_the_next_time() {
        cache.close();
        cache = opened(DataSize.ofMegabytes(1), Duration.ofMillis(50));
        String hash = hub.has(content("slow"));
        hub.gate = new CountDownLatch(1);

        assertThat(cache.file(hash)).isEmpty();
        hub.gate.countDown();

        await().atMost(PATIENCE).until(() -> cache.file(hash).isPresent());
        assertThat(hub.asked).as("asked for once").containsExactly(hash);
    }

    @Test
    void settings_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> new ImageSettings(DataSize.ofBytes(10), Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .hasMessageContaining("refahub.images.cache");
    }
}
