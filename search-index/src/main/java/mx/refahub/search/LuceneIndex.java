package mx.refahub.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.search.IndexManifest;
import mx.refahub.domain.search.IndexedPart;
import mx.refahub.domain.search.PartIndex;
import mx.refahub.search.snapshot.Disk;
import mx.refahub.search.snapshot.Snapshot;
import mx.refahub.search.snapshot.Snapshots;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.similarities.BooleanSimilarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds snapshots in folders of their own. An update starts from links to the newest snapshot's files, which Lucene never changes but only adds to. */
final class LuceneIndex implements PartIndex {
    private static final Logger log = LoggerFactory.getLogger(LuceneIndex.class);
    private static final double MEMORY_MB = 64;
    /** Above this a merge would make a small update wait for minutes; a rebuild merges as it goes. */
    private static final double LARGEST_MERGE_OF_UPDATE_MB = 64;
    /** A rebuild ends as one segment; until then hardly anything is merged, so that each part is merged once. */
    private static final int SEGMENTS_OF_A_REBUILD = 50;
    /** An update that brings at least one part in so many ends as one segment too: most of it travels anyway. */
    private static final long LARGE_UPDATE = 4;

    private final Snapshots snapshots;
    private final LuceneSearch search;
    private final Path synonyms;
    private final AtomicBoolean building = new AtomicBoolean();

    /** @param synonyms the file that a person edits; read anew for each publication, and need not be there */
    LuceneIndex(Snapshots snapshots, LuceneSearch search, Path synonyms) {
        this.snapshots = snapshots;
        this.search = search;
        this.synonyms = synonyms;
    }

    @Override
    public Build rebuild() throws IOException {
        return begin(Optional.empty());
    }

    @Override
    public Build update() throws IOException {
        return begin(snapshots.serving());
    }

    private Build begin(Optional<Snapshot> from) throws IOException {
        if (!building.compareAndSet(false, true)) throw new IllegalStateException("the index is being built already");
        boolean begun = false;
        try {
            Path folder = snapshots.newFolder();
            if (from.isPresent())
                for (IndexManifest.File file : from.get().manifest().files())
                    Disk.link(from.get().file(file), folder.resolve(file.name()));
            Build build = new FolderBuild(folder, from);
            begun = true;
            return build;
        } finally {
            if (!begun) building.set(false);
        }
    }

    @Override
    public Optional<IndexManifest> newest() {
        return snapshots.serving().map(Snapshot::manifest);
    }

    @Override
    public Optional<Path> file(long version, String name) {
        return snapshots.published().stream()
                .filter(snapshot -> snapshot.manifest().version() == version)
                .flatMap(snapshot -> snapshot.manifest().files().stream()
                        .filter(file -> file.name().equals(name))
                        .map(snapshot::file))
                .findFirst();
    }

    private final class FolderBuild implements Build {
        private final Path folder;
        private final Map<String, IndexManifest.File> linked = new HashMap<>();
        /** From nothing, or upon an index without a part. */
        private final boolean rebuild;

        private final Directory directory;
        private final IndexWriter writer;
        private final PartDocuments documents = new PartDocuments();
        private final Workers workers = new Workers();
        private final long start = System.nanoTime();
        private long put;
        private boolean ended;

        FolderBuild(Path folder, Optional<Snapshot> from) throws IOException {
            this.folder = folder;
            from.ifPresent(snapshot -> snapshot.manifest().files().forEach(file -> linked.put(file.name(), file)));
            this.directory = new MMapDirectory(folder);
            this.writer = new IndexWriter(
                    directory,
                    new IndexWriterConfig(new KeywordAnalyzer())
                            .setSimilarity(new BooleanSimilarity())
                            .setIndexSort(LuceneSearch.LISTED)
                            .setOpenMode(from.isEmpty() ? OpenMode.CREATE : OpenMode.APPEND)
                            .setRAMBufferSizeMB(MEMORY_MB)
                            .setCommitOnClose(false));
            this.rebuild = writer.getDocStats().numDocs == 0;
            TieredMergePolicy merges = new TieredMergePolicy();
            if (rebuild) merges.setSegmentsPerTier(SEGMENTS_OF_A_REBUILD);
            else merges.setMaxMergedSegmentMB(LARGEST_MERGE_OF_UPDATE_MB);
            writer.getConfig().setMergePolicy(merges);
        }

        @Override
        public void put(IndexedPart part) throws IOException {
            if (ended) throw new IllegalStateException("this build is spent");
            put++;
            PartId id = part.part().id();
            workers.give(id, seen -> {
                // A part that comes for the first time in a rebuild replaces nothing, and need not be looked for.
                if (rebuild && !seen.getAndSet(id)) writer.addDocument(documents.of(part));
                else writer.updateDocument(PartDocuments.key(id), documents.of(part));
            });
        }

        @Override
        public void remove(PartId part) throws IOException {
            workers.give(part, seen -> writer.deleteDocuments(PartDocuments.key(part)));
        }

        @Override
        public IndexManifest publish(long catalogueVersion) throws IOException {
            if (ended) throw new IllegalStateException("this build is spent");
            workers.finish();
            // A question is set up anew for each segment. A small update leaves the large ones as they are.
            if (rebuild || put * LARGE_UPDATE >= writer.getDocStats().maxDoc) writer.forceMerge(1);
            // In the commit itself, so that the same version answers the same everywhere, and no two snapshots share
            // the file.
            String words = SynonymFile.read(synonyms).pack();
            writer.setLiveCommitData(Map.of(OpenSnapshot.SHAPE, Fields.SHAPE, OpenSnapshot.SYNONYMS, words)
                    .entrySet());
            writer.commit();
            writer.close();
            List<IndexManifest.File> files = files();
            directory.close();
            Snapshot laid = snapshots.lay(folder, new IndexManifest(snapshots.nextVersion(), catalogueVersion, files));
            end();
            OpenSnapshot fresh = search.prepare(laid);
            boolean pointed = false;
            try {
                snapshots.point(laid);
                pointed = true;
            } finally {
                if (!pointed) fresh.letGo();
            }
            search.serve(fresh);
            long added = files.stream()
                    .filter(file -> !linked.containsKey(file.name()))
                    .mapToLong(IndexManifest.File::size)
                    .sum();
            log.info(
                    "index published version={} catalogue={} files={} newBytes={} millis={}",
                    laid.manifest().version(),
                    catalogueVersion,
                    files.size(),
                    added,
                    (System.nanoTime() - start) / 1_000_000);
            return laid.manifest();
        }

        /** What the commit consists of; anything else goes. Linked files keep the hash they had. */
        private List<IndexManifest.File> files() throws IOException {
            List<String> names =
                    new ArrayList<>(SegmentInfos.readLatestCommit(directory).files(true));
            names.sort(null);
            for (String name : directory.listAll()) if (!names.contains(name)) directory.deleteFile(name);
            List<IndexManifest.File> files = new ArrayList<>();
            for (String name : names) {
                IndexManifest.File known = linked.get(name);
                Path path = folder.resolve(name);
                files.add(known != null ? known : new IndexManifest.File(name, Files.size(path), Disk.sha256(path)));
            }
            return files;
        }

        @Override
        public void close() throws IOException {
            if (ended) return;
            try {
                workers.abandon();
                if (writer.isOpen()) writer.rollback();
                directory.close();
                Disk.delete(folder);
            } finally {
                end();
            }
        }

        private void end() {
            ended = true;
            building.set(false);
        }
    }
}
