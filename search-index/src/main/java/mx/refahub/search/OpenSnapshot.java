package mx.refahub.search;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.search.snapshot.Snapshot;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.jspecify.annotations.Nullable;

/** A snapshot open for search; closed when its owner has let go and the last search that uses it has ended. */
final class OpenSnapshot {
    static final String SHAPE = "refahub.shape";
    static final String SYNONYMS = "refahub.synonyms";

    private final DirectoryReader reader;
    private final Vehicles vehicles;
    private final Vocabulary vocabulary;
    private final Synonyms synonyms;
    private final PartSearch.Version version;
    private final PartSets sets;
    private final AtomicBoolean owned = new AtomicBoolean(true);

    private OpenSnapshot(
            DirectoryReader reader,
            Vehicles vehicles,
            Vocabulary vocabulary,
            Synonyms synonyms,
            PartSearch.Version version,
            PartSets sets) {
        this.reader = reader;
        this.vehicles = vehicles;
        this.vocabulary = vocabulary;
        this.synonyms = synonyms;
        this.version = version;
        this.sets = sets;
    }

    /**
     * @param before the one that serves until now: what both have in common is not read again
     * @throws IOException also for an index that another version of this program wrote
     */
    static OpenSnapshot open(Snapshot snapshot, @Nullable OpenSnapshot before) throws IOException {
        Directory directory = new MMapDirectory(snapshot.folder());
        DirectoryReader reader = null;
        boolean open = false;
        try {
            reader = DirectoryReader.open(directory);
            Map<String, String> commit = reader.getIndexCommit().getUserData();
            String shape = commit.get(SHAPE);
            if (!Fields.SHAPE.equals(shape))
                throw new IOException("its fields are of shape " + shape + ", this program reads " + Fields.SHAPE);
            Vehicles vehicles = Vehicles.of(reader, before == null ? null : before.vehicles);
            Vocabulary vocabulary = Vocabulary.of(reader, before == null ? null : before.vocabulary);
            Synonyms synonyms = Synonyms.of(SynonymFile.packed(commit.getOrDefault(SYNONYMS, "")), vocabulary);
            reader.getReaderCacheHelper().addClosedListener(key -> directory.close());
            PartSets sets = before == null ? new PartSets() : before.sets;
            sets.sizes(
                    reader.leaves().stream().map(leaf -> leaf.reader().maxDoc()).toList());
            open = true;
            return new OpenSnapshot(
                    reader,
                    vehicles,
                    vocabulary,
                    synonyms,
                    new PartSearch.Version(
                            snapshot.manifest().version(), snapshot.manifest().catalogueVersion()),
                    sets);
        } finally {
            if (!open) {
                if (reader != null) reader.close();
                directory.close();
            }
        }
    }

    DirectoryReader reader() {
        return reader;
    }

    Vehicles vehicles() {
        return vehicles;
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    Synonyms synonyms() {
        return synonyms;
    }

    PartSets sets() {
        return sets;
    }

    PartSearch.Version version() {
        return version;
    }

    /** For one search; false if it was closed meanwhile. */
    boolean take() {
        return reader.tryIncRef();
    }

    void giveBack() throws IOException {
        reader.decRef();
    }

    /** The owner's own hold; searches that run go on. */
    void letGo() throws IOException {
        if (owned.getAndSet(false)) reader.decRef();
    }
}
