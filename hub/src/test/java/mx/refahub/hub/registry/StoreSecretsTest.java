package mx.refahub.hub.registry;

import static mx.refahub.hub.TestShop.done;
import static mx.refahub.hub.TestShop.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import mx.refahub.domain.delivery.BrokerAccounts;
import mx.refahub.domain.delivery.Command;
import mx.refahub.domain.hub.StoreHealth;
import mx.refahub.domain.store.Capability;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.wire.CommandAnswer;
import mx.refahub.domain.wire.Heartbeat;
import mx.refahub.domain.wire.StoreTaken;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import org.junit.jupiter.api.Test;

class StoreSecretsTest {
    private static final Person ANA = new Person(new UserId(UUID.randomUUID()), "Ana", Role.ADMIN);

    private final StoreSecrets secrets = TestHub.bean(StoreSecrets.class);
    private final StoreRegistry registry = TestHub.bean(StoreRegistry.class);
    private final PostgresStoreHealth health = TestHub.bean(PostgresStoreHealth.class);
    private final BrokerAccounts accounts = TestHub.bean(BrokerAccounts.class);
    private final TestShop shop = TestShop.open();

    @Test
    void secrets_that_are_old_or_asked_for_are_renewed_by_their_first_use_and_the_old_ones_end_after_a_grace() {
        String old = shop.registered.secret();
        assertThat(heard(null).renew()).isFalse();
        TestHub.CLOCK.advance(Duration.ofSeconds(1));
        done(secrets.ask(shop.id, ANA));
        assertThat(heard(null).renew()).isTrue();

        StoreTaken.FreshSecrets lost = secrets.fresh(shop.id);
        StoreTaken.FreshSecrets fresh = secrets.fresh(shop.id);
        assertThat(secrets.signIn(shop.id, lost.secret()))
                .as("only the last answer counts")
                .isEmpty();
        assertThat(secrets.signIn(shop.id, old)).as("nothing has changed yet").hasValue(1);
        assertThat(accounts.signIn(shop.registered.brokerUser(), fresh.brokerPassword()))
                .isPresent();

        assertThat(secrets.signIn(shop.id, fresh.secret())).hasValue(1);
        assertThat(heard(null).renew()).isFalse();
        assertThat(secrets.signIn(shop.id, old)).as("within the grace").hasValue(1);
        assertThat(opens(shop.registered.brokerPassword())).isTrue();

        TestHub.CLOCK.advance(StoreSecrets.GRACE);
        assertThat(secrets.signIn(shop.id, old)).isEmpty();
        assertThat(opens(shop.registered.brokerPassword())).isFalse();
        assertThat(secrets.signIn(shop.id, fresh.secret())).hasValue(1);
        assertThat(opens(fresh.brokerPassword())).isTrue();
        TestHub.CLOCK.advance(StoreSecrets.LIFE);
        assertThat(heard(null).renew()).as("by itself").isTrue();
        assertThat(refused(secrets.ask(new StoreId(UUID.randomUUID()), ANA))).isEqualTo("store-unknown");
    }

    private boolean opens(String password) {
        return accounts.signIn(shop.registered.brokerUser(), password).isPresent();
    }

    @Test
    void secrets_under_way_end_with_the_life_that_they_were_for() {
        StoreTaken.FreshSecrets fresh = secrets.fresh(shop.id);
        TestHub.bean(Lives.class)
                .take(new StoreTaken.Call(
                        done(TestHub.bean(Lives.class).replacement(shop.id, ANA))
                                .code(),
                        "",
                        "",
                        java.util.Base64.getEncoder()
                                .encodeToString(mx.refahub.domain.document.Documents.keys()
                                        .getPublic()
                                        .getEncoded()),
                        "aa",
                        0));

        assertThat(secrets.signIn(shop.id, fresh.secret())).isEqualTo(OptionalInt.empty());
        assertThat(secrets.signIn(shop.id, shop.registered.secret())).isEmpty();
    }

    @Test
    void how_a_store_is_stands_on_the_board_and_its_past_has_a_row_for_each_change() {
        heard(board(Capability.Level.READY, ""));
        heard(board(Capability.Level.READY, ""));
        TestHub.CLOCK.advance(Duration.ofSeconds(30));
        heard(board(Capability.Level.DEGRADED, "disk-low"));

        StoreHealth.View view = health.of(shop.id).orElseThrow();
        assertThat(view.level()).isEqualTo(Capability.Level.DEGRADED);
        assertThat(view.capabilities())
                .containsExactly(new Capability(Capability.Kind.DISK, Capability.Level.DEGRADED, "disk-low"));
        assertThat(health.past(shop.id, 10))
                .extracting(StoreHealth.Beat::level, StoreHealth.Beat::troubles)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("DEGRADED", "disk:disk-low"),
                        org.assertj.core.api.Assertions.tuple("READY", ""));
        TestHub.CLOCK.advance(Duration.ofMinutes(11));
        heard(board(Capability.Level.DEGRADED, "disk-low"));
        assertThat(health.past(shop.id, 10)).as("and one in ten minutes").hasSize(3);
    }

    @Test
    void an_order_is_kept_with_its_answer_and_nobody_answers_for_another() {
        Command command = new Command(UUID.randomUUID(), Command.Kind.SUPPORT_BUNDLE);
        TestHub.bean(mx.refahub.domain.hub.CommandLog.class).ordered(shop.id, command, ANA);
        CommandAnswer answer = new CommandAnswer(command.id(), 0, List.of("hecho", "12 KiB"), "AQID");
        health.answered(TestShop.open().id, answer);
        assertThat(health.orders(shop.id, 5))
                .singleElement()
                .satisfies(one -> assertThat(one.answeredAt()).isNull());

        health.answered(shop.id, answer);

        assertThat(health.orders(shop.id, 5)).singleElement().satisfies(one -> {
            assertThat(one.by()).isEqualTo("Ana");
            assertThat(one.exit()).isZero();
            assertThat(one.lines()).containsExactly("hecho", "12 KiB");
            assertThat(one.attached()).isTrue();
        });
        assertThat(health.attachment(shop.id, command.id()))
                .hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(1, 2, 3));
    }

    private static Heartbeat.Health board(Capability.Level level, String reason) {
        return new Heartbeat.Health(
                level.name(), List.of(new Capability(Capability.Kind.DISK, level, reason)), 120, 0, null);
    }

    private StoreRegistry.Standing heard(Heartbeat.@org.jspecify.annotations.Nullable Health board) {
        return registry.heard(
                        shop.id,
                        new Heartbeat(
                                Heartbeat.TYPE,
                                TestHub.CLOCK.instant(),
                                "1",
                                1,
                                0,
                                0,
                                0,
                                Map.of(),
                                1,
                                "READY",
                                "aa01",
                                null,
                                board))
                .orElseThrow();
    }
}
