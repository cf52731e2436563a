package mx.refahub.batch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.search.IndexManifest;
import mx.refahub.domain.search.IndexedPart;
import mx.refahub.domain.search.PartIndex;

/** An index in memory that remembers what it was told. */
final class RecordingIndex implements PartIndex {
    final Map<PartId, IndexedPart> published = new HashMap<>();
    final List<List<IndexedPart>> builds = new ArrayList<>();
    final List<Boolean> fromNothing = new ArrayList<>();
    private boolean building;
    private volatile IndexManifest newest;

    @Override
    public synchronized Build rebuild() {
        return build(true);
    }

    @Override
    public synchronized Build update() {
        return build(newest == null);
    }

    private Build build(boolean empty) {
        if (building) throw new IllegalStateException("one build at a time");
        building = true;
        return new Recording(empty);
    }

    /** As if the snapshots on disk were of an older catalogue. */
    synchronized void forget() {
        newest = null;
        published.clear();
    }

    @Override
    public Optional<IndexManifest> newest() {
        return Optional.ofNullable(newest);
    }

    @Override
    public Optional<Path> file(long version, String name) {
        return Optional.empty();
    }

    private final class Recording implements Build {
        private final boolean empty;
        private final Map<PartId, IndexedPart> content;
        private final List<IndexedPart> puts = new ArrayList<>();

        private Recording(boolean empty) {
            this.empty = empty;
            content = empty ? new HashMap<>() : new HashMap<>(published);
        }

        @Override
        public void put(IndexedPart part) {
            puts.add(part);
            content.put(part.part().id(), part);
        }

        @Override
        public void remove(PartId part) {
            content.remove(part);
        }

        @Override
        public IndexManifest publish(long catalogueVersion) {
            synchronized (RecordingIndex.this) {
                published.clear();
                published.putAll(content);
                builds.add(puts);
                fromNothing.add(empty);
                newest = new IndexManifest(
                        newest == null ? builds.size() : newest.version() + 1, catalogueVersion, List.of());
                return newest;
            }
        }

        @Override
        public void close() {
            synchronized (RecordingIndex.this) {
                building = false;
            }
        }
    }
}
