package mx.refahub.store.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mx.refahub.store.TestStore;
import mx.refahub.store.command.Answer;
import mx.refahub.store.command.CommandAnswers;
import mx.refahub.store.hublink.FakeHub;
import mx.refahub.store.hublink.HubHttp;
import mx.refahub.store.hublink.HubSettings;
import mx.refahub.store.identity.Identity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretRenewalTest {
    private static final HubSettings SETTINGS = new HubSettings(
            Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(30));

    @TempDir
    Path folder;

    private FakeHub hub;
    private TestStore store;
    private HubHttp http;

    @BeforeEach
    void open() {
        hub = new FakeHub(0);
        store = TestStore.registeredAt(folder, hub.address());
        http = new HubHttp(SETTINGS, store.json, store.clock);
    }

    @AfterEach
    void close() {
        http.close();
        store.close();
        hub.close();
    }

    @Test
    void fresh_secrets_are_on_the_disk_before_they_are_used_and_everything_else_stays() {
        Identity before = store.identities.current().orElseThrow();
        List<Identity> heard = new ArrayList<>();
        store.identities.whenRegistered(heard::add);
        AtomicInteger backups = new AtomicInteger();

        new SecretRenewal(store.sales, store.identities, http, backups::incrementAndGet).run();

        store = store.restarted();
        Identity now = store.identities.current().orElseThrow();
        assertThat(now.secret()).isEqualTo("store-secret-2");
        assertThat(now.broker().password()).isEqualTo("broker-2");
        assertThat(now.broker().user()).isEqualTo(before.broker().user());
        assertThat(now.epoch()).isEqualTo(before.epoch());
        assertThat(now.key().sign(new byte[] {1})).isEqualTo(before.key().sign(new byte[] {1}));
        assertThat(heard)
                .hasSize(2)
                .last()
                .satisfies(one -> assertThat(one.secret()).isEqualTo("store-secret-2"));
        assertThat(hub.signIns)
                .as("the first use makes them count")
                .last()
                .asString()
                .contains("store-secret-2");
        assertThat(backups).hasValue(1);
    }

    @Test
    void a_hub_that_does_not_answer_leaves_the_old_ones() {
        hub.broken = true;

        new SecretRenewal(store.sales, store.identities, http, () -> {}).run();

        assertThat(store.identities.current().orElseThrow().secret()).isEqualTo("store-secret");
    }

    @Test
    void what_came_of_an_order_is_told_to_the_hub_also_when_it_failed() throws Exception {
        CountDownLatch told = new CountDownLatch(2);
        hub.answered = told::countDown;
        try (CommandAnswers answers = new CommandAnswers(store.identities, http)) {
            answers.carryOut(new UUID(0, 1), () -> new CommandAnswers.Done(Answer.done("hecho"), "AQID"));
            answers.carryOut(new UUID(0, 2), () -> {
                throw new IllegalStateException("sin papel");
            });
            assertThat(told.await(60, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(hub.answers).hasSize(2);
        assertThat(hub.answers.getFirst().attachment()).isEqualTo("AQID");
        assertThat(hub.answers.getLast().exit()).isEqualTo(Answer.FAILED);
        assertThat(hub.answers.getLast().lines()).containsExactly("falló: sin papel");
    }
}
