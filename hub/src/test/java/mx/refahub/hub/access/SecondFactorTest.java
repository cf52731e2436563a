package mx.refahub.hub.access;

import static mx.refahub.hub.TestShop.done;
import static mx.refahub.hub.TestShop.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.hub.ConsoleAccess;
import mx.refahub.domain.hub.SecondFactors;
import mx.refahub.domain.hub.Staff;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.hub.TestHub;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.crypto.password.PasswordEncoder;

class SecondFactorTest {
    private static final String PASSWORD = "Balata-Jetta-2015";
    private final ConsoleAccess access = TestHub.bean(ConsoleAccess.class);
    private final SecondFactors factors = TestHub.bean(SecondFactors.class);
    private final Authenticator telephone = new Authenticator();
    private final String email = "ana+" + UUID.randomUUID() + "@refa.example";
    private Person ana;
    private byte[] secret;

    @BeforeEach
    void hire() {
        UUID id = UUID.randomUUID();
        TestHub.bean(PersonTable.class)
                .insert(
                        id,
                        email,
                        "Ana Núñez",
                        Role.ADMIN.name(),
                        null,
                        TestHub.bean(PasswordEncoder.class).encode(PASSWORD),
                        null,
                        null,
                        0,
                        TestHub.CLOCK.instant());
        ana = new Person(new UserId(id), "Ana Núñez", Role.ADMIN);
    }

    /** As the telephone shows it; a while later, since a code is worth something once. */
    private String shown() {
        TestHub.CLOCK.advance(Duration.ofSeconds(30));
        return telephone.code(secret, TestHub.CLOCK.instant());
    }

    private List<String> switchedOn() {
        secret = bytes(done(factors.begin(ana)).secret());
        return done(factors.confirm(ana, shown()));
    }

