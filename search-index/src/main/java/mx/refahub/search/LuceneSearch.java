package mx.refahub.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import mx.refahub.domain.search.PartHits;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.domain.search.Reason;
import mx.refahub.search.snapshot.Snapshot;
import mx.refahub.search.snapshot.Snapshots;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Searches the snapshot that serves. Another one takes over between two searches; those that run end on theirs. */
final class LuceneSearch implements PartSearch, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LuceneSearch.class);
    private static final VehicleChoices NO_CHOICES =
            new VehicleChoices(List.of(), List.of(), List.of(), List.of(), List.of());
    private static final int EXACT_TOTAL = 1_000;
    private static final SortField BY_LINE = new SortField(Fields.LINE_ORDER, SortField.Type.STRING);
    private static final SortField BY_NUMBER = new SortField(Fields.NUMBER_ORDER, SortField.Type.STRING);
    private static final Sort RANKED = new Sort(SortField.FIELD_SCORE, BY_LINE, BY_NUMBER);
    /** Also the order of the parts in each segment, so that the first ones found are the first ones to show. */
    static final Sort LISTED = new Sort(BY_LINE, BY_NUMBER);

    private final AtomicReference<@Nullable OpenSnapshot> serving = new AtomicReference<>();
    private final Duration timeLimit;

    private LuceneSearch(Duration timeLimit) {
        this.timeLimit = timeLimit;
    }

    /** Serves the newest snapshot that is whole; with none, finds nothing until one comes. */
    static LuceneSearch start(Snapshots snapshots, Duration timeLimit) throws IOException {
        LuceneSearch search = new LuceneSearch(timeLimit);
        List<Snapshot> published = snapshots.published();
        for (Snapshot snapshot : published) {
            long version = snapshot.manifest().version();
            try {
                snapshots.check(snapshot);
            } catch (IOException e) {
                log.warn("index snapshot is damaged and not used version={} cause={}", version, e.getMessage());
                snapshots.condemn(snapshot);
                continue;
            }
            try {
                search.serve(OpenSnapshot.open(snapshot, null));
                snapshots.serve(snapshot);
                return search;
            } catch (IOException | RuntimeException e) {
                log.warn("index snapshot cannot be opened and is not used version={} cause={}", version, e.toString());
            }
        }
        log.info("no index yet, search finds nothing until one is published tried={}", published.size());
        return search;
    }

    /** Opens a snapshot without serving it, so that one that cannot be opened harms nobody. */
    OpenSnapshot prepare(Snapshot snapshot) throws IOException {
        OpenSnapshot before = serving.get();
        return OpenSnapshot.open(snapshot, before);
    }

    void serve(OpenSnapshot fresh) throws IOException {
        OpenSnapshot old = serving.getAndSet(fresh);
        log.info(
                "index opened version={} catalogue={} parts={}",
                fresh.version().index(),
                fresh.version().catalogue(),
                fresh.reader().numDocs());
        if (old != null) old.letGo();
    }

    @Override
    public void close() throws IOException {
        OpenSnapshot old = serving.getAndSet(null);
        if (old != null) old.letGo();
    }

    @Override
    public Version version() {
        OpenSnapshot snapshot = serving.get();
        return snapshot == null ? Version.NONE : snapshot.version();
    }

    private @Nullable OpenSnapshot take() {
        for (OpenSnapshot here = serving.get(); here != null; here = serving.get()) {
            if (here.take()) return here;
            Thread.onSpinWait();
        }
        return null;
    }

    private static void giveBack(OpenSnapshot snapshot) {
        try {
            snapshot.giveBack();
        } catch (IOException e) {
            log.warn(
                    "index snapshot cannot be closed version={}",
                    snapshot.version().index(),
                    e);
        }
    }

    @Override
    public PartHits find(PartQuery query) {
        long start = System.nanoTime();
        OpenSnapshot snapshot = take();
        if (snapshot == null) return new PartHits(0, 0, 0, List.of());
        try {
            Found found = query.isEmpty() ? Found.NOTHING : find(snapshot, query);
            return new PartHits(
                    found.total,
                    (System.nanoTime() - start) / 1_000,
                    snapshot.version().index(),
                    found.hits);
        } catch (IOException e) {
            throw new UncheckedIOException("the index cannot be read", e);
        } finally {
            giveBack(snapshot);
        }
    }

    private record Found(long total, List<PartHits.Hit> hits) {
        static final Found NOTHING = new Found(0, List.of());
    }

    private Found find(OpenSnapshot snapshot, PartQuery asked) throws IOException {
        Question question = new Question(asked, snapshot.vehicles());
        IndexSearcher searcher = searcher(snapshot);
        Question.@Nullable Similarly similarly = null;
        TopFieldDocs top = question.hasText()
                ? top(searcher, question.typed(), RANKED, asked)
                : top(searcher, question.chosen(), LISTED, asked);
        if (question.hasText() && top.totalHits.value() == 0 && !searcher.timedOut()) {
            similarly = question.similarly(snapshot.reader());
            if (similarly != null) top = top(searcher, similarly.query(), RANKED, asked);
        }
        if (searcher.timedOut()) log.warn("search took too long and was cut off limit={}", timeLimit);
        Explanation explanation = new Explanation(snapshot, asked, question, similarly);
        List<PartHits.Hit> hits = new ArrayList<>();
        for (int i = asked.offset(); i < top.scoreDocs.length; i++) hits.add(explanation.hit(top.scoreDocs[i]));
        return new Found(top.totalHits.value(), hits);
    }

    private IndexSearcher searcher(OpenSnapshot snapshot) {
        IndexSearcher searcher = new IndexSearcher(snapshot.reader());
        long start = System.nanoTime();
        long limit = timeLimit.toNanos();
        searcher.setTimeout(() -> System.nanoTime() - start > limit);
        return searcher;
    }

    private static TopFieldDocs top(IndexSearcher searcher, Query query, Sort sort, PartQuery asked)
            throws IOException {
        int size = asked.offset() + asked.limit();
        return sort.equals(RANKED)
                ? TopParts.of(searcher, query, LISTED, size, EXACT_TOTAL)
                : searcher.search(query, new TopFieldCollectorManager(sort, size, EXACT_TOTAL));
    }

    /** Says of a hit why it is one. */
    private record Explanation(
            OpenSnapshot snapshot, PartQuery asked, Question question, Question.@Nullable Similarly similarly) {

        PartHits.Hit hit(ScoreDoc found) throws IOException {
            List<LeafReaderContext> leaves = snapshot.reader().leaves();
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(found.doc, leaves));
            int document = found.doc - leaf.docBase;
            BinaryDocValues ids = DocValues.getBinary(leaf.reader(), Fields.ID);
            if (!ids.advanceExact(document)) throw new IOException("a document without an id");
            return new PartHits.Hit(PartDocuments.id(ids.binaryValue()), reason(found, leaf, document));
        }

        private Reason reason(ScoreDoc found, LeafReaderContext leaf, int document) throws IOException {
            Reason.Kind kind = kind(found);
            String detail = switch (kind) {
                case EXACT, WITHOUT_DASHES -> number(leaf, document);
                case PREFIX -> Text.printed(asked.text());
                case INTERCHANGE, REPLACES ->
                    PartDocuments.related(
                            snapshot.reader()
                                    .storedFields()
                                    .document(found.doc, Set.of(Fields.RELATED))
                                    .getValues(Fields.RELATED),
                            kind == Reason.Kind.REPLACES,
                            question.normal());
                case WORD -> snapshot.vehicles().saidBy(leaf, document, question.sayings());
                case SIMILAR -> similar(leaf, document);
                case FITS -> asked.hasVehicle() ? snapshot.vehicles().chosenBy(leaf, document, asked) : "";
            };
            return new Reason(kind, detail);
        }

        private Reason.Kind kind(ScoreDoc found) {
            if (!question.hasText()) return Reason.Kind.FITS;
            if (similarly != null) return Reason.Kind.SIMILAR;
            return found instanceof FieldDoc ranked && ranked.fields[0] instanceof Float score
                    ? Question.kind(score)
                    : Reason.Kind.WORD;
        }

        private static String number(LeafReaderContext leaf, int document) throws IOException {
            return value(leaf, document, Fields.NUMBER_ORDER);
        }

        private static String value(LeafReaderContext leaf, int document, String field) throws IOException {
            SortedDocValues values = DocValues.getSorted(leaf.reader(), field);
            return values.advanceExact(document)
                    ? values.lookupOrd(values.ordValue()).utf8ToString()
                    : "";
        }

        /** For each typed word that the part does not have, the closest that it has. */
        private String similar(LeafReaderContext leaf, int document) throws IOException {
            if (similarly == null) return "";
            Set<String> words = new LinkedHashSet<>();
            for (List<SimilarWords.Match> matches : similarly.matches()) {
                for (SimilarWords.Match match : matches) {
                    if (!has(leaf, document, new Term(match.field(), match.word()))) continue;
                    words.add(match.word());
                    break;
                }
            }
            return String.join(" ", words);
        }

        private static boolean has(LeafReaderContext leaf, int document, Term term) throws IOException {
            PostingsEnum postings = leaf.reader().postings(term, PostingsEnum.NONE);
            return postings != null && postings.advance(document) == document;
        }
    }

    @Override
    public VehicleChoices choices(PartQuery chosen) {
        OpenSnapshot snapshot = take();
        if (snapshot == null) return NO_CHOICES;
        try {
            IndexSearcher searcher = searcher(snapshot);
            List<BitSet> within = List.of();
            if (!chosen.category().isEmpty()) {
                within = snapshot.vehicles().noRows();
                into(new Fitted(within), searcher, Question.category(chosen));
            }
            PartQuery vehicle =
                    new PartQuery("", chosen.make(), chosen.model(), chosen.year(), chosen.engine(), "", 1, 0);
            Categories categories = new Categories();
            into(categories, searcher, new Question(vehicle, snapshot.vehicles()).chosen());
            return snapshot.vehicles().choices(vehicle, within, Vehicles.sorted(categories.names));
        } catch (IOException e) {
            throw new UncheckedIOException("the index cannot be read", e);
        } finally {
            giveBack(snapshot);
        }
    }

    /** One thread searches, so one collector takes all. */
    private static <C extends Collector> void into(C collector, IndexSearcher searcher, Query query)
            throws IOException {
        searcher.search(query, new CollectorManager<C, Integer>() {
            @Override
            public C newCollector() {
                return collector;
            }

            @Override
            public Integer reduce(Collection<C> collectors) {
                return collectors.size();
            }
        });
    }

    /** The rows of each segment's vehicles that the matching parts fit. */
    private static final class Fitted extends SimpleCollector {
        private final List<BitSet> rows;
        private BitSet here = new BitSet();
        private @Nullable SortedSetDocValues values;

        Fitted(List<BitSet> rows) {
            this.rows = rows;
        }

        @Override
        protected void doSetNextReader(LeafReaderContext context) throws IOException {
            here = rows.get(context.ord);
            values = DocValues.getSortedSet(context.reader(), Fields.FITS);
        }

        @Override
        public void collect(int document) throws IOException {
            SortedSetDocValues each = values;
            if (each == null || !each.advanceExact(document)) return;
            for (int i = 0; i < each.docValueCount(); i++) here.set((int) each.nextOrd());
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }

    /** Each distinct category of the matching parts. */
    private static final class Categories extends SimpleCollector {
        private final Set<String> names = new HashSet<>();
        private @Nullable SortedDocValues values;
        private FixedBitSet seen = new FixedBitSet(1);

        @Override
        protected void doSetNextReader(LeafReaderContext context) throws IOException {
            SortedDocValues here = DocValues.getSorted(context.reader(), Fields.CATEGORY_NAME);
            values = here;
            seen = new FixedBitSet(Math.max(1, here.getValueCount()));
        }

        @Override
        public void collect(int document) throws IOException {
            SortedDocValues here = values;
            if (here == null || !here.advanceExact(document) || seen.getAndSet(here.ordValue())) return;
            names.add(here.lookupOrd(here.ordValue()).utf8ToString());
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }
}
