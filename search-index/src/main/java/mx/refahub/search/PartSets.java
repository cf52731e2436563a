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
import org.apache.lucene.index.Term;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a segment as sets of bits, one for each document. Those of common words are kept from question to question, the ones not asked for longest
 * making room; those that a question fills for itself are lent to it, so that it leaves hardly any garbage.
 */
final class PartSets {
    private static final int SHARE_OF_HEAP = 8;
    /** One of so many parts has it: then its bits take little more room than a list of them. */
    private static final int COMMON = 100;

    private final long room;
    private final LinkedHashMap<Key, FixedBitSet> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long used;
    private final Map<Integer, Idle> idle = new ConcurrentHashMap<>();

    /** Of one size: those that came back, of which there are never more than have room. */
    private record Idle(Queue<FixedBitSet> sets, int most) {}

    /** Of a segment, which never changes; what is deleted from it is told apart later. */
    private record Key(String segment, Term term) {}

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

    @Nullable
    FixedBitSet kept(LeafReaderContext leaf, Term term) {
        synchronized (kept) {
            return kept.get(new Key(Segments.id(leaf.reader()), term));
        }
    }

    /** @param parts never changed from now on */
    void keep(LeafReaderContext leaf, Term term, FixedBitSet parts) {
        synchronized (kept) {
            FixedBitSet before = kept.put(new Key(Segments.id(leaf.reader()), term), parts);
            used += parts.ramBytesUsed() - (before == null ? 0 : before.ramBytesUsed());
            while (used > room && !kept.isEmpty())
                used -= kept.pollFirstEntry().getValue().ramBytesUsed();
        }
    }

    /** For one question, on one thread. */
    Lent lend() {
        return new Lent();
    }

    /** What one question uses. */
    final class Lent implements AutoCloseable {
        private final List<FixedBitSet> out = new ArrayList<>();
        private final Map<LeafReaderContext, Map<Term, Integer>> counts = new IdentityHashMap<>();

        private Lent() {}

        /** Parts that have the term, those deleted included; looked up once. */
        int count(LeafReaderContext leaf, Term term) throws IOException {
            Map<Term, Integer> here = counts.computeIfAbsent(leaf, each -> new HashMap<>());
            Integer count = here.get(term);
            if (count == null) here.put(term, count = leaf.reader().docFreq(term));
            return count;
        }

        PartSets kept() {
            return PartSets.this;
        }

        /** With a bit for each document, none set. */
        FixedBitSet empty(LeafReaderContext leaf) {
            Idle here = idle.get(leaf.reader().maxDoc());
            FixedBitSet set = here == null ? null : here.sets.poll();
            if (set == null) set = new FixedBitSet(leaf.reader().maxDoc());
            out.add(set);
            return set;
        }

        /** Takes back all that was lent. */
        @Override
        public void close() {
            for (FixedBitSet set : out) {
                Idle here = idle.get(set.length());
                if (here == null || here.sets.size() >= here.most) continue;
                set.clear();
                here.sets.add(set);
            }
            out.clear();
        }
    }
}
