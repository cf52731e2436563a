package mx.refahub.store.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mx.refahub.domain.Failure;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupsTest {
    private TestStore store;
    private Backups backups;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
        backups = new Backups(folder, settings(3, 2), store.clock, "test");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static BackupSettings settings(int hourly, int daily) {
        return new BackupSettings(Duration.ofHours(1), hourly, daily, null, null);
    }

    @Test
    void a_backup_beside_a_running_store_opens_and_holds_what_was_committed() {
        store.openCashSession(TestStore.C1);

        Backup backup = backups.take();

        assertThat(backup.lastSequence()).isEqualTo(1);
        assertThat(backup.flaw()).isEmpty();
        assertThat(backup.has("sales.db")).isTrue();
        assertThat(backup.has("reference.db")).isTrue();
        assertThat(backups.list()).extracting(Backup::folder).containsExactly(backup.folder());
        assertThat(backup.at()).isEqualTo(store.clock.instant());
    }

    @Test
    void a_store_goes_on_writing_while_it_is_copied() {
        store.openCashSession(TestStore.C1);
        Backup first = backups.take();
        store.openCashSession(TestStore.C2);
        Backup second = backups.take();

        assertThat(first.lastSequence()).isEqualTo(1);
        assertThat(second.lastSequence()).isEqualTo(2);
        assertThat(second.folder()).isNotEqualTo(first.folder());
    }

    @Test
    void what_the_hub_has_anyway_is_kept_once() {
        backups.take();
        store.clock.advance(Duration.ofHours(1));
        backups.take();

        assertThat(backups.list()).hasSize(2);
        assertThat(backups.list().getFirst().has("reference.db")).isTrue();
        Backup older = backups.list().getLast();
        assertThat(older.has("reference.db")).isFalse();
        assertThat(older.file("reference.db")).doesNotExist();
        assertThat(older.flaw()).isEmpty();
    }

    @Test
    void only_its_owner_reads_it_and_the_key_lies_apart() throws IOException {
        Backup backup = backups.take();

        assertThat(mode(backup.folder())).isEqualTo("rwx------");
        assertThat(mode(backup.file("sales.db"))).isEqualTo("rw-------");
        Path key = store.folder.resolve("backup-keys/secret.key");
        assertThat(mode(key)).isEqualTo("rw-------");
        assertThat(Files.mismatch(key, store.folder.resolve("keys/secret.key"))).isEqualTo(-1);
        try (Stream<Path> all = Files.walk(store.folder.resolve("backups"))) {
            assertThat(all.map(path -> path.getFileName().toString())).doesNotContain("secret.key");
        }
    }

    @Test
    void the_latest_hours_and_days_keep_one_each_and_the_rest_goes() {
        for (int i = 0; i < 8; i++) {
            backups.take();
            store.clock.advance(Duration.ofMinutes(30));
        }
        store.clock.advance(Duration.ofDays(2));
        backups.take();

        // 16:00 to 19:30 had one each half hour; three hours with a backup stay, and two days.
        List<String> kept = backups.list().stream()
                .map(backup -> backup.folder().getFileName().toString())
                .toList();
        assertThat(kept).containsExactly("20260304T200000Z", "20260302T193000Z", "20260302T183000Z");
    }

    @Test
    void a_changed_or_damaged_copy_is_not_relied_upon() throws IOException {
        Backup backup = backups.take();
        byte[] bytes = Files.readAllBytes(backup.file("sales.db"));
        bytes[bytes.length / 2] ^= 1;
        Files.write(backup.file("sales.db"), bytes);

        assertThat(backup.flaw()).hasValueSatisfying(flaw -> assertThat(flaw).contains("sales.db", "changed"));
        Files.delete(backup.file("sales.db"));
        assertThat(backup.flaw()).contains("sales.db is missing");
    }

    @Test
    void what_broke_off_is_no_backup_and_is_swept_by_the_next() throws IOException {
        Path left = Files.createDirectories(store.folder.resolve("backups/.unfinished-1"));
        Files.writeString(left.resolve("sales.db"), "half");
        assertThat(backups.list()).isEmpty();

        backups.take();

        assertThat(left).doesNotExist();
        assertThat(backups.list()).hasSize(1);
    }

    @Test
    void a_damaged_database_does_not_become_a_backup_and_the_one_before_stays(@TempDir Path other) throws IOException {
        Files.copy(backups.take().file("sales.db"), other.resolve("sales.db"));
        Backups ofOther = new Backups(other, settings(3, 2), store.clock, "test");
        Backup before = ofOther.take();
        Damage.zero(other.resolve("sales.db"), 2, 3, 4, 5, 6);

        assertThatThrownBy(ofOther::take).isInstanceOf(Failure.class).hasMessageContaining("sales.db");

        assertThat(ofOther.newest().map(Backup::folder)).isEqualTo(Optional.of(before.folder()));
        assertThat(before.flaw()).isEmpty();
    }

    @Test
    void a_large_catalogue_is_copied_once_a_day_and_each_backup_has_it() throws IOException {
        fill(StartCheck.READ_THROUGH);
        Backup first = backups.take();
        Object shared = inode(first);
        store.openCashSession(TestStore.C1);
        store.clock.advance(Duration.ofHours(23));
        Backup second = backups.take();

        assertThat(second.flaw()).isEmpty();
        assertThat(inode(second)).as("the same file under a second name").isEqualTo(shared);
        assertThat(first.file("reference.db")).doesNotExist();
        assertThat(second.lastSequence())
                .as("what was sold is copied each time")
                .isEqualTo(1);

        store.clock.advance(Duration.ofHours(1));
        Backup third = backups.take();
        assertThat(third.has("reference.db")).isTrue();
        assertThat(inode(third)).isNotEqualTo(shared);
        assertThat(third.flaw()).isEmpty();
    }

    @Test
    void a_damaged_catalogue_does_not_keep_the_sales_from_their_backup() throws IOException {
        Path other = Files.createDirectories(store.folder.resolve("other"));
        Backup whole = backups.take();
        for (String name : List.of("sales.db", "reference.db")) Files.copy(whole.file(name), other.resolve(name));
        Damage.zero(other.resolve("reference.db"), 2, 3, 4, 5, 6);
        Backups ofOther = new Backups(other, settings(3, 2), store.clock, "test");

        Backup backup = ofOther.take();

        assertThat(backup.has("sales.db")).isTrue();
        assertThat(backup.has("reference.db")).isFalse();
        assertThat(backup.flaw()).isEmpty();
        assertThat(ofOther.leftOut()).isPresent();
        assertThat(StartCheck.replaceable(other)).containsExactly("reference.db");
        assertThat(ofOther.leftOut()).isEmpty();
    }

    private void fill(long bytes) {
        store.reference.write(session -> {
            session.update("create table filler (b blob)");
            session.update("insert into filler values (zeroblob(?))", bytes);
            return null;
        });
    }

    private static Object inode(Backup backup) throws IOException {
        return Files.getAttribute(backup.file("reference.db"), "unix:ino");
    }

    @Test
    void settings_without_sense_are_refused() {
        assertThatThrownBy(() -> new BackupSettings(Duration.ZERO, 1, 1, null, null))
                .hasMessageContaining("refahub.care.backup.every");
        assertThatThrownBy(() -> settings(0, 1)).hasMessageContaining("hourly");
        assertThatThrownBy(() -> settings(1, -1)).hasMessageContaining("daily");
        assertThatThrownBy(
                        () -> new BackupSettings(Duration.ofHours(1), 1, 1, Path.of("/mnt/b"), Path.of("/mnt/b/keys")))
                .hasMessageContaining("key-folder");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
