package mx.refahub.search;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import mx.refahub.domain.part.PartId;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Threads that turn parts into documents, as many as the machine has cores, four at most. What concerns one part is done by one thread, in the order
 * in which it came. What fails there is thrown at the next call here.
 */
final class Workers {
    private static final int MOST = 4;
    private static final int WAITING = 256;
    private static final Task END = seen -> {};

    private final List<Worker> workers = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    interface Task {
        /** @param seen parts that this thread has had */
        void run(Seen seen) throws IOException;
    }

    /** Remembers parts in 4 MB however many: it may take a new one for one that was seen, but never the other way round. */
    static final class Seen {
        private static final int BITS = 1 << 25;

        private @Nullable FixedBitSet bits;

        boolean getAndSet(PartId part) {
            FixedBitSet here = bits;
            if (here == null) bits = here = new FixedBitSet(BITS);
            return here.getAndSet((int) (hash(part) & (BITS - 1)));
        }
    }

    private static final class Worker {
        private final BlockingQueue<Task> queue = new ArrayBlockingQueue<>(WAITING);
        private final Thread thread;

        Worker(int number, AtomicReference<@Nullable Throwable> failure) {
            thread = Thread.ofPlatform().daemon().name("index-build-" + number).unstarted(() -> work(failure));
        }

        private void work(AtomicReference<@Nullable Throwable> failure) {
            Seen seen = new Seen();
            try {
                for (Task task = queue.take(); !task.equals(END); task = queue.take()) {
                    if (failure.get() != null) continue;
                    try {
                        task.run(seen);
                    } catch (IOException | RuntimeException | Error e) {
                        failure.compareAndSet(null, e);
                    }
                }
            } catch (InterruptedException e) {
                failure.compareAndSet(null, e);
            }
        }
    }

    private static long hash(PartId part) {
        long mixed = part.value().getMostSignificantBits() * 0x9e3779b97f4a7c15L
                ^ part.value().getLeastSignificantBits() * 0xc2b2ae3d27d4eb4fL;
        return mixed ^ mixed >>> 29 ^ mixed >>> 47;
    }

    void give(PartId part, Task task) throws IOException {
        check();
        if (workers.isEmpty()) start();
        Worker worker = workers.get((int) Math.floorMod(hash(part) >>> 32, (long) workers.size()));
        put(worker, task);
    }

    private void put(Worker worker, Task task) throws IOException {
        try {
            while (!worker.queue.offer(task, 1, TimeUnit.SECONDS)) check();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the index is being built");
        }
    }

    private void start() {
        int count = Math.min(MOST, Runtime.getRuntime().availableProcessors());
        for (int i = 1; i <= count; i++) workers.add(new Worker(i, failure));
        for (Worker worker : workers) worker.thread.start();
    }

    /** Waits until all that was given is done. */
    void finish() throws IOException {
        end();
        check();
    }

    /** What still waits is not done; what runs ends first. */
    void abandon() throws IOException {
        for (Worker worker : workers) worker.queue.clear();
        end();
    }

    private void end() throws IOException {
        for (Worker worker : workers) put(worker, END);
        for (Worker worker : workers) {
            try {
                worker.thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while the index is being built");
            }
        }
        workers.clear();
    }

    private void check() throws IOException {
        Throwable thrown = failure.get();
        if (thrown instanceof Error error) throw error;
        if (thrown != null) throw new IOException("the index cannot be built: " + thrown.getMessage(), thrown);
    }
}
