package mx.refahub.store.wire;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Sockets and files know no time limit for writing: one that takes too long is closed under the writer. */
final class Limit implements AutoCloseable {
    private final ScheduledFuture<?> pending;

    Limit(ScheduledExecutorService watch, Duration limit, Runnable close) {
        pending = watch.schedule(close, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        pending.cancel(false);
    }
}
