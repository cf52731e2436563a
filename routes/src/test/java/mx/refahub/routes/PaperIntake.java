package mx.refahub.routes;

import java.security.PublicKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import mx.refahub.domain.Failure;
import mx.refahub.domain.delivery.DownMessage;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Landing;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Frame;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.store.StoreId;

/** An intake in memory over the real {@link Landing}; can be told to be away, as a database is. */
public final class PaperIntake implements Intake {
    /** What was put aside. */
    public record Aside(Optional<StoreId> sender, byte[] bytes, String reason) {}

    private static final class Chain {
        Landing landing;
        final List<Document> landed = new ArrayList<>();
        final Map<Long, Document> waiting = new HashMap<>();
        final PublicKey key;
        int duplicates;

        Chain(Landing landing, PublicKey key) {
            this.landing = landing;
            this.key = key;
        }
    }

    private final Clock clock;
    private final Map<StoreId, Chain> chains = new ConcurrentHashMap<>();
    private final List<Aside> asides = new CopyOnWriteArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger frames = new AtomicInteger();
    private volatile boolean away;
    private volatile boolean broken;

    public PaperIntake(Clock clock) {
        this.clock = clock;
    }

    public PaperIntake knows(StoreId store, int epoch, PublicKey key) {
        chains.put(store, new Chain(Landing.fresh(store, epoch, 1), key));
        return this;
    }

    /** As if the hub had been restored from a backup that holds so many documents. */
    public synchronized void restored(StoreId store, int count, long hubEpoch) {
        Chain chain = chains.get(store);
        while (chain.landed.size() > count) chain.landed.removeLast();
        Sha256 hash = count == 0 ? Sha256.NONE : chain.landed.getLast().hash();
        chain.landing = new Landing(store, chain.landing.epoch(), hubEpoch, count, hash, null, null);
        chain.waiting.clear();
    }

    public void away(boolean now) {
        away = now;
    }

    public void broken(boolean now) {
        broken = now;
    }

    @Override
    public synchronized Receipt land(StoreId sender, Frame frame) {
        if (away) {
            refused.incrementAndGet();
            throw Failure.retryable("the database is away", null);
        }
        if (broken) throw new IllegalStateException("a mistake of ours");
        Chain chain = chains.get(sender);
        if (chain == null) throw Failure.rejected("store " + sender + " is not known");
        frames.incrementAndGet();
        Map<Long, Sha256> known = new HashMap<>();
        chain.landed.forEach(each -> known.put(each.sequence(), each.hash()));
        Landing.Result result = chain.landing.land(
                sender,
                frame.documents(),
                known,
                Map.copyOf(chain.waiting),
                document -> document.isAuthentic(chain.key),
                clock.instant());
        chain.landing = result.next();
        chain.landed.addAll(result.store());
        result.store().forEach(each -> chain.waiting.remove(each.sequence()));
        result.hold().forEach(each -> chain.waiting.put(each.sequence(), each));
        chain.duplicates += result.duplicates();
        List<DownMessage> replies = new ArrayList<>();
        if (result.acknowledges()) replies.add(chain.landing.acknowledgement());
        result.gap().ifPresent(replies::add);
        return new Receipt(result.store().size(), result.duplicates(), replies);
    }

    @Override
    public void putAside(Optional<StoreId> sender, byte[] bytes, String reason) {
        if (away) throw Failure.retryable("the database is away", null);
        asides.add(new Aside(sender, bytes, reason));
    }

    @Override
    public synchronized List<DownMessage> reminders() {
        if (away) throw Failure.retryable("the database is away", null);
        List<DownMessage> reminders = new ArrayList<>();
        chains.values().forEach(chain -> {
            if (chain.landing.frozen() == null) reminders.add(chain.landing.acknowledgement());
        });
        return reminders;
    }

    public synchronized List<Document> landed(StoreId store) {
        return List.copyOf(chains.get(store).landed);
    }

    public synchronized int duplicates(StoreId store) {
        return chains.get(store).duplicates;
    }

    public List<Aside> asides() {
        return asides;
    }

    /** Calls turned down while away. */
    public int refused() {
        return refused.get();
    }

    public int frames() {
        return frames.get();
    }
}
