package mx.refahub.domain.delivery;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Documents;
import mx.refahub.domain.document.Frame;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.reconcile.Cell;
import mx.refahub.domain.reconcile.Comparison;
import mx.refahub.domain.reconcile.Day;
import mx.refahub.domain.reconcile.Finding;
import mx.refahub.domain.reconcile.Mark;
import mx.refahub.domain.reconcile.Range;
import mx.refahub.domain.reconcile.Side;
import mx.refahub.domain.reconcile.Summary;
import mx.refahub.domain.store.StoreId;
import org.jspecify.annotations.Nullable;

/**
 * One store over several lives: its disk is set back to an older copy, or a copy of it sells beside it; the hub freezes the fork or tells the age of the disk, a person lets one machine go on, and it takes
 * over, sometimes twice because the answer was lost. Frames of lives that are over go on arriving. In the end the two ends are compared, a row is lost and one changed, and the comparison finds these and mends them.
 */
final class SuccessionSimulation {
    /** Ways to be wrong, to show that the checks can fail. */
    enum Mutant {
        NONE,
        BASE_FORGETS_WHAT_THE_DISK_HAS,
        OWN_DOCUMENTS_ARE_DROPPED,
        HISTORY_IS_NOT_FETCHED,
        OLD_EPOCH_IS_ACCEPTED
    }

    private static final StoreId STORE = StoreId.of("01939b8e-0000-7000-8000-000000000001");

    private final Random random;
    private final Mutant mutant;

    private NavigableMap<Long, Document> outbox = new TreeMap<>();
    private Relay relay = Relay.FRESH;
    private int epoch = 1;
    private long base;
    private final Deque<Frame> way = new ArrayDeque<>();
    private @Nullable Disk disk;
    private final Set<UUID> gone = new HashSet<>();
    private long salt;
    /** The highest number that the surviving disk has ever given. */
    private long given;

    private boolean givenTwice;

    private Landing landing = Landing.fresh(STORE, 1, 1);
    private final NavigableMap<Long, Document> stored = new TreeMap<>();
    private final Map<Long, Document> waiting = new HashMap<>();
    private long told;
    private boolean halted;
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");

    /** A copy of the store's disk. */
    private record Disk(NavigableMap<Long, Document> outbox, Relay relay, int epoch, long base) {}

    SuccessionSimulation(long seed, Mutant mutant) {
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
        Optional<String> broken = alwaysTrue();
        if (broken.isPresent()) return broken;
        if (!sameIds())
            return Optional.of("after healing the hub has " + stored.size() + " documents, the store " + outbox.size());
        return reconciled();
    }

