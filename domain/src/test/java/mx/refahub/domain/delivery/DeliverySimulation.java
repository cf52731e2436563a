package mx.refahub.domain.delivery;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Documents;
import mx.refahub.domain.document.Frame;
import mx.refahub.domain.document.FrameCodec;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.store.StoreId;
import org.jspecify.annotations.Nullable;

/**
 * One store, its broker, the bridge, the hub and the way back, in one thread, with the dice of a seed: what is durable survives a crash, the rest is
 * lost. The very classes that run in production decide; everything around them misbehaves.
 */
final class DeliverySimulation {
    /** Ways to be wrong, to show that the checks can fail. */
    enum Mutant {
        NONE,
        CURSOR_SAVED_BEFORE_SENDING,
        RESYNC_EPOCH_FORGOTTEN,
        ACKNOWLEDGED_BEFORE_STORED,
        DUPLICATES_STORED
    }

    private static final StoreId STORE = StoreId.of("01939b8e-0000-7000-8000-000000000001");
    private static final int CACHE = 200;

    private final Random random;
    private final Mutant mutant;

    // The store's disk.
    private final List<Document> outbox = new ArrayList<>();
    private Relay savedCursor = Relay.FRESH;
    private Deque<Frame> localQueue = new ArrayDeque<>();
    private final LinkedHashSet<String> localCache = new LinkedHashSet<>();
    // The child process's memory.
    private Relay relay = Relay.FRESH;
    private Relay.@Nullable Cause halted;
    // The way.
    private final List<DownMessage> down = new ArrayList<>();
    // The hub's disk.
    private Landing landing = Landing.fresh(STORE, 1, 1);
    private final List<Document> stored = new ArrayList<>();
    private final Map<Long, Document> waiting = new HashMap<>();
    private final LinkedHashSet<String> hubCache = new LinkedHashSet<>();
    private final Deque<Frame> hubQueue = new ArrayDeque<>();
    private @Nullable Backup backup;
    private int checked;
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");

    private record Backup(Landing landing, List<Document> stored, Map<Long, Document> waiting) {}

    DeliverySimulation(long seed, Mutant mutant) {
        this.random = new Random(seed);
        this.mutant = mutant;
    }

