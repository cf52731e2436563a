package mx.refahub.store.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] SECRET = "broker-password".getBytes(StandardCharsets.UTF_8);

    @Test
    void what_is_sealed_opens_with_the_same_key_for_the_same_purpose_only(@TempDir Path folder) {
        KeyFile key = KeyFile.open(folder.resolve("keys/secret.key"), RANDOM);
        byte[] sealed = key.seal("broker password", SECRET);

        assertThat(KeyFile.open(folder.resolve("keys/secret.key"), RANDOM).open("broker password", sealed))
                .isEqualTo(SECRET);
        assertThatThrownBy(() -> key.open("store secret", sealed)).hasMessageContaining("store secret");
        assertThatThrownBy(() ->
                        KeyFile.open(folder.resolve("other/secret.key"), RANDOM).open("broker password", sealed))
                .isInstanceOf(IllegalStateException.class);
        assertThat(key.seal("broker password", SECRET)).isNotEqualTo(sealed);
    }

    @Test
    void the_key_is_its_owners_alone_and_the_start_says_so_when_it_is_not(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("keys/secret.key");
        assertThat(KeyFile.open(file, RANDOM)).isNotNull();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("keys"))))
                .isEqualTo("rwx------");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> KeyFile.open(file, RANDOM)).hasMessageContaining("chmod 600 " + file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(folder.resolve("keys"), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThatThrownBy(() -> KeyFile.open(file, RANDOM)).hasMessageContaining("chmod 700");
    }

    @Test
    void no_secret_stands_readable_in_any_file_of_a_registered_store(@TempDir Path folder) throws IOException {
        try (TestStore store = TestStore.open(folder)) {
            assertThat(store.identities.current().orElseThrow().broker().password())
                    .isEqualTo("broker-password");
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(content)
                        .as(file.toString())
                        .doesNotContain("broker-password", "store-secret", "tunnel-token");
            }
        }
    }

    @Test
    void an_identity_comes_back_after_a_restart_and_never_shows_its_secrets(@TempDir Path folder) {
        TestStore first = TestStore.open(folder);
        Identity before = first.identities.current().orElseThrow();
        try (TestStore again = first.restarted()) {
            Identity after = again.identities.current().orElseThrow();
            assertThat(after.key().pkcs8()).isEqualTo(before.key().pkcs8());
            assertThat(after.secret()).isEqualTo("store-secret");
            assertThat(after.toString() + after.broker()).doesNotContain("store-secret", "broker-password");
        }
    }
}