    private void step() {
        now = now.plusMillis(random.nextInt(5_000));
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> {
                sell(outbox);
                given = Math.max(given, outbox.lastKey());
            }
            case 4, 5, 6 -> relaySome(1 + random.nextInt(4));
            case 7, 8, 9 -> intake(random.nextInt(way.size() + 1));
            case 10 -> hear();
            case 11 -> told = Math.max(told, last(outbox));
            case 12 -> copy();
            case 13 -> {
                if (random.nextInt(6) == 0) setBack();
            }
            case 14 -> {
                if (random.nextInt(6) == 0) copySells();
            }
            default -> takeOverIfAsked();
        }
    }

    private static long last(NavigableMap<Long, Document> outbox) {
        return outbox.isEmpty() ? 0 : outbox.lastKey();
    }

    private void sell(NavigableMap<Long, Document> into) {
        long at = Math.max(last(into), base) + 1;
        Document before = into.get(at - 1);
        Sha256 previous = before == null || before.envelope().epoch() != epoch ? Sha256.NONE : before.hash();
        into.put(at, Documents.after(STORE, epoch, at, previous, "/" + salt++));
    }

    private void relaySome(int most) {
        if (halted) return;
        List<Document> some = outbox.tailMap(Math.max(relay.relayed(), base), false).values().stream()
                .limit(most)
                .toList();
        if (some.isEmpty()) return;
        way.add(new Frame(relay.resyncEpoch(), some));
        relay = relay.sent(some.getLast().sequence());
    }

    /** Any frame that is on the way, perhaps one of long ago. */
    private void intake(int place) {
        if (way.isEmpty()) return;
        List<Frame> all = new ArrayList<>(way);
        Frame frame = all.remove(Math.min(place, all.size() - 1));
        if (random.nextInt(8) != 0) {
            way.clear();
            way.addAll(all);
        }
        List<Document> documents = frame.documents();
        if (mutant == Mutant.OLD_EPOCH_IS_ACCEPTED
                && documents.getFirst().envelope().epoch() < landing.epoch()) {
            documents.forEach(document -> stored.put(document.sequence(), document));
            return;
        }
        Map<Long, Sha256> known = new HashMap<>();
        for (Document document : documents) {
            Document there = stored.get(document.sequence());
            if (there != null && there.envelope().epoch() == landing.epoch())
                known.put(document.sequence(), there.hash());
        }
        Landing.Result result = landing.land(STORE, documents, known, waiting, document -> true, now);
        landing = result.next();
        result.store().forEach(document -> {
            stored.put(document.sequence(), document);
            waiting.remove(document.sequence());
        });
        result.hold().forEach(document -> waiting.put(document.sequence(), document));
    }

    /** The acknowledgement, and the gap if there is one. */
    private void hear() {
        if (landing.frozen() != null) return;
        Relay.Reaction reaction = relay.on(
                landing.acknowledgement(),
                epoch,
                Math.max(last(outbox), base),
                n -> Optional.ofNullable(outbox.get(n)).map(Document::hash));
        if (reaction instanceof Relay.Reaction.Moved(Relay moved)) relay = moved;
        else if (reaction instanceof Relay.Reaction.Diverged) halted = true;
        Landing.Result result =
                landing.land(STORE, List.of(), Map.of(), waiting, document -> true, now.plusSeconds(60));
        result.gap().ifPresent(gap -> {
            if (relay.on(gap, epoch) instanceof Relay.Reaction.Moved(Relay back)) relay = back;
        });
    }

    private void copy() {
        disk = new Disk(new TreeMap<>(outbox), relay, epoch, base);
    }

    /** What was written since the copy and has neither landed nor is waiting or on the way is lost with the disk, and nothing can bring it back. */
    private void setBack() {
        Disk from = disk;
        if (from == null || from.epoch != epoch) return;
        told = Math.max(told, last(outbox));
        outbox.values().stream()
                .filter(document -> !from.outbox.containsKey(document.sequence()))
                .map(Document::id)
                .forEach(gone::add);
        outbox = new TreeMap<>(from.outbox);
        relay = from.relay;
    }

    /** A clone writes on and gets some of it through. */
    private void copySells() {
        Disk from = disk;
        if (from == null || from.epoch != epoch) return;
        NavigableMap<Long, Document> clone = new TreeMap<>(from.outbox);
        long first = Math.max(last(clone), base) + 1;
        for (int i = random.nextInt(3); i >= 0; i--) sell(clone);
        List<Document> written = List.copyOf(clone.tailMap(first, true).values());
        written.forEach(document -> gone.add(document.id()));
        way.add(new Frame(99, written));
    }

    /** A heartbeat shows it, or the fork has been frozen; then somebody clicks. */
    private void takeOverIfAsked() {
        boolean older = last(outbox) < landing.landed() && landing.landed() > base;
        if (landing.frozen() == null && !halted && !older) return;
        takeOver();
        // The answer of the hub to the end was lost, and it is all done again.
        if (random.nextInt(3) == 0) takeOver();
    }

    private void takeOver() {
        long highest = Math.max(
                Math.max(landing.landed(), told),
                waiting.keySet().stream().mapToLong(Long::longValue).max().orElse(0));
        if (mutant != Mutant.BASE_FORGETS_WHAT_THE_DISK_HAS) highest = Math.max(highest, last(outbox));
        boolean again =
                landing.epoch() == epoch + 1 || (landing.epoch() == epoch && epoch > 1 && landing.landed() == base);
        int next = again ? landing.epoch() : landing.epoch() + 1;
        long from = again ? Math.max(highest, landing.landed()) : highest;
        givenTwice |= from < given;
        landing = new Landing(STORE, next, landing.hubEpoch(), from, Sha256.NONE, null, null);
        waiting.clear();
        long there = stored.isEmpty() ? 0 : stored.lastKey();
        NavigableMap<Long, Document> here = outbox;
        long common = Succession.common(0, Math.min(last(here), there), sequence -> alike(here, sequence));
        NavigableMap<Long, Document> fresh = new TreeMap<>(here.headMap(common, true));
        if (mutant != Mutant.HISTORY_IS_NOT_FETCHED) fresh.putAll(stored.tailMap(common, false));
        Sha256 previous = Sha256.NONE;
        long at = from;
        if (mutant != Mutant.OWN_DOCUMENTS_ARE_DROPPED)
            for (Document own : here.tailMap(common, false).values()) {
                Document sealed =
                        Succession.sealed(own, next, ++at, previous, hash -> new byte[Document.SIGNATURE_LENGTH]);
                if (fresh.putIfAbsent(sealed.sequence(), sealed) != null)
                    throw new IllegalStateException("sequence " + sealed.sequence() + " was given before");
                previous = sealed.hash();
            }
        given = Math.max(given, at);
        outbox = fresh;
        epoch = next;
        base = from;
        relay = Relay.from(from);
        halted = false;
        disk = null;
    }

    private boolean alike(NavigableMap<Long, Document> here, long sequence) {
        Map.Entry<Long, Document> mine = here.floorEntry(sequence);
        if (mine == null) return true;
        Document theirs = stored.get(mine.getKey());
        return theirs != null && theirs.hash().equals(mine.getValue().hash());
    }

    private void heal() {
        for (int round = 0; round < 200; round++) {
            now = now.plus(Landing.GAP_INTERVAL);
            while (!way.isEmpty()) intake(0);
            told = Math.max(told, last(outbox));
            hear();
            takeOverIfAsked();
            for (int i = 0; i < 40; i++) relaySome(5);
            if (way.isEmpty() && landing.frozen() == null && !halted && landing.landed() >= last(outbox)) return;
        }
    }

    private boolean sameIds() {
        return stored.values().stream()
                .map(Document::id)
                .toList()
                .equals(outbox.values().stream().map(Document::id).toList());
    }

    /** No sequence twice by construction of the map; no id twice, every chain whole, and what was ever written on the surviving disk is still there. */
    private Optional<String> alwaysTrue() {
        if (givenTwice) return Optional.of("a number may be given twice");
        Set<UUID> seen = new HashSet<>();
        Document before = null;
        for (Document document : stored.values()) {
            if (!seen.add(document.id())) return Optional.of("doubled " + document.sequence());
            Sha256 hash = before == null
                            || before.envelope().epoch() != document.envelope().epoch()
                    ? Sha256.NONE
                    : before.hash();
            if (!document.envelope().previousHash().equals(hash))
                return Optional.of("the chain breaks at " + document.sequence());
            before = document;
        }
        Set<UUID> mine = new HashSet<>();
        for (Document document : outbox.values()) if (!mine.add(document.id())) return Optional.of("written twice");
        if (outbox.size() + gone.size() < salt) return Optional.of("a document of this disk is gone");
        return Optional.empty();
    }

    // --- in the end both say the same, and what then goes wrong is found

    private Optional<String> reconciled() {
        if (outbox.size() < 3) return Optional.empty();
        List<Document> all = List.copyOf(outbox.values());
        Document lost = all.get(random.nextInt(all.size()));
        Document changed = all.get(random.nextInt(all.size()));
        Map<Long, String> hub = hashes(stored);
        hub.remove(lost.sequence());
        hub.computeIfPresent(changed.sequence(), (sequence, hash) -> "0" + hash);
        Ends mine = new Ends(hashes(outbox));
        List<Finding> found = compare(mine, new Ends(hub));
        Set<Long> wrong = new HashSet<>(Set.of(lost.sequence()));
        if (!changed.equals(lost)) wrong.add(changed.sequence());
        if (!wrong.equals(new HashSet<>(found.stream().map(Finding::sequence).toList())))
            return Optional.of("the comparison found " + found.size() + " of " + wrong.size());
        for (Finding finding : found)
            hub.put(finding.sequence(), outbox.get(finding.sequence()).hash().toString());
        return compare(mine, new Ends(hub)).isEmpty() ? Optional.empty() : Optional.of("what was mended still differs");
    }

    private static Map<Long, String> hashes(NavigableMap<Long, Document> documents) {
        Map<Long, String> hashes = new TreeMap<>();
        documents.forEach(
                (sequence, document) -> hashes.put(sequence, document.hash().toString()));
        return hashes;
    }

    private static final Day DAY = new Day(
            LocalDate.of(2026, 11, 21),
            LocalDate.of(2026, 11, 21).atStartOfDay().toInstant(ZoneOffset.UTC),
            LocalDate.of(2026, 11, 22).atStartOfDay().toInstant(ZoneOffset.UTC));

    private List<Finding> compare(Ends mine, Ends theirs) {
        return new Comparison(mine, theirs).run(List.of(DAY), 1, last(outbox)).findings();
    }

    private record Ends(Map<Long, String> hashes) implements Side {
        @Override
        public Map<Cell, Summary> cells(List<Day> days, long first, long last) {
            Map<Cell, Summary> cells = new LinkedHashMap<>();
            Cell cell = new Cell(DAY, "sale");
            cells.put(cell, summary(marks(new Range(cell, first, last))));
            return cells;
        }

        private static Summary summary(List<Mark> marks) {
            Summary.Tally tally = new Summary.Tally();
            marks.forEach(tally::add);
            return tally.summary();
        }

        @Override
        public List<Summary> summaries(List<Range> ranges) {
            return ranges.stream().map(range -> summary(marks(range))).toList();
        }

        @Override
        public List<List<Mark>> marks(List<Range> ranges) {
            return ranges.stream().map(this::marks).toList();
        }

        private List<Mark> marks(Range range) {
            return hashes.entrySet().stream()
                    .filter(one -> one.getKey() >= range.first() && one.getKey() <= range.last())
                    .map(one -> new Mark(one.getKey(), new UUID(0, one.getKey()), one.getValue(), 0L))
                    .toList();
        }
    }
}
