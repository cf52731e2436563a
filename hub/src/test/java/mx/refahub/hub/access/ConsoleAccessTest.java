package mx.refahub.hub.access;

import static mx.refahub.hub.TestShop.done;
import static mx.refahub.hub.TestShop.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import mx.refahub.domain.hub.ConsoleAccess;
import mx.refahub.domain.store.OneTimeSecret;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.stream.StreamVersions;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import mx.refahub.hub.access.SetupCode.Check;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;

class ConsoleAccessTest {
    private static final String PASSWORD = "Balata-Jetta-2015";
    private final ConsoleAccess access = TestHub.bean(ConsoleAccess.class);

    @Test
    void the_first_administrator_is_made_with_the_code_and_then_never_again() {
        TestHub.sql()
                .sql("update person set removed_at = now() where role = 'ADMIN'")
                .update();
        assertThat(access.needsSetup()).isTrue();
        String email = "Señora.Núñez+" + UUID.randomUUID() + "@refa.example";

        assertThat(refused(access.setUp(OneTimeSecret.random(new SecureRandom()).text(), email, "Ana", PASSWORD)))
                .isIn("code-wrong", "code-expired");
        assertThat(refused(access.setUp("x", "no address", "Ana", PASSWORD))).isEqualTo("email-invalid");
        assertThat(refused(access.setUp("x", email, "Ana", "short"))).isEqualTo("password-weak");
        assertThat(refused(access.setUp("x", email, "Ana", "aaaaaaaaaaaaaa"))).isEqualTo("password-weak");
        assertThat(access.needsSetup()).isTrue();

        PostgresConsoleAccess fresh = withKnownCode("ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-23");
        Person made = done(fresh.setUp("abcd efgh jkmn pqrs tvwx yzol 23", email, "Ana Núñez", PASSWORD));

        assertThat(made.role()).isEqualTo(Role.ADMIN);
        assertThat(access.needsSetup()).isFalse();
        assertThat(refused(fresh.setUp("ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-23", "b@refa.example", "Ana", PASSWORD)))
                .isEqualTo("setup-done");
        assertThat(done(access.signIn(email.toUpperCase(Locale.ROOT), PASSWORD)).id())
                .isEqualTo(made.id());
        assertThat(TestHub.sql()
                        .sql("select password_hash from person where id = ?")
                        .param(made.id().value())
                        .query(String.class)
                        .single())
                .startsWith("$argon2id$");
    }

    @Test
    void a_setup_code_dies_after_five_tries_or_its_time_and_a_new_one_follows() {
        SetupCode code = new SetupCode(new SecureRandom(), TestHub.CLOCK, Duration.ofMinutes(15));
        code.print();
        for (int i = 0; i < SetupCode.TRIES; i++)
            assertThat(code.check("not the code")).isEqualTo(Check.WRONG);

        assertThat(code.check("not the code")).isEqualTo(Check.EXPIRED);
        TestHub.CLOCK.advance(Duration.ofMinutes(2));
        assertThat(code.check("not the code")).as("this one prints the next").isEqualTo(Check.EXPIRED);
        assertThat(code.check("not the code")).isEqualTo(Check.WRONG);
        TestHub.CLOCK.advance(Duration.ofMinutes(15));
        assertThat(code.check("not the code")).isEqualTo(Check.EXPIRED);
    }

    @Test
    void five_wrong_passwords_lock_the_account_for_a_while_even_for_the_right_one() {
        Person person = administrator();
        String email = emailOf(person);
        for (int i = 0; i < PostgresConsoleAccess.TRIES; i++)
            assertThat(refused(access.signIn(email, "wrong-password"))).isEqualTo("sign-in-failed");

        assertThat(refused(access.signIn(email, PASSWORD))).isEqualTo("sign-in-locked");
        TestHub.CLOCK.advance(PostgresConsoleAccess.LOCK.plusSeconds(1));
        assertThat(refused(access.signIn(email, "wrong-password"))).isEqualTo("sign-in-failed");
        assertThat(done(access.signIn(email, PASSWORD)).id()).isEqualTo(person.id());
        assertThat(refused(access.signIn(email, "wrong-password")))
                .as("a sign-in forgives")
                .isEqualTo("sign-in-failed");
        assertThat(done(access.signIn(email, PASSWORD)).id()).isEqualTo(person.id());
    }

    @Test
    void nobody_learns_whether_an_address_is_known() {
        assertThat(refused(access.signIn("nobody@refa.example", PASSWORD))).isEqualTo("sign-in-failed");
        assertThat(refused(access.signIn("", ""))).isEqualTo("sign-in-failed");
        assertThat(refused(access.redeem("nobody@refa.example", "x", PASSWORD))).isEqualTo("code-wrong");
    }

