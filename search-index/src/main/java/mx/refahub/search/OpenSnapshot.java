package mx.refahub.search;

import java.io.IOException;
import java.nio.file.Path;
import mx.refahub.domain.search.PartSearch;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.MMapDirectory;
import org.jspecify.annotations.Nullable;

/** A snapshot open for search; closed when the last search that uses it has ended. */
final class OpenSnapshot {
    private final DirectoryReader reader;
    private final Vehicles vehicles;
    private final PartSearch.Version version;

    private OpenSnapshot(DirectoryReader reader, Vehicles vehicles, PartSearch.Version version) {
        this.reader = reader;
        this.vehicles = vehicles;
        this.version = version;
    }

    static OpenSnapshot open(Path folder, PartSearch.Version version) throws IOException {
        MMapDirectory directory = new MMapDirectory(folder);
        try {
            DirectoryReader reader = DirectoryReader.open(directory);
            return new OpenSnapshot(reader, Vehicles.of(reader), version);
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    DirectoryReader reader() {
        return reader;
    }

    Vehicles vehicles() {
        return vehicles;
    }

    PartSearch.Version version() {
        return version;
    }

    /** For one search; null if it was closed meanwhile. */
    @Nullable
    OpenSnapshot taken() {
        return reader.tryIncRef() ? this : null;
    }

    void giveBack() throws IOException {
        reader.decRef();
    }
}
