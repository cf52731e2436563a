package mx.refahub.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.search.IndexManifest;
import mx.refahub.domain.search.PartHits;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.domain.search.Reason;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
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
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Searches the snapshot that serves; a new one takes over between two searches. */
final class LuceneSearch implements PartSearch, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LuceneSearch.class);
    private static final int EXACT_TOTAL = 1_000;
    private static final Sort ORDER =
            new Sort(SortField.FIELD_SCORE, new SortField(Fields.ORDER, SortField.Type.STRING));

    private final AtomicReference<@Nullable OpenSnapshot> serving = new AtomicReference<>();
    private final Duration timeLimit;

    LuceneSearch(Duration timeLimit) {
        this.timeLimit = timeLimit;
    }

    /** Opens the newest snapshot that can be opened; with none, answers nothing until one comes. */
    static LuceneSearch openNewest(Snapshots snapshots, Duration timeLimit) {
        LuceneSearch search = new LuceneSearch(timeLimit);
        try {
            for (IndexManifest manifest : snapshots.inOrderOfTrust()) {
                if (search.tryOpen(snapshots, manifest)) break;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of the index cannot be read", e);
        }
        return search;
    }

    private boolean tryOpen(Snapshots snapshots, IndexManifest manifest) {
        try {
            if (!snapshots.isWhole(manifest)) throw new IOException("files are missing or cut short");
            open(snapshots, manifest);
            return true;
        } catch (IOException | RuntimeException e) {
            log.warn(
                    "index snapshot cannot be opened, an older one serves version={} cause={}",
                    manifest.version(),
                    e.toString());
            return false;
        }
    }

    void open(Snapshots snapshots, IndexManifest manifest) throws IOException {
        OpenSnapshot fresh = OpenSnapshot.open(
                snapshots.directory(manifest.version()), new Version(manifest.version(), manifest.catalogueVersion()));
        OpenSnapshot old = serving.getAndSet(fresh);
        if (old != null) old.giveBack();
        log.info(
                "index opened version={} catalogue={} parts={}",
                manifest.version(),
                manifest.catalogueVersion(),
                fresh.reader().numDocs());
    }

    @Override
    public void close() throws IOException {
        OpenSnapshot old = serving.getAndSet(null);
        if (old != null) old.giveBack();
    }

    @Override
    public Version version() {
        OpenSnapshot snapshot = serving.get();
        return snapshot == null ? Version.NONE : snapshot.version();
    }

    @Override
    public PartHits find(PartQuery query) {
        long start = System.nanoTime();
        OpenSnapshot snapshot = take();
        if (snapshot == null) return new PartHits(0, 0, 0, List.of());
        try {
            long version = snapshot.version().index();
            if (query.isEmpty()) return new PartHits(0, 0, version, List.of());
            Question question = new Question(query, snapshot.vehicles());
            IndexSearcher searcher = searcher(snapshot);
            TopFieldDocs found = search(searcher, question.exactly(), query);
            if (found.totalHits.value() == 0) found = search(searcher, question.similarly(), query);
            List<PartHits.Hit> hits = new ArrayList<>();
            for (int i = query.offset(); i < found.scoreDocs.length; i++)
                hits.add(hit(searcher, found.scoreDocs[i], query, question));
            return new PartHits(found.totalHits.value(), (System.nanoTime() - start) / 1_000, version, hits);
        } catch (IOException e) {
            throw new UncheckedIOException("the index cannot be read", e);
        } finally {
            giveBack(snapshot);
        }
    }

    @Override
    public VehicleChoices choices(PartQuery chosen) {
        OpenSnapshot snapshot = take();
        if (snapshot == null) return new VehicleChoices(List.of(), List.of(), List.of(), List.of(), List.of());
        try {
            Vehicles vehicles = snapshot.vehicles();
            return new VehicleChoices(
                    vehicles.years(chosen),
                    vehicles.makes(chosen),
                    vehicles.models(chosen),
                    vehicles.engines(chosen),
                    categories(snapshot, chosen));
        } catch (IOException e) {
            throw new UncheckedIOException("the index cannot be read", e);
        } finally {
            giveBack(snapshot);
        }
    }

    private @Nullable OpenSnapshot take() {
        while (true) {
            OpenSnapshot snapshot = serving.get();
            if (snapshot == null) return null;
            OpenSnapshot taken = snapshot.taken();
            if (taken != null) return taken;
        }
    }

    private static void giveBack(OpenSnapshot snapshot) {
        try {
            snapshot.giveBack();
        } catch (IOException e) {
            log.warn(
                    "index snapshot cannot be closed version={} cause={}",
                    snapshot.version().index(),
                    e.toString());
        }
    }

    private IndexSearcher searcher(OpenSnapshot snapshot) {
        IndexSearcher searcher = new IndexSearcher(snapshot.reader());
        long deadline = System.nanoTime() + timeLimit.toNanos();
        searcher.setTimeout(() -> System.nanoTime() - deadline > 0);
        return searcher;
    }

    private static TopFieldDocs search(IndexSearcher searcher, Query query, PartQuery asked) throws IOException {
        return searcher.search(query, new TopFieldCollectorManager(ORDER, asked.offset() + asked.limit(), EXACT_TOTAL));
    }

    private static PartHits.Hit hit(IndexSearcher searcher, ScoreDoc found, PartQuery asked, Question question)
            throws IOException {
        Document document = searcher.storedFields().document(found.doc, Set.of(Fields.ID, Fields.INTERCHANGE));
        float score = ((FieldDoc) found).fields[0] instanceof Float value ? value : Question.STEP;
        Reason.Kind kind = Question.classOf(score);
        String detail = switch (kind) {
            case INTERCHANGE, REPLACES -> interchange(document, question.normal(), kind == Reason.Kind.REPLACES);
            case FITS -> vehicle(asked);
            case EXACT, WITHOUT_DASHES, PREFIX, WORD, SIMILAR -> "";
        };
        return new PartHits.Hit(PartId.of(document.get(Fields.ID)), new Reason(kind, detail));
    }

    /** Brand and number of the interchange that was typed. */
    private static String interchange(Document document, String normal, boolean old) {
        for (String stored : document.getValues(Fields.INTERCHANGE)) {
            int space = stored.indexOf(' ');
            String named = stored.substring(space + 1);
            if (stored.startsWith("SUPERSEDES") == old
                    && PartNumber.normal(named).endsWith(normal)) return named;
        }
        return "";
    }

    private static String vehicle(PartQuery asked) {
        String year = asked.year() == 0 ? "" : Integer.toString(asked.year());
        return String.join(" ", asked.make(), asked.model(), year, asked.engine())
                .replaceAll(" +", " ")
                .strip();
    }

    private List<String> categories(OpenSnapshot snapshot, PartQuery chosen) throws IOException {
        PartQuery vehicle = new PartQuery("", chosen.make(), chosen.model(), chosen.year(), chosen.engine(), "", 1, 0);
        Set<String> categories = new HashSet<>();
        searcher(snapshot).search(new Question(vehicle, snapshot.vehicles()).fitsChosen(), new Categories(categories));
        categories.remove("");
        return Vehicles.sorted(categories);
    }

    /** Each distinct category of the matching parts. */
    private static final class Categories extends SimpleCollector {
        private final Set<String> names;
        private @Nullable SortedDocValues values;
        private boolean[] seen = new boolean[0];

        Categories(Set<String> names) {
            this.names = names;
        }

        @Override
        protected void doSetNextReader(LeafReaderContext context) throws IOException {
            values = DocValues.getSorted(context.reader(), Fields.CATEGORY_VALUE);
            seen = new boolean[Math.max(0, values.getValueCount())];
        }

        @Override
        public void collect(int doc) throws IOException {
            SortedDocValues here = values;
            if (here == null || !here.advanceExact(doc)) return;
            int ordinal = here.ordValue();
            if (seen[ordinal]) return;
            seen[ordinal] = true;
            BytesRef name = here.lookupOrd(ordinal);
            names.add(name.utf8ToString());
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }
}
