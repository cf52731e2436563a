package mx.refahub.store.relay;

import static mx.refahub.store.TestStore.C1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import mx.refahub.domain.delivery.DownMessage;
import mx.refahub.domain.delivery.Relay;
import mx.refahub.domain.store.StoreStatus.RelayState;
import mx.refahub.store.StoreConnectorApplication;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real child process, broker and all, and a hub that is not there. */
class SupervisionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final RelaySupervisor.ChildCommand COMMAND =
            RelaySupervisor.ChildCommand.ofThisProgram(StoreConnectorApplication.class, List.of("-Xmx256m"), "relay");

    @Test
    void documents_go_to_the_childs_broker_and_a_killed_child_comes_back(@TempDir Path folder) {
        Heard heard = new Heard();
        try (TestStore store = TestStore.open(folder)) {
            RelaySupervisor relay = supervisor(folder, store, heard);
            store.outboxWriter.onAppend(relay::wake);
            store.openCashSession(C1);
            relay.start(store.identities.current().orElseThrow());

            await().atMost(PATIENCE).until(() -> heard.relayed.get() == 1);
            assertThat(heard.states).containsSubsequence(RelayState.STARTING, RelayState.RUNNING);
            store.openCashSession(TestStore.C2);
            await().atMost(PATIENCE).until(() -> heard.relayed.get() == 2);

            ProcessHandle first = relay.child().orElseThrow();
            assertThat(first.destroyForcibly()).isTrue();

            await().atMost(PATIENCE)
                    .until(() -> relay.child()
                            .filter(child -> child.pid() != first.pid())
                            .isPresent());
            await().atMost(PATIENCE).until(() -> heard.states.getLast() == RelayState.RUNNING);
            assertThat(heard.states).contains(RelayState.DOWN);

            ProcessHandle second = relay.child().orElseThrow();
            relay.close();
            await().atMost(PATIENCE).until(() -> !second.isAlive());
        }
        assertThat(Files.exists(folder.resolve("relay.db"))).isTrue();
    }

    /** A power cut does not wait until the child stands. This one never will: what it reads at its start is a pipe that nobody writes to. */
    @Test
    void a_child_whose_connector_dies_while_it_starts_does_not_outlive_it(@TempDir Path folder) throws Exception {
        try (TestStore store = TestStore.open(folder)) {
            Path never = Files.createDirectories(folder.resolve("broker")).resolve("run-state");
            assertThat(new ProcessBuilder("mkfifo", never.toString()).start().waitFor())
                    .isZero();
            Process child = new ProcessBuilder(COMMAND.line())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                try (OutputStream input = child.getOutputStream()) {
                    input.write((store.json.writeValueAsString(RelayStart.of(
                                            store.identities.current().orElseThrow(), folder))
                                    + "\n")
                            .getBytes(StandardCharsets.UTF_8));
                }
                assertThat(child.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
            } finally {
                child.destroyForcibly();
            }
        }
    }

    private static RelaySupervisor supervisor(Path folder, TestStore store, RelayEvents heard) {
        return new RelaySupervisor(folder, COMMAND, heard, store.json);
    }

    private static final class Heard implements RelayEvents {
        private final List<RelayState> states = new CopyOnWriteArrayList<>();
        private final AtomicLong relayed = new AtomicLong();

        @Override
        public void state(RelayState state) {
            states.add(state);
        }

        @Override
        public void relayed(long sequence, boolean linked) {
            relayed.set(sequence);
        }

        @Override
        public void received(DownMessage message) {
            throw new AssertionError("nobody is there to say anything: " + message);
        }

        @Override
        public void halted(Relay.Cause cause, long sequence) {
            throw new AssertionError("halted: " + cause);
        }
    }
}