    @Test
    void a_one_time_code_sets_a_password_once() {
        Person person = administrator();
        String email = emailOf(person);
        String code = done(access.issueCode(email, person)).code();

        assertThat(refused(access.redeem(email, code, "short"))).isEqualTo("password-weak");
        assertThat(done(access.redeem(email, code, "Otra-Contraseña-1")).id()).isEqualTo(person.id());
        assertThat(refused(access.redeem(email, code, "Otra-Contraseña-2"))).isEqualTo("code-expired");
        assertThat(done(access.signIn(email, "Otra-Contraseña-1")).id()).isEqualTo(person.id());
    }

    @Test
    void a_one_time_code_has_five_tries_and_a_life() {
        Person person = administrator();
        String email = emailOf(person);
        String code = done(access.issueCode(email, person)).code();
        for (int i = 0; i < PostgresConsoleAccess.TRIES; i++)
            assertThat(refused(access.redeem(email, "wrong", PASSWORD))).isEqualTo("code-wrong");
        assertThat(refused(access.redeem(email, code, PASSWORD))).isEqualTo("code-expired");

        String next = done(access.issueCode(email, person)).code();
        TestHub.CLOCK.advance(Duration.ofMinutes(15));
        assertThat(refused(access.redeem(email, next, PASSWORD))).isEqualTo("code-expired");
    }

    @Test
    void a_cashiers_fresh_code_reaches_the_tills_by_the_users_stream() {
        TestShop shop = TestShop.open();
        Person by = administrator();
        long before = version();

        String code = done(access.issueCode(shop.registered.cashierUser(), by)).code();

        assertThat(version()).isEqualTo(before + 1);
        assertThat(TestHub.sql()
                        .sql("select code_hash || ' ' || users_version from person where id = ?")
                        .param(shop.cashier())
                        .query(String.class)
                        .single())
                .isEqualTo(new OneTimeSecret(code).hash() + " " + (before + 1));
        assertThat(refused(access.redeem(shop.registered.cashierUser(), code, PASSWORD)))
                .as("a cashier's code is for the till")
                .isEqualTo("code-wrong");
        assertThat(refused(access.issueCode("unknown", by))).isEqualTo("user-unknown");
    }

    @Test
    void sensitive_acts_leave_a_trail() {
        Person person = administrator();
        done(access.issueActivation(person));
        done(access.issueCode(emailOf(person), person));
        done(access.signIn(emailOf(person), PASSWORD));

        assertThat(TestHub.sql()
                        .sql("select act from audit where who = ? order by at, id")
                        .param(person.id().toString())
                        .query(String.class)
                        .list())
                .containsExactly("activation-issued", "code-issued", "sign-in");
    }

    private static Person administrator() {
        UUID id = UUID.randomUUID();
        TestHub.sql()
                .sql(
                        "insert into person (id, username, name, role, password_hash, created_at) values (?, ?, 'Ana', 'ADMIN', ?, now())")
                .params(
                        id,
                        id + "@refa.example",
                        TestHub.bean(PasswordEncoder.class).encode(PASSWORD))
                .update();
        return new Person(new mx.refahub.domain.store.UserId(id), "Ana", Role.ADMIN);
    }

    private static String emailOf(Person person) {
        return person.id() + "@refa.example";
    }

    private static long version() {
        return TestHub.bean(StreamVersions.class).current().getOrDefault(Stream.USERS, 0L);
    }

    private static PostgresConsoleAccess withKnownCode(String text) {
        SetupCode code = new SetupCode(new SpelledRandom(text), TestHub.CLOCK, Duration.ofMinutes(15));
        code.print();
        return new PostgresConsoleAccess(
                TestHub.bean(PersonTable.class),
                TestHub.bean(mx.refahub.hub.stream.Publications.class),
                TestHub.bean(AuditTrail.class),
                TestHub.bean(PostgresSecondFactors.class),
                TestHub.bean(PasswordEncoder.class),
                code,
                new SecureRandom(),
                TestHub.bean(mx.refahub.domain.IdSource.class),
                TestHub.CLOCK,
                TestHub.bean(mx.refahub.hub.HubSettings.class),
                TestHub.bean(org.springframework.transaction.support.TransactionTemplate.class));
    }

    /** Draws the letters of a given code. */
    private static final class SpelledRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final String letters;
        private int next;

        SpelledRandom(String text) {
            this.letters = text.replace("-", "");
        }

        @Override
        public int nextInt(int bound) {
            return "0123456789ABCDEFGHJKMNPQRSTVWXYZ".indexOf(letters.charAt(next++));
        }
    }
}
