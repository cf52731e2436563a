package mx.refahub.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a segment as sets of bits, one for each document. Those of common words are kept from question to question, the ones not asked for longest
 * making room; those that a question fills for itself are lent to it. A set whose last reader is done with it is filled again for another word, so that
 * questions leave hardly any garbage: a set outlives the young generation, and copying it there cost more than reading it.
 */
final class PartSets {
    private static final int SHARE_OF_HEAP = 8;
    /** One of so many parts has it: then its bits take little more room than a list of them. */
    private static final int COMMON = 100;

    private final long room;
    private final LinkedHashMap<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long used;
    private final Map<Integer, Idle> idle = new ConcurrentHashMap<>();

    /** Of one size: those that came back, of which there are never more than have room. */
    private record Idle(Queue<FixedBitSet> sets, int most) {}

    /** Of a segment, which never changes; what is deleted from it is told apart later. */
    private record Key(String segment, Term term) {}

    /** Never changed while it has readers or its place. */
    private static final class Kept {
        private final FixedBitSet parts;
        private int readers;
        private boolean hasPlace = true;

        private Kept(FixedBitSet parts) {
            this.parts = parts;
        }

        private boolean isFree() {
            return readers == 0 && !hasPlace;
        }
    }

    PartSets() {
        this(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    /** @param room for kept sets, in bytes, and once more for those that wait to be lent */
    PartSets(long room) {
        this.room = room;
    }

    /** Only segments of these sizes will be asked from now on. */
    void sizes(Collection<Integer> sizes) {
        idle.keySet().retainAll(sizes);
        for (int size : sizes)
            idle.computeIfAbsent(
                    size,
                    each -> new Idle(new LinkedBlockingQueue<>(), (int)
                            Math.clamp(room / new FixedBitSet(each).ramBytesUsed(), 1, Integer.MAX_VALUE)));
    }

    static boolean isCommon(LeafReaderContext leaf, long parts) {
        return parts * COMMON >= leaf.reader().maxDoc();
    }

    private @Nullable Kept read(Key key) {
        synchronized (kept) {
            Kept found = kept.get(key);
            if (found != null) found.readers++;
            return found;
        }
    }

    /** Gives it a place, with one reader; null if the word has one. */
    private @Nullable Kept keep(Key key, FixedBitSet parts) {
        Kept added = new Kept(parts);
        added.readers = 1;
        List<Kept> free = new ArrayList<>();
        synchronized (kept) {
            if (kept.putIfAbsent(key, added) != null) return null;
            used += parts.ramBytesUsed();
            while (used > room && !kept.isEmpty()) {
                Kept oldest = kept.pollFirstEntry().getValue();
                oldest.hasPlace = false;
                used -= oldest.parts.ramBytesUsed();
                if (oldest.isFree()) free.add(oldest);
            }
        }
        for (Kept each : free) back(each.parts);
        return added;
    }

    private void done(List<Kept> read) {
        if (read.isEmpty()) return;
        List<Kept> free = new ArrayList<>();
        synchronized (kept) {
            for (Kept each : read) {
                each.readers--;
                if (each.isFree()) free.add(each);
            }
        }
        for (Kept each : free) back(each.parts);
    }

    private FixedBitSet blank(LeafReaderContext leaf) {
        Idle here = idle.get(leaf.reader().maxDoc());
        FixedBitSet set = here == null ? null : here.sets.poll();
        return set == null ? new FixedBitSet(leaf.reader().maxDoc()) : set;
    }

    private void back(FixedBitSet set) {
        Idle here = idle.get(set.length());
        if (here == null || here.sets.size() >= here.most) return;
        set.clear();
        here.sets.add(set);
    }

    /** For one question, on one thread. */
    Lent lend() {
        return new Lent();
    }

    /** What one question uses. */
    final class Lent implements AutoCloseable {
        private final List<FixedBitSet> out = new ArrayList<>();
        private final List<Kept> read = new ArrayList<>();
        private final Map<LeafReaderContext, Map<Term, Integer>> counts = new IdentityHashMap<>();

        private Lent() {}

        /** Parts that have the term, those deleted included; looked up once. */
        int count(LeafReaderContext leaf, Term term) throws IOException {
            Map<Term, Integer> here = counts.computeIfAbsent(leaf, each -> new HashMap<>());
            Integer count = here.get(term);
            if (count == null) here.put(term, count = leaf.reader().docFreq(term));
            return count;
        }

        /** Of a common word: its parts, to be read and not changed. */
        FixedBitSet common(LeafReaderContext leaf, Term term) throws IOException {
            Key key = new Key(Segments.id(leaf.reader()), term);
            Kept known = read(key);
            if (known == null) {
                FixedBitSet parts = blank(leaf);
                all(parts, leaf.reader().postings(term, PostingsEnum.NONE));
                known = keep(key, parts);
                if (known == null) {
                    out.add(parts);
                    return parts;
                }
            }
            read.add(known);
            return known.parts;
        }

        /** With a bit for each document, none set. */
        FixedBitSet empty(LeafReaderContext leaf) {
            FixedBitSet set = blank(leaf);
            out.add(set);
            return set;
        }

        /** Takes back all that was lent. */
        @Override
        public void close() {
            for (FixedBitSet set : out) back(set);
            out.clear();
            done(read);
            read.clear();
        }
    }

    /** Adds those of a list. */
    static void all(FixedBitSet parts, @Nullable PostingsEnum list) throws IOException {
        if (list != null && list.nextDoc() != DocIdSetIterator.NO_MORE_DOCS)
            list.intoBitSet(DocIdSetIterator.NO_MORE_DOCS, parts, 0);
    }
}