    private static byte[] bytes(String base32) {
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        StringBuilder bits = new StringBuilder();
        for (char each : base32.toCharArray())
            bits.append(String.format("%5s", Integer.toBinaryString(letters.indexOf(each)))
                    .replace(' ', '0'));
        byte[] bytes = new byte[bits.length() / 8];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) Integer.parseInt(bits, i * 8, i * 8 + 8, 2);
        return bytes;
    }

    @Test
    void once_it_is_on_the_password_alone_is_not_enough() {
        assertThat(done(access.signIn(email, PASSWORD)).id()).isEqualTo(ana.id());
        done(factors.begin(ana));
        assertThat(done(access.signIn(email, PASSWORD)).id())
                .as("begun is not on")
                .isEqualTo(ana.id());

        assertThat(switchedOn()).hasSize(10).doesNotHaveDuplicates();

        assertThat(refused(access.signIn(email, PASSWORD))).isEqualTo("second-factor-needed");
        assertThat(refused(access.signIn(email, "wrong-password", shown()))).isEqualTo("sign-in-failed");
        assertThat(refused(access.signIn(email, PASSWORD, "000000"))).isEqualTo("second-factor-wrong");
        assertThat(done(access.signIn(email, PASSWORD, shown())).id()).isEqualTo(ana.id());
        assertThat(factors.state(ana)).isEqualTo(new SecondFactors.State(true, 10));
        assertThat(refused(factors.begin(ana))).isEqualTo("second-factor-on");
    }

    @Test
    void a_code_and_a_recovery_code_are_worth_something_once() {
        List<String> recovery = switchedOn();
        String code = shown();
        done(access.signIn(email, PASSWORD, code));
        assertThat(refused(access.signIn(email, PASSWORD, code))).isEqualTo("second-factor-wrong");

        done(access.signIn(email, PASSWORD, recovery.getFirst()));
        assertThat(refused(access.signIn(email, PASSWORD, recovery.getFirst()))).isEqualTo("second-factor-wrong");
        assertThat(factors.state(ana).recoveryCodes()).isEqualTo(9);
        assertThat(TestHub.sql()
                        .sql("select string_agg(code_hash, ' ') from recovery_code where person_id = ?")
                        .param(ana.id().value())
                        .query(String.class)
                        .single())
                .doesNotContain(recovery.getLast());
    }

    @Test
    void guessing_locks_also_for_who_leaves_the_code_out_in_between() {
        switchedOn();
        for (int i = 0; i < PostgresConsoleAccess.TRIES; i++)
            assertThat(refused(access.signIn(email, PASSWORD, i % 2 == 0 ? "" : "000000")))
                    .startsWith("second-factor");
        assertThat(refused(access.signIn(email, PASSWORD, shown()))).isEqualTo("sign-in-locked");
        TestHub.CLOCK.advance(PostgresConsoleAccess.LOCK);
        done(access.signIn(email, PASSWORD, shown()));
    }

    @Test
    void it_goes_off_with_a_code_of_ones_own_or_by_an_administrator_and_is_audited() {
        switchedOn();
        assertThat(refused(factors.takeOff(ana, "123"))).isEqualTo("second-factor-wrong");
        assertThat(done(factors.takeOff(ana, shown())).on()).isFalse();
        done(access.signIn(email, PASSWORD));

        assertThat(isShownWithOne()).isFalse();
        switchedOn();
        assertThat(isShownWithOne()).isTrue();
        assertThat(done(factors.reset(email, ana)).on()).isFalse();
        assertThat(isShownWithOne()).isFalse();
        assertThat(refused(factors.reset(email, ana))).isEqualTo("second-factor-off");
        assertThat(refused(factors.reset("nobody", ana))).isEqualTo("user-unknown");
        assertThat(TestHub.sql()
                        .sql("select act from audit where subject = ? and act like 'second-factor%' order by at, id")
                        .param(ana.id().toString())
                        .query(String.class)
                        .list())
                .contains("second-factor-on", "second-factor-off", "second-factor-reset");
    }

    /** As the list of people tells administrators. */
    private boolean isShownWithOne() {
        return TestHub.bean(Staff.class).all().stream()
                .filter(member -> member.user().equals(email))
                .findFirst()
                .orElseThrow()
                .secondFactor();
    }

    @Test
    void a_one_time_code_for_a_new_password_does_not_go_round_it() {
        switchedOn();
        String code = done(access.issueCode(email, ana)).code();
        assertThat(refused(access.redeem(email, code, "Otra-Contraseña-1"))).isEqualTo("second-factor-needed");
        done(access.signIn(email, "Otra-Contraseña-1", shown()));
    }

    /** RFC 6238, appendix B, SHA-1: the last six of its eight digits. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void codes_are_those_of_the_standard(long second, String code) {
        byte[] key = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
        Instant at = Instant.ofEpochSecond(second);
        assertThat(telephone.code(key, at)).isEqualTo(code);
        assertThat(telephone.step(key, code.substring(0, 3) + " " + code.substring(3), at))
                .hasValue(second / 30);
        assertThat(telephone.step(key, code, at.plusSeconds(30))).hasValue(second / 30);
        assertThat(telephone.step(key, code, at.plusSeconds(90))).isEmpty();
    }

    @Test
    void secrets_are_written_as_the_apps_read_them() {
        byte[] key = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
        assertThat(Authenticator.base32(key)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assertThat(bytes(Authenticator.base32(key))).isEqualTo(key);
        assertThat(Authenticator.enrolment(key, "Ana Núñez").uri())
                .startsWith("otpauth://totp/RefaHub:Ana%20N%C3%BA%C3%B1ez?secret=GEZDG");
    }

    @Test
    void what_is_kept_opens_for_its_owner_with_its_key_alone(@TempDir Path folder) throws IOException {
        SecretBox box = SecretBox.in(folder, new SecureRandom());
        byte[] owner = {1};
        byte[] kept = box.close(new byte[] {7, 8, 9}, owner);

        assertThat(SecretBox.in(folder, new SecureRandom()).open(kept, owner)).containsExactly(7, 8, 9);
        assertThatThrownBy(() -> box.open(kept, new byte[] {2})).isInstanceOf(IllegalStateException.class);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets.key"))))
                .isEqualTo("rw-------");
        kept[kept.length - 1] ^= 1;
        assertThatThrownBy(() -> box.open(kept, owner)).isInstanceOf(IllegalStateException.class);
    }
}
