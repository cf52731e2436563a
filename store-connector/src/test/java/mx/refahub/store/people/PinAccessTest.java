package mx.refahub.store.people;

import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.store.OneTimeSecret;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.PinChosenBody;
import mx.refahub.domain.wire.UserRow;
import mx.refahub.store.TestStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinAccessTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String PIN = "274901";

    private TestStore store;
    private SqlitePinAccess pins;
    private final UUID marta = UUID.fromString("01890000-0000-7000-8000-0000000000e1");
    private final OneTimeSecret code = OneTimeSecret.random(RANDOM);

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
        pins = access();
        publish(null, code, store.clock.instant().plus(Duration.ofDays(1)));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_one_time_code_is_turned_into_a_pin_that_works_after_a_restart_and_travels_as_its_hash() {
        assertThat(pins.people()).containsExactly(new mx.refahub.domain.store.PinAccess.Name("marta", "Marta", true));

        assertThat(done(pins.redeem("Marta ", code.text().toLowerCase(java.util.Locale.ROOT), PIN))
                        .role())
                .isEqualTo(Role.CASHIER);

        restart();
        assertThat(pins.people()).containsExactly(new mx.refahub.domain.store.PinAccess.Name("marta", "Marta", false));
        assertThat(done(pins.signIn("marta", PIN)).name()).isEqualTo("Marta");
        Document document = store.outbox.after(0, 10, 1 << 20).getFirst();
        assertThat(document.envelope().type()).isEqualTo("pin-chosen");
        PinChosenBody body = store.json.readValue(document.body(), PinChosenBody.class);
        assertThat(body.user()).isEqualTo(marta);
        assertThat(body.pinHash()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain(PIN);
    }

    @Test
    void a_code_is_good_once() {
        done(pins.redeem("marta", code.text(), PIN));

        assertThat(refusal(pins.redeem("marta", code.text(), "382910"))).isEqualTo("code-wrong");
        assertThat(store.outbox.lastSequence()).isEqualTo(1);
        done(pins.signIn("marta", PIN));
    }

    @Test
    void a_late_code_and_a_weak_pin_are_refused() {
        assertThat(refusal(pins.redeem("marta", code.text(), "123456"))).isEqualTo("pin-weak");
        store.clock.advance(Duration.ofDays(2));
        assertThat(refusal(pins.redeem("marta", code.text(), PIN))).isEqualTo("code-expired");
        assertThat(refusal(pins.redeem("nobody", code.text(), PIN))).isEqualTo("code-wrong");
    }

    @Test
    void five_wrong_pins_lock_even_the_right_one_until_the_time_is_over() {
        done(pins.redeem("marta", code.text(), PIN));
        for (int i = 0; i < SqlitePinAccess.MOST_TRIES; i++)
            assertThat(refusal(pins.signIn("marta", "000000"))).isEqualTo("sign-in-failed");

        assertThat(refusal(pins.signIn("marta", PIN))).isEqualTo("sign-in-locked");
        restart();
        assertThat(refusal(pins.signIn("marta", PIN))).isEqualTo("sign-in-locked");
        store.clock.advance(SqlitePinAccess.LOCK);
        done(pins.signIn("marta", PIN));
    }

    @Test
    void a_code_is_spent_by_wrong_tries_and_a_new_one_is_good() {
        for (int i = 0; i < SqlitePinAccess.MOST_TRIES; i++)
            assertThat(refusal(pins.redeem("marta", OneTimeSecret.random(RANDOM).text(), PIN)))
                    .isEqualTo("code-wrong");

        assertThat(refusal(pins.redeem("marta", code.text(), PIN))).isEqualTo("code-expired");
        restart();
        assertThat(refusal(pins.redeem("marta", code.text(), PIN))).isEqualTo("code-expired");
        done(pins.redeem("marta", newCode().text(), PIN));
    }

    @Test
    void a_new_code_ends_a_lock() {
        done(pins.redeem("marta", code.text(), PIN));
        for (int i = 0; i < SqlitePinAccess.MOST_TRIES; i++) refusal(pins.signIn("marta", "000000"));
        assertThat(refusal(pins.signIn("marta", PIN))).isEqualTo("sign-in-locked");

        done(pins.redeem("marta", newCode().text(), "382910"));
        done(pins.signIn("marta", "382910"));
    }

    @Test
    void four_wrong_tries_are_forgotten_after_a_right_one() {
        done(pins.redeem("marta", code.text(), PIN));
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < SqlitePinAccess.MOST_TRIES - 1; i++)
                assertThat(refusal(pins.signIn("marta", "000000"))).isEqualTo("sign-in-failed");
            done(pins.signIn("marta", PIN));
        }
    }

    @Test
    void somebody_unknown_and_somebody_without_a_pin_hear_the_same() {
        assertThat(refusal(pins.signIn("nobody", PIN))).isEqualTo("sign-in-failed");
        assertThat(refusal(pins.signIn("marta", PIN))).isEqualTo("sign-in-failed");
    }

    @Test
    void the_own_choice_holds_until_the_hub_knows_a_later_one() {
        String before = PinHash.of("555123", RANDOM);
        publish(before, code, store.clock.instant().plus(Duration.ofDays(1)));
        done(pins.signIn("marta", "555123"));
        done(pins.redeem("marta", code.text(), PIN));

        done(pins.signIn("marta", PIN));
        assertThat(refusal(pins.signIn("marta", "555123"))).isEqualTo("sign-in-failed");

        publish(PinHash.of("907351", RANDOM), null, null);
        done(pins.signIn("marta", "907351"));
        assertThat(refusal(pins.signIn("marta", PIN))).isEqualTo("sign-in-failed");
    }

    @Test
    void weak_pins_are_known() {
        assertThat(List.of("123456", "987654", "111111", "12345", "1234567890123", "12a456", "٢٧٤٩٠١", ""))
                .allMatch(SqlitePinAccess::isWeak);
        assertThat(List.of(PIN, "112233", "123457", "0918273645")).noneMatch(SqlitePinAccess::isWeak);
    }

    @Test
    void a_forged_hash_is_not_computed() {
        assertThat(PinHash.matches(
                        PIN, "$argon2id$v=19$m=9999999,t=999,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA"))
                .isFalse();
        assertThat(PinHash.matches(PIN, "")).isFalse();
        assertThat(PinHash.matches(PIN, PIN)).isFalse();
        assertThat(PinHash.matches(PIN, PinHash.of(PIN, RANDOM))).isTrue();
    }

    private void publish(@Nullable String pinHash, @Nullable OneTimeSecret open, @Nullable Instant expires) {
        store.publish(
                Stream.USERS,
                List.of(new UserRow(
                        marta,
                        "marta",
                        "Marta",
                        "CASHIER",
                        pinHash,
                        open == null ? null : open.hash(),
                        expires,
                        false,
                        null)));
    }

    private OneTimeSecret newCode() {
        OneTimeSecret fresh = OneTimeSecret.random(RANDOM);
        publish(null, fresh, store.clock.instant().plus(Duration.ofDays(1)));
        return fresh;
    }

    private void restart() {
        store = store.restarted();
        pins = access();
    }

    private SqlitePinAccess access() {
        return new SqlitePinAccess(
                store.sales, store.reference, store.identities, store.outboxWriter, store.clock, RANDOM);
    }
}
