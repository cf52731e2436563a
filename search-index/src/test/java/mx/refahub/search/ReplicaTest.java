package mx.refahub.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import mx.refahub.domain.search.IndexManifest;
import mx.refahub.domain.search.IndexReplica;
import mx.refahub.domain.search.PartIndex;
import mx.refahub.domain.search.PartQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private final Path hubFolder;
    private final Path storeFolder;
    private final Shelf hub;
    private Snapshots snapshots;
    private LuceneSearch search;
    private ReplicaFiles replica;

    ReplicaTest(@TempDir Path folder) throws IOException {
        hubFolder = folder.resolve("hub");
        storeFolder = folder.resolve("store");
        hub = Shelf.stocked(hubFolder);
        snapshots = new Snapshots(storeFolder);
        search = LuceneSearch.openNewest(snapshots, PATIENCE);
        replica = new ReplicaFiles(snapshots, search);
    }

    @BeforeEach
    void restartStore() throws IOException {
        search.close();
        snapshots = new Snapshots(storeFolder);
        search = LuceneSearch.openNewest(snapshots, PATIENCE);
        replica = new ReplicaFiles(snapshots, search);
    }

    @Test
    void a_store_that_received_a_snapshot_answers_in_the_same_order_also_after_a_restart() throws IOException {
        fetch(newest());
        for (String text : List.of("balata", "GP-38", "jetta", "7974", "a")) {
            List<String> here = Shelf.named(search.find(PartQuery.text(text, 50)));
            assertThat(here).as(text).isEqualTo(hub.found(PartQuery.text(text, 50)));
        }
        restartStore();
        assertThat(search.version()).isEqualTo(hub.search.version());
        assertThat(Shelf.named(search.find(PartQuery.text("GP-38", 5))))
                .containsExactly("DAI GP-38 EXACT", "GON GP-38 EXACT");
    }

    @Test
    void only_new_files_travel_after_a_change() throws IOException {
        fetch(newest());
        long whole =
                newest().files().stream().mapToLong(IndexManifest.File::size).sum();
        IndexManifest changed = hub.update(
                2,
                Shelf.part("KYB", "343412", "KYB", "Amortiguador trasero", "Rear shock", "Suspensión/Amortiguadores"));
        List<IndexReplica.Missing> missing = replica.missing(changed);
        assertThat(missing).isNotEmpty().hasSizeLessThan(changed.files().size());
        assertThat(whole).isPositive();
        fetch(changed);
        assertThat(Shelf.named(search.find(PartQuery.text("amortiguador", 5)))).containsExactly("KYB 343412 WORD");
        assertThat(search.version().catalogue()).isEqualTo(2);
    }

    @Test
    void a_download_cut_anywhere_goes_on_where_it_stopped() throws IOException {
        IndexManifest manifest = newest();
        IndexManifest.File file = manifest.files().getFirst();
        byte[] bytes = bytes(manifest, file);
        int half = bytes.length / 2;
        replica.receive(manifest, file, new ByteArrayInputStream(bytes, 0, half));
        restartStore();
        assertThat(replica.missing(manifest)).contains(new IndexReplica.Missing(file, half));
        replica.receive(manifest, file, new ByteArrayInputStream(bytes, half, bytes.length - half));
        assertThat(replica.missing(manifest))
                .extracting(IndexReplica.Missing::file)
                .doesNotContain(file);
    }

    @Test
    void a_damaged_download_is_dropped_and_asked_for_again() throws IOException {
        IndexManifest manifest = newest();
        IndexManifest.File file = manifest.files().getFirst();
        byte[] bytes = bytes(manifest, file);
        bytes[bytes.length / 2] ^= 1;
        assertThatThrownBy(() -> replica.receive(manifest, file, new ByteArrayInputStream(bytes)))
                .hasMessageContaining("damaged");
        assertThat(replica.missing(manifest)).contains(new IndexReplica.Missing(file, 0));
    }

    @Test
    void an_incomplete_snapshot_is_not_swapped_in() throws IOException {
        fetch(newest());
        IndexManifest next = hub.rebuild(2, Shelf.sample().subList(0, 2));
        assertThatThrownBy(() -> replica.swap(next)).hasMessageContaining("not here yet");
        assertThat(Shelf.named(search.find(PartQuery.text("GON GP-38", 5)))).containsExactly("GON GP-38 EXACT");
    }

    @Test
    void a_damaged_snapshot_gives_way_to_the_one_before() throws IOException {
        fetch(newest());
        IndexManifest next = hub.rebuild(2, Shelf.sample().subList(0, 2));
        fetch(next);
        search.close();
        Path file = snapshots
                .directory(next.version())
                .resolve(next.files().getFirst().name());
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 3));
        restartStore();
        assertThat(search.version().index()).isEqualTo(1);
    }

    @Test
    void what_a_crash_left_unfinished_is_swept_and_the_newest_still_serves() throws IOException {
        fetch(newest());
        Files.createDirectories(storeFolder.resolve("v2"));
        Files.writeString(storeFolder.resolve("v2/_0.cfs"), "half");
        Files.writeString(storeFolder.resolve("CURRENT.new"), "2");
        restartStore();
        assertThat(storeFolder.resolve("v2")).doesNotExist();
        assertThat(search.version().index()).isEqualTo(1);
    }

    @Test
    void the_hub_keeps_three_snapshots_and_drops_an_unpublished_build() throws IOException {
        for (int i = 2; i <= 5; i++) hub.rebuild(i, Shelf.sample());
        assertThat(hub.index.file(2, "segments_1")).isEmpty();
        assertThat(hub.snapshots.all()).extracting(IndexManifest::version).containsExactlyInAnyOrder(3L, 4L, 5L);
        try (PartIndex.Build build = hub.index.update()) {
            build.put(Shelf.part("X", "NEVER", "X", "Nunca", "Never", ""));
        }
        assertThat(hub.found("NEVER")).isEmpty();
        assertThat(hub.update(6, Shelf.part("X", "NOW", "X", "Ahora", "Now", ""))
                        .version())
                .isEqualTo(6);
        assertThat(hub.found("NOW")).containsExactly("X NOW EXACT");
    }

    @Test
    void a_second_build_at_the_same_time_is_refused() throws IOException {
        try (PartIndex.Build build = hub.index.rebuild()) {
            assertThat(build).isNotNull();
            assertThatThrownBy(hub.index::update).isInstanceOf(IllegalStateException.class);
        }
    }

    private IndexManifest newest() {
        return hub.index.newest().orElseThrow();
    }

    private void fetch(IndexManifest manifest) throws IOException {
        for (IndexReplica.Missing missing : replica.missing(manifest))
            replica.receive(manifest, missing.file(), new ByteArrayInputStream(bytes(manifest, missing.file())));
        replica.swap(manifest);
    }

    private byte[] bytes(IndexManifest manifest, IndexManifest.File file) throws IOException {
        return Files.readAllBytes(
                hub.index.file(manifest.version(), file.name()).orElseThrow());
    }
}
