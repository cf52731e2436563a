package mx.refahub.store.command;

import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import mx.refahub.domain.wire.CommandAnswer;
import mx.refahub.store.hublink.HubHttp;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out orders of the console, one after the other on a thread of its own, and tells the hub what came of them. An answer that does not get through in five minutes is lost; what was done is done. */
public final class CommandAnswers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommandAnswers.class);
    private static final int TRIES = 10;
    private static final int BETWEEN_SECONDS = 30;

    private final Identities identities;
    private final HubHttp hub;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("console orders").factory());

    public CommandAnswers(Identities identities, HubHttp hub) {
        this.identities = identities;
        this.hub = hub;
    }

    /** @param attachment in base64 */
    public record Done(Answer answer, @Nullable String attachment) {
        public static Done of(Answer answer) {
            return new Done(answer, null);
        }
    }

    /** Returns at once. */
    public void carryOut(UUID command, Supplier<Done> order) {
        thread.execute(() -> {
            Done done;
            try {
                done = order.get();
            } catch (RuntimeException e) {
                LOG.error("order failed command={}", command, e);
                done = Done.of(Answer.failed("falló: " + e.getMessage()));
            }
            send(new CommandAnswer(command, done.answer().exit(), done.answer().lines(), done.attachment()), TRIES);
        });
    }

    private void send(CommandAnswer answer, int tries) {
        Identity identity = identities.current().orElse(null);
        if (identity == null) return;
        try {
            hub.ask(identity, "/api/hubs/commands/answers", answer, Object.class);
        } catch (IOException e) {
            if (tries > 1) {
                var unused = thread.schedule(() -> send(answer, tries - 1), BETWEEN_SECONDS, TimeUnit.SECONDS);
            } else LOG.warn("the hub did not take an answer command={} reason={}", answer.command(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
