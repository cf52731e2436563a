package mx.refahub.system.fault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import mx.refahub.system.client.Answer;
import mx.refahub.system.client.TillHands;
import tools.jackson.databind.JsonNode;

/**
 * A cashier who never rests and never gives up: a payment without an answer is repeated with the same key until there is one, as the page does. What was
 * answered is written down; that list is what nobody may lose.
 */
final class Seller implements AutoCloseable {
    /** An acknowledged sale. {@code undisturbed}: nothing was wrong with the till itself, so its time counts. */
    record Sold(String id, String folio, long total, long micros, boolean undisturbed) {}

    private static final List<String> PARTS = List.of("FRI 7974-D1045", "ALT 23-11254");
    /** As they stand in the catalogue. */
    static final List<String> NUMBERS = List.of("7974-D1045", "23-11254");

    private final ThrowingSupplier<TillHands> entrance;
    private final BooleanSupplier undisturbed;
    private final Random random;
    private final List<Sold> sold = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private final Thread selling;
    private volatile boolean open;
    private volatile boolean ended;
    private volatile boolean idle = true;

    interface ThrowingSupplier<T> {
        T get() throws IOException, InterruptedException;
    }

    /** @param entrance signs in at the till */
    Seller(ThrowingSupplier<TillHands> entrance, BooleanSupplier undisturbed, long seed) {
        this.entrance = entrance;
        this.undisturbed = undisturbed;
        this.random = new Random(seed);
        this.selling = Thread.ofPlatform().daemon().name("seller").start(this::sell);
    }

    void begins() {
        open = true;
    }

    /** Finishes the sale in hand first, however long the till needs. */
    void pauses(long patienceMillis) throws InterruptedException {
        open = false;
        long deadline = System.nanoTime() + patienceMillis * 1_000_000;
        while (!idle) {
            if (System.nanoTime() > deadline) throw new IllegalStateException("the till answers no payment any more");
            Thread.sleep(20);
        }
    }

    synchronized List<Sold> sold() {
        return List.copyOf(sold);
    }

    /** Answers that are neither a sale nor silence. */
    synchronized List<String> refusals() {
        return List.copyOf(refusals);
    }

    private void sell() {
        while (!ended) {
            if (!open) {
                idle = true;
                LockSupport.parkNanos(10_000_000);
                continue;
            }
            idle = false;
            try {
                one();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void one() throws InterruptedException {
        String ticket = null;
        long total = 0;
        boolean quiet = true;
        while (!ended) {
            try {
                TillHands till = entrance.get();
                while (!ended) {
                    if (ticket == null) {
                        if (!open) return;
                        String register = till.firstRegister();
                        till.openDrawerOnce(register, 50_000);
                        String id = till.emptyTicket(register);
                        JsonNode taken = till.add(
                                id,
                                new UUID(random.nextLong(), random.nextLong()),
                                PARTS.get(random.nextInt(PARTS.size())),
                                Integer.toString(1 + random.nextInt(3)));
                        total = minor(taken.path("totals").path("total"));
                        ticket = id;
                        quiet = undisturbed.getAsBoolean();
                    }
                    long begun = System.nanoTime();
                    Answer answer = till.payCash(ticket, total, total + 1_000);
                    long micros = (System.nanoTime() - begun) / 1_000;
                    if (answer.isOk()) keep(answer.json(), micros, quiet && undisturbed.getAsBoolean());
                    else keep("payment: HTTP " + answer.status() + " " + answer.text());
                    ticket = null;
                    quiet = true;
                }
            } catch (IOException e) {
                // No answer: it is asked for again, by the same key.
                quiet = false;
                LockSupport.parkNanos(50_000_000);
            } catch (IllegalStateException e) {
                keep(String.valueOf(e.getMessage()));
                LockSupport.parkNanos(50_000_000);
            }
        }
    }

    private synchronized void keep(JsonNode sale, long micros, boolean counts) {
        sold.add(new Sold(
                sale.path("id").asString(),
                sale.path("folio").asString(),
                minor(sale.path("totals").path("total")),
                micros,
                counts));
    }

    private synchronized void keep(String refusal) {
        refusals.add(refusal.length() > 1_000 ? refusal.substring(0, 1_000) : refusal);
    }

    private static long minor(JsonNode money) {
        return money.path("minor").asLong();
    }

    @Override
    public void close() {
        ended = true;
        selling.interrupt();
    }
}