    /** @return what went wrong; empty if every invariant holds */
    Optional<String> run(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
            Optional<String> broken = alwaysTrue();
            if (broken.isPresent()) return broken;
        }
        heal();
        return healed();
    }

    private void step() {
        now = now.plusMillis(random.nextInt(5_000));
        switch (random.nextInt(14)) {
            case 0, 1, 2 -> sell();
            case 3, 4 -> relaySome(random.nextInt(8) == 0, random.nextBoolean() ? 1 : 1 + random.nextInt(5));
            case 5, 6 -> bridge(random.nextInt(6) == 0);
            case 7, 8 -> intake(random.nextInt(6) == 0);
            case 9, 10 -> deliverDown();
            case 11 -> crashChild();
            case 12 -> {
                if (random.nextInt(4) == 0) loseJournal();
                else remind();
            }
            default -> {
                if (random.nextInt(10) == 0) restoreHub();
                else if (random.nextInt(5) == 0) backUpHub();
            }
        }
    }

    private void sell() {
        Sha256 previous = outbox.isEmpty() ? Sha256.NONE : outbox.getLast().hash();
        outbox.add(Documents.after(STORE, 1, outbox.size() + 1L, previous, ""));
    }

    private void relaySome(boolean crashHalfway, int most) {
        if (halted != null) return;
        long room = Math.min(relay.room(outbox.size()), most);
        if (room <= 0) return;
        int from = (int) relay.relayed();
        Frame frame = new Frame(relay.resyncEpoch(), outbox.subList(from, from + (int) room));
        if (mutant == Mutant.CURSOR_SAVED_BEFORE_SENDING) {
            relay = relay.sent(frame.last());
            savedCursor = relay;
            if (crashHalfway) {
                relay = savedCursor;
                return;
            }
        }
        if (remembers(localCache, frame.duplicateId())) localQueue.add(FrameCodec.decode(FrameCodec.encode(frame)));
        if (crashHalfway) {
            relay = savedCursor;
            return;
        }
        relay = relay.sent(frame.last());
        savedCursor = relay;
    }

    /** True the first time an id is seen, as the broker's duplicate cache sees it. */
    private static boolean remembers(LinkedHashSet<String> cache, String id) {
        if (!cache.add(id)) return false;
        if (cache.size() > CACHE) cache.removeFirst();
        return true;
    }

    private void bridge(boolean confirmationLost) {
        Frame frame = localQueue.peek();
        if (frame == null) return;
        if (remembers(hubCache, frame.duplicateId())) hubQueue.add(frame);
        if (!confirmationLost) localQueue.remove();
    }

    private void intake(boolean crashBeforeConfirming) {
        Frame frame = hubQueue.peek();
        if (frame == null) return;
        if (mutant == Mutant.ACKNOWLEDGED_BEFORE_STORED && crashBeforeConfirming) {
            long landed = Math.max(landing.landed(), frame.last());
            down.add(new Acknowledgement(
                    STORE,
                    1,
                    landing.hubEpoch(),
                    landed,
                    outbox.get((int) landed - 1).hash()));
            hubQueue.remove();
            return;
        }
        Map<Long, Sha256> known = new HashMap<>();
        for (Document document : frame.documents())
            if (document.sequence() <= landing.landed())
                known.put(
                        document.sequence(),
                        stored.get((int) document.sequence() - 1).hash());
        Landing.Result result = landing.land(STORE, frame.documents(), known, waiting, document -> true, now);
        landing = result.next();
        stored.addAll(result.store());
        if (mutant == Mutant.DUPLICATES_STORED && result.duplicates() > 0)
            stored.add(frame.documents().getFirst());
        result.store().forEach(document -> waiting.remove(document.sequence()));
        result.hold().forEach(document -> waiting.put(document.sequence(), document));
        if (crashBeforeConfirming) return;
        hubQueue.remove();
        if (result.acknowledges()) down.add(landing.acknowledgement());
        result.gap().ifPresent(down::add);
    }

    private void remind() {
        if (landing.frozen() != null) return;
        down.add(landing.acknowledgement());
        Landing.Result result = landing.land(STORE, List.of(), Map.of(), waiting, document -> true, now);
        landing = result.next();
        result.gap().ifPresent(down::add);
    }

    /** Any message, in any order, sometimes twice, sometimes never. */
    private void deliverDown() {
        if (down.isEmpty()) return;
        int at = random.nextInt(down.size());
        DownMessage message = random.nextInt(10) == 0 ? down.get(at) : down.remove(at);
        if (random.nextInt(10) != 0) hear(message);
    }

    private void hear(DownMessage message) {
        Relay.Reaction reaction = switch (message) {
            case Acknowledgement ack ->
                relay.on(
                        ack,
                        1,
                        outbox.size(),
                        n -> Optional.of(outbox.get((int) n - 1).hash()));
            case GapRequest gap -> relay.on(gap, 1);
            case Announcement announcement -> new Relay.Reaction.Ignored();
            case Command command -> new Relay.Reaction.Ignored();
        };
        switch (reaction) {
            case Relay.Reaction.Moved(Relay moved) -> {
                relay = mutant == Mutant.RESYNC_EPOCH_FORGOTTEN
                        ? new Relay(moved.relayed(), moved.acknowledged(), 0, moved.hubEpoch())
                        : moved;
                savedCursor = relay;
            }
            case Relay.Reaction.Diverged(Relay.Cause cause, long sequence) -> halted = cause;
            case Relay.Reaction.Ignored ignored -> {}
        }
    }

    private void crashChild() {
        relay = savedCursor;
        halted = null;
    }

    private void loseJournal() {
        localQueue = new ArrayDeque<>();
        localCache.clear();
        relay = savedCursor.journalReplaced();
        savedCursor = relay;
    }

    private void backUpHub() {
        backup = new Backup(landing, List.copyOf(stored), Map.copyOf(waiting));
    }

    private void restoreHub() {
        Backup from = backup;
        if (from == null) return;
        landing = new Landing(
                STORE,
                1,
                landing.hubEpoch() + 1,
                from.landing().landed(),
                from.landing().hash(),
                null,
                null);
        stored.clear();
        checked = 0;
        stored.addAll(from.stored());
        waiting.clear();
        waiting.putAll(from.waiting());
    }

    private void heal() {
        for (int round = 0; round < 500 && landing.landed() < outbox.size(); round++) {
            now = now.plus(Landing.GAP_INTERVAL);
            while (!localQueue.isEmpty()) bridge(false);
            while (!hubQueue.isEmpty()) intake(false);
            remind();
            while (!down.isEmpty()) hear(down.removeFirst());
            for (int i = 0; i < 200; i++) relaySome(false, 1);
        }
    }

    /** Nothing foreign, nothing twice, nothing out of order, no false alarm, no promise that is not kept. */
    private Optional<String> alwaysTrue() {
        if (landing.frozen() != null) return Optional.of("frozen without a fork: " + landing.frozen());
        if (halted != null) return Optional.of("halted without a divergence: " + halted);
        if (stored.size() != landing.landed())
            return Optional.of("landed " + landing.landed() + " but stored " + stored.size());
        // What was looked at stays as it is: each document is compared once, and all of them again in the end.
        for (; checked < stored.size(); checked++) {
            if (stored.get(checked).sequence() != checked + 1)
                return Optional.of("doubled " + stored.get(checked).sequence());
            if (!stored.get(checked).equals(outbox.get(checked)))
                return Optional.of("another document at " + (checked + 1));
        }
        if (relay.hubEpoch() == landing.hubEpoch() && relay.acknowledged() > landing.landed())
            return Optional.of("acknowledged " + relay.acknowledged() + " of " + landing.landed() + " landed");
        return Optional.empty();
    }

    private Optional<String> healed() {
        checked = 0;
        if (!stored.equals(outbox))
            return Optional.of("after healing " + stored.size() + " of " + outbox.size() + " documents are at the hub");
        return alwaysTrue();
    }
}
