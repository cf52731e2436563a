package mx.refahub.store.hublink;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A download that is cut when it brings nothing for too long: the JDK's client only limits the time until the answer begins. */
final class GuardedStream extends FilterInputStream {
    private final ScheduledFuture<?> watch;
    private volatile long lastProgress = System.nanoTime();
    private volatile boolean stalled;

    GuardedStream(InputStream in, Duration limit, ScheduledExecutorService watches) {
        super(in);
        long every = Math.max(1, limit.toMillis() / 4);
        this.watch = watches.scheduleWithFixedDelay(() -> check(limit), every, every, TimeUnit.MILLISECONDS);
    }

    private void check(Duration limit) {
        if (System.nanoTime() - lastProgress < limit.toNanos()) return;
        stalled = true;
        watch.cancel(false);
        try {
            in.close();
        } catch (IOException e) {
            // The reader sees it too.
            lastProgress = System.nanoTime();
        }
    }

    @Override
    public int read() throws IOException {
        return progress(in.read());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return progress(in.read(bytes, offset, length));
    }

    private int progress(int read) throws IOException {
        if (stalled) throw new IOException("the hub's answer stalled");
        lastProgress = System.nanoTime();
        return read;
    }

    @Override
    public void close() throws IOException {
        watch.cancel(false);
        super.close();
    }
}
