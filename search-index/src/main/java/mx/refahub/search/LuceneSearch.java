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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.search.Facets;
import mx.refahub.domain.search.PartHits;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.domain.search.Reason;
import mx.refahub.domain.search.Shelves;
import mx.refahub.domain.search.Understood;
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
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Searches the snapshot that serves. Another one takes over between two searches; those that run end on theirs. */
final class LuceneSearch implements PartSearch, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LuceneSearch.class);
    private static final VehicleChoices NO_CHOICES =
            new VehicleChoices(List.of(), List.of(), List.of(), List.of(), List.of());
    private static final SortField BY_LINE = new SortField(Fields.LINE_ORDER, SortField.Type.STRING);
    private static final SortField BY_NUMBER = new SortField(Fields.NUMBER_ORDER, SortField.Type.STRING);
    private static final SortField BY_POPULARITY = new SortField(Fields.POPULARITY, SortField.Type.LONG, true);
    private static final Sort RANKED = new Sort(SortField.FIELD_SCORE, BY_POPULARITY, BY_LINE, BY_NUMBER);
    /** Also the order of the parts in each segment, so that the first ones found are the first ones to show. */
    static final Sort LISTED = new Sort(BY_POPULARITY, BY_LINE, BY_NUMBER);

    private static final int MOST_NEAREST = 5;
    /** Of what matches, in the order of the index: more of it is not looked through for what is in stock. */
    private static final int MOST_LOOKED_AT = 10_000;

    private final AtomicReference<@Nullable OpenSnapshot> serving = new AtomicReference<>();
    private final Duration timeLimit;

    private final Ranking ranking;
    private final LongSupplier nanos;
    /** Open once the newest snapshot at the start serves, or none does. */
    private final CountDownLatch opened;

    private LuceneSearch(Duration timeLimit, Ranking ranking, LongSupplier nanos, CountDownLatch opened) {
        this.timeLimit = timeLimit;
        this.ranking = ranking;
        this.nanos = nanos;
        this.opened = opened;
    }

    /** Serves the newest snapshot that is whole; with none, finds nothing until one comes. */
    static LuceneSearch start(Snapshots snapshots, Duration timeLimit, List<Ranking.By> ranking) throws IOException {
        return start(snapshots, timeLimit, ranking, System::nanoTime);
    }

    /** @param nanos by which a search's time is up */
    static LuceneSearch start(Snapshots snapshots, Duration timeLimit, List<Ranking.By> ranking, LongSupplier nanos)
            throws IOException {
        LuceneSearch search = new LuceneSearch(timeLimit, new Ranking(ranking), nanos, new CountDownLatch(0));
        search.open(snapshots);
        return search;
    }

    /** As {@link #start}, on a thread of its own: whoever asks before the snapshot is open and warm waits for it. */
    static LuceneSearch startBeside(Snapshots snapshots, Duration timeLimit, List<Ranking.By> ranking) {
        CountDownLatch opened = new CountDownLatch(1);
        LuceneSearch search = new LuceneSearch(timeLimit, new Ranking(ranking), System::nanoTime, opened);
        Thread.ofPlatform().daemon().name("index opening").start(() -> {
            try {
                search.open(snapshots);
            } catch (IOException | RuntimeException e) {
                log.error("the index cannot be opened, search finds nothing until another is published", e);
            } finally {
                opened.countDown();
            }
        });
        return search;
    }

    private void open(Snapshots snapshots) throws IOException {
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
                OpenSnapshot open = OpenSnapshot.open(snapshot, null);
                warm(open, WarmUp.AT_START);
                takeOver(open);
                snapshots.serve(snapshot);
                return;
            } catch (IOException | RuntimeException e) {
                log.warn("index snapshot cannot be opened and is not used version={} cause={}", version, e.toString());
            }
        }
        log.info("no index yet, search finds nothing until one is published tried={}", published.size());
    }

    /** Not interrupted: the wait is a fraction of a second, once, and whoever is interrupted is about to end anyway. */
    void awaitOpened() {
        if (opened.getCount() == 0) return;
        boolean interrupted = false;
        while (true) {
            try {
                opened.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    /** Opens a snapshot and warms it without serving it, so that one that cannot be opened or asked harms nobody. */
    OpenSnapshot prepare(Snapshot snapshot) throws IOException {
        awaitOpened();
        OpenSnapshot fresh = OpenSnapshot.open(snapshot, serving.get());
        warm(fresh, WarmUp.AT_SWAP);
        return fresh;
    }

    /** Asks it until the time is over; one that cannot be asked is let go. */
    private void warm(OpenSnapshot fresh, Duration time) throws IOException {
        long start = System.nanoTime();
        int asked = 0;
        boolean whole = false;
        try {
            for (PartQuery question : WarmUp.questions(fresh)) {
                if (System.nanoTime() - start > time.toNanos()) break;
                find(fresh, question, Beside.of(question, Shelves.Look.NOTHING));
                asked++;
            }
            whole = true;
        } finally {
            if (!whole) fresh.letGo();
        }
        log.info(
                "index warmed version={} questions={} millis={}",
                fresh.version().index(),
                asked,
                (System.nanoTime() - start) / 1_000_000);
    }

    void serve(OpenSnapshot fresh) throws IOException {
        awaitOpened();
        takeOver(fresh);
    }

    private void takeOver(OpenSnapshot fresh) throws IOException {
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
        awaitOpened();
        OpenSnapshot old = serving.getAndSet(null);
        if (old != null) old.letGo();
    }

    @Override
    public Version version() {
        awaitOpened();
        OpenSnapshot snapshot = serving.get();
        return snapshot == null ? Version.NONE : snapshot.version();
    }

    private @Nullable OpenSnapshot take() {
        awaitOpened();
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
        return found(query, Shelves.Look.NOTHING);
    }

    @Override
    public PartHits find(PartQuery query, Shelves.Look shelves) {
        return found(query, shelves);
    }

    /** What is beside the index. */
    private record Beside(
            Shelves.Look shelves,
            @Nullable Predicate<PartId> stocked,
            @Nullable Query only) {
        /** All that is in stock is looked up only where it is asked for. */
        static Beside of(PartQuery query, Shelves.Look shelves) {
            boolean known = !shelves.equals(Shelves.Look.NOTHING);
            boolean wanted = query.stocked() || query.facets() && known;
            Predicate<PartId> stocked = wanted ? shelves.stocked() : null;
            return new Beside(
                    shelves,
                    known ? stocked : null,
                    stocked != null && query.stocked() ? new OnlyQuery(stocked) : null);
        }
    }

    private PartHits found(PartQuery query, Shelves.Look shelves) {
        Beside beside = query.isEmpty() ? Beside.of(query, Shelves.Look.NOTHING) : Beside.of(query, shelves);
        long start = System.nanoTime();
        OpenSnapshot snapshot = take();
        if (snapshot == null) return new PartHits(0, 0, 0, List.of());
        try {
            Found found = query.isEmpty() ? Found.NOTHING : find(snapshot, query, beside);
            return new PartHits(
                    found.total,
                    (System.nanoTime() - start) / 1_000,
                    snapshot.version().index(),
                    found.hits,
                    found.understood,
                    found.nearest,
                    found.facets);
        } catch (IOException e) {
            throw new UncheckedIOException("the index cannot be read", e);
        } finally {
            giveBack(snapshot);
        }
    }

    private record Found(
            long total,
            List<PartHits.Hit> hits,
            Understood understood,
            List<PartHits.Hit> nearest,
            @Nullable Facets facets) {
        static final Found NOTHING = new Found(0, List.of(), Understood.NOTHING, List.of(), null);
    }

    private Found find(OpenSnapshot snapshot, PartQuery asked, Beside beside) throws IOException {
        IndexSearcher searcher = searcher(snapshot);
        Found found = find(searcher, snapshot, asked, beside);
        if (!searcher.timedOut()) return found;
        log.warn("search took too long and was cut off hits={} limit={}", found.hits.size(), timeLimit);
        // A machine that slept for a moment would say of a part that there is none.
        return found.hits.isEmpty() ? find(searcher(snapshot), snapshot, asked, beside) : found;
    }

    private Found find(IndexSearcher searcher, OpenSnapshot snapshot, PartQuery asked, Beside beside)
            throws IOException {
        try (Question question = new Question(asked, snapshot)) {
            return question.hasText()
                    ? answered(question, searcher, snapshot, asked, beside)
                    : listed(question, searcher, snapshot, asked, beside);
        }
    }

    /** All that was chosen, where nothing was typed. */
    private Found listed(
            Question question, IndexSearcher searcher, OpenSnapshot snapshot, PartQuery asked, Beside beside)
            throws IOException {
        Query only = beside.only;
        Query chosen = within(question.chosen(), null, only);
        TopFieldDocs top = top(searcher, chosen, LISTED, asked, beside);
        rank(top, new Behind(searcher, chosen, LISTED), snapshot, asked, beside);
        Explanation explanation = new Explanation(snapshot, asked, question, null);
        Facets facets = asked.facets() ? facets(searcher, question.chosenVehicle(), asked, beside) : null;
        return new Found(top.totalHits.value(), explanation.hits(top, asked), Understood.NOTHING, List.of(), facets);
    }

    /** As typed; if that finds nothing, with words much like the typed ones, first those that mean nothing as they are; then what comes nearest. */
    private Found answered(
            Question question, IndexSearcher searcher, OpenSnapshot snapshot, PartQuery asked, Beside beside)
            throws IOException {
        Query only = beside.only;
        Question.Attempt attempt = question.asTyped();
        Query led = within(attempt.query(), question.chosen(), only);
        TopFieldDocs top = top(searcher, led, RANKED, asked, beside);
        Question.Attempt last = attempt;
        for (int i = 0; i < 2 && top.totalHits.value() == 0 && !searcher.timedOut(); i++) {
            Question.Attempt similar = question.similarly(i == 1);
            if (similar == null) continue;
            if (!last.guessed()) last = similar;
            Query guess = within(similar.query(), question.chosen(), only);
            TopFieldDocs found = top(searcher, guess, RANKED, asked, beside);
            if (found.totalHits.value() == 0) continue;
            top = found;
            led = guess;
            last = similar;
        }
        boolean none = top.totalHits.value() == 0;
        rank(top, new Behind(searcher, led, RANKED), snapshot, asked, beside);
        Explanation explanation = new Explanation(snapshot, asked, question, last);
        List<Understood.Tried> tried = !last.guessed() ? List.of() : Question.tried(last.words());
        Understood understood =
                new Understood(none ? List.of() : explanation.vehicle(top.scoreDocs[0].doc), question.read(), tried);
        List<PartHits.Hit> nearest =
                none && !searcher.timedOut() ? nearest(question, last, searcher, explanation, asked, only) : List.of();
        Facets facets = asked.facets()
                ? facets(searcher, within(last.query(), question.chosenVehicle(), null), asked, beside)
                : null;
        return new Found(top.totalHits.value(), explanation.hits(top, asked), understood, nearest, facets);
    }

    private static List<PartHits.Hit> nearest(
            Question question,
            Question.Attempt last,
            IndexSearcher searcher,
            Explanation explanation,
            PartQuery asked,
            @Nullable Query only)
            throws IOException {
        Query most = question.nearest(last.words());
        if (most == null) return List.of();
        TopFieldDocs top = searcher.search(
                within(most, question.chosen(), only),
                new TopFieldCollectorManager(RANKED, Math.min(MOST_NEAREST, asked.limit()), 1));
        List<PartHits.Hit> nearest = new ArrayList<>();
        for (ScoreDoc each : top.scoreDocs) nearest.add(explanation.nearest(each.doc));
        return nearest;
    }

    /** Where what lies behind the first hits is looked for. */
    private record Behind(IndexSearcher searcher, Query query, Sort sort) {}

    private void rank(TopFieldDocs top, Behind behind, OpenSnapshot snapshot, PartQuery asked, Beside beside)
            throws IOException {
        if (beside.shelves.equals(Shelves.Look.NOTHING)) return;
        List<ScoreDoc> brought = inStockBehind(top, behind, asked, beside);
        if (brought.isEmpty() && asked.offset() >= SHELF) return;
        int concerned = brought.isEmpty()
                ? Ranking.concerned(top.scoreDocs, asked.offset() + asked.limit(), SHELF)
                : SHELF + brought.size();
        if (!brought.isEmpty()) top.scoreDocs = broughtForward(top.scoreDocs, brought);
        List<PartId> ids = new ArrayList<>();
        List<LeafReaderContext> leaves = snapshot.reader().leaves();
        for (int i = 0; i < concerned; i++) {
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(top.scoreDocs[i].doc, leaves));
            ids.add(Explanation.id(leaf, top.scoreDocs[i].doc - leaf.docBase));
        }
        ranking.order(top.scoreDocs, ids, beside.shelves, snapshot.reader());
    }

    /**
     * Where the last of the first hits is one of many that are equally good: those of them that are in stock, which the index has behind. They come before
     * all that is not, on whatever page they would have been.
     */
    private List<ScoreDoc> inStockBehind(TopFieldDocs top, Behind behind, PartQuery asked, Beside beside)
            throws IOException {
        ScoreDoc[] found = top.scoreDocs;
        if (!ranking.isByStockFirst() || beside.only != null) return List.of();
        if (found.length < SHELF || top.totalHits.value() <= SHELF) return List.of();
        float points = found[SHELF - 1].score;
        int equal = SHELF - 1;
        while (equal > 0 && Float.compare(found[equal - 1].score, points) == 0) equal--;
        if (asked.offset() + asked.limit() <= equal) return List.of();
        Query stocked = within(behind.query, null, OnlyQuery.first(MOST_LOOKED_AT, beside.shelves.stocked()));
        Set<Integer> before = new HashSet<>();
        for (int i = 0; i < SHELF; i++) before.add(found[i].doc);
        List<ScoreDoc> brought = new ArrayList<>();
        for (ScoreDoc each : top(behind.searcher, stocked, behind.sort, SHELF).scoreDocs)
            if (Float.compare(each.score, points) == 0 && !before.contains(each.doc)) brought.add(each);
        return brought;
    }

    private static ScoreDoc[] broughtForward(ScoreDoc[] found, List<ScoreDoc> brought) {
        Set<Integer> moved = new HashSet<>();
        for (ScoreDoc each : brought) moved.add(each.doc);
        List<ScoreDoc> all = new ArrayList<>(List.of(found).subList(0, SHELF));
        all.addAll(brought);
        for (int i = SHELF; i < found.length; i++) if (!moved.contains(found[i].doc)) all.add(found[i]);
        return all.toArray(ScoreDoc[]::new);
    }

    private static Facets facets(IndexSearcher searcher, Query query, PartQuery asked, Beside beside)
            throws IOException {
        FacetCounter counter = new FacetCounter(asked, beside.stocked);
        into(counter, searcher, query);
        return counter.facets();
    }

    private static Query within(Query query, @Nullable Query chosen, @Nullable Query only) {
        boolean any = chosen == null || chosen instanceof MatchAllDocsQuery;
        if (any && only == null) return query;
        BooleanQuery.Builder within = new BooleanQuery.Builder().add(query, Occur.MUST);
        if (chosen != null && !any) within.add(chosen, Occur.FILTER);
        if (only != null) within.add(only, Occur.FILTER);
        return within.build();
    }

    private IndexSearcher searcher(OpenSnapshot snapshot) {
        IndexSearcher searcher = new IndexSearcher(snapshot.reader());
        // What it would keep is cheap to find again; filling it makes now and then a question wait.
        searcher.setQueryCache(null);
        long start = nanos.getAsLong();
        long limit = timeLimit.toNanos();
        searcher.setTimeout(() -> nanos.getAsLong() - start > limit);
        return searcher;
    }

    private TopFieldDocs top(IndexSearcher searcher, Query query, Sort sort, PartQuery asked, Beside beside)
            throws IOException {
        int end = asked.offset() + asked.limit();
        boolean ranks = !beside.shelves.equals(Shelves.Look.NOTHING);
        return top(searcher, query, sort, ranks ? ranking.candidates(end, SHELF) : end);
    }

    private static TopFieldDocs top(IndexSearcher searcher, Query query, Sort sort, int size) throws IOException {
        return sort.equals(RANKED)
                ? TopParts.of(searcher, query, LISTED, size, PartHits.EXACT_TOTAL)
                : searcher.search(query, new TopFieldCollectorManager(sort, size, PartHits.EXACT_TOTAL));
    }

    /**
     * Says of a hit why it is one.
     *
     * @param attempt that led to the hits; null where nothing was typed
     */
    private record Explanation(
            OpenSnapshot snapshot, PartQuery asked, Question question, Question.@Nullable Attempt attempt) {

        private List<TypedWord> words() {
            return attempt == null ? List.of() : attempt.words();
        }

        List<PartHits.Hit> hits(TopFieldDocs top, PartQuery asked) throws IOException {
            List<PartHits.Hit> hits = new ArrayList<>();
            int end = Math.min(asked.offset() + asked.limit(), top.scoreDocs.length);
            for (int i = asked.offset(); i < end; i++) hits.add(hit(top.scoreDocs[i]));
            return hits;
        }

        private PartHits.Hit hit(ScoreDoc found) throws IOException {
            LeafReaderContext leaf = leaf(found.doc);
            int document = found.doc - leaf.docBase;
            return new PartHits.Hit(id(leaf, document), reason(found, leaf, document));
        }

        private LeafReaderContext leaf(int document) {
            List<LeafReaderContext> leaves = snapshot.reader().leaves();
            return leaves.get(ReaderUtil.subIndex(document, leaves));
        }

        private static PartId id(LeafReaderContext leaf, int document) throws IOException {
            BinaryDocValues ids = DocValues.getBinary(leaf.reader(), Fields.ID);
            if (!ids.advanceExact(document)) throw new IOException("a document without an id");
            return PartDocuments.id(ids.binaryValue());
        }

        private Reason reason(ScoreDoc found, LeafReaderContext leaf, int document) throws IOException {
            Reason.Kind kind = kind(found);
            String detail = switch (kind) {
                case EXACT, WITHOUT_DASHES -> number(leaf, document);
                case PREFIX -> Text.printed(asked.text());
                case INTERCHANGE -> related(found.doc, false);
                case REPLACES -> {
                    String direct = related(found.doc, true);
                    yield direct.isEmpty() ? question.succeeded(id(leaf, document)) : direct;
                }
                case WORD -> attempt == null ? "" : snapshot.vehicles().saidBy(leaf, document, attempt.vehicles());
                case SIMILAR -> similar(leaf, document);
                case NEAREST -> "";
                case FITS -> asked.hasVehicle() ? snapshot.vehicles().chosenBy(leaf, document, asked) : "";
            };
            return new Reason(kind, detail);
        }

        /** The other number that was typed, as printed; empty if it is none of the part's own. */
        private String related(int document, boolean replaced) throws IOException {
            return PartDocuments.related(
                    snapshot.reader()
                            .storedFields()
                            .document(document, Set.of(Fields.RELATED))
                            .getValues(Fields.RELATED),
                    replaced,
                    question.normal());
        }

        private Reason.Kind kind(ScoreDoc found) {
            if (!question.hasText()) return Reason.Kind.FITS;
            if (attempt != null && attempt.guessed()) return Reason.Kind.SIMILAR;
            return found instanceof FieldDoc ranked && ranked.fields[0] instanceof Float score
                    ? Question.kind(score)
                    : Reason.Kind.WORD;
        }

        /** What the words say of the vehicle by which this part answers. */
        List<Understood.VehicleTerm> vehicle(int document) throws IOException {
            LeafReaderContext leaf = leaf(document);
            if (attempt == null) return List.of();
            return Question.understood(
                    attempt.words(), snapshot.vehicles().heard(leaf, document - leaf.docBase, attempt.vehicles()));
        }

        PartHits.Hit nearest(int document) throws IOException {
            LeafReaderContext leaf = leaf(document);
            int inLeaf = document - leaf.docBase;
            Set<String> met = new LinkedHashSet<>();
            for (TypedWord word : words()) {
                if (word.optional()) continue;
                for (Query way : question.ways(word)) if (matches(leaf, inLeaf, way)) met.add(word.token());
            }
            return new PartHits.Hit(id(leaf, inLeaf), new Reason(Reason.Kind.NEAREST, String.join(" ", met)));
        }

        private boolean matches(LeafReaderContext leaf, int document, Query query) throws IOException {
            IndexSearcher searcher = new IndexSearcher(snapshot.reader());
            Scorer scorer = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1)
                    .scorer(leaf);
            if (scorer == null) return false;
            TwoPhaseIterator twoPhase = scorer.twoPhaseIterator();
            if (twoPhase == null) return scorer.iterator().advance(document) == document;
            return twoPhase.approximation().advance(document) == document && twoPhase.matches();
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

        /** For each typed word that the part does not have, the closest that it has, or by whose synonym it is found. */
        private String similar(LeafReaderContext leaf, int document) throws IOException {
            Set<String> similar = new LinkedHashSet<>();
            for (TypedWord word : words()) {
                if (word.forms().size() < 2 || has(leaf, document, word.typed().text())) continue;
                String closest = "";
                for (TypedWord.Form form : word.forms().subList(1, word.forms().size())) {
                    boolean here = has(leaf, document, form.text());
                    if (here || closest.isEmpty() && snapshot.synonyms().knows(form.spelling())) closest = form.text();
                    if (here) break;
                }
                if (!closest.isEmpty()) similar.add(closest);
            }
            return String.join(" ", similar);
        }

        private static boolean has(LeafReaderContext leaf, int document, String word) throws IOException {
            for (String field : List.of(Fields.PLAIN, Fields.BRAND, Fields.VEHICLE))
                if (has(leaf, document, new Term(field, word))) return true;
            return false;
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
            try (Question question = new Question(vehicle, snapshot)) {
                into(categories, searcher, question.chosen());
            }
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
