package mx.refahub.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

/** Builds snapshots in a folder of their own and publishes them by renaming it. An update starts from links to the newest snapshot's files. */
final class LuceneIndex implements PartIndex {
    private static final String BUILD = "build";
    private static final String SHAPE = "shape";
    private static final double MEMORY_MB = 64;

    private final Snapshots snapshots;
    private final LuceneSearch search;
    private final AtomicBoolean building = new AtomicBoolean();

    LuceneIndex(Snapshots snapshots, LuceneSearch search) {
        this.snapshots = snapshots;
        this.search = search;
    }

    @Override
    public Build rebuild() throws IOException {
        return begin(List.of(), Path.of(""), OpenMode.CREATE);
    }

    @Override
    public Build update() throws IOException {
        Optional<IndexManifest> newest = snapshots.newest();
        if (newest.isEmpty() || !sameShape(newest.get())) return rebuild();
        return begin(newest.get().files(), snapshots.directory(newest.get().version()), OpenMode.APPEND);
    }

    private boolean sameShape(IndexManifest manifest) throws IOException {
        try (Directory directory = new MMapDirectory(snapshots.directory(manifest.version()))) {
            return Fields.SHAPE.equals(
                    SegmentInfos.readLatestCommit(directory).getUserData().get(SHAPE));
        }
    }

    private Build begin(List<IndexManifest.File> linked, Path from, OpenMode mode) throws IOException {
        if (!building.compareAndSet(false, true)) throw new IllegalStateException("the index is being built already");
        try {
            Path folder = snapshots.workFolder(BUILD);
            Snapshots.deleteFolder(folder);
            Files.createDirectories(folder);
            for (IndexManifest.File file : linked)
                Files.createLink(folder.resolve(file.name()), from.resolve(file.name()));
            return new FolderBuild(folder, linked, mode);
        } catch (IOException | RuntimeException e) {
            building.set(false);
            throw e;
        }
    }

    @Override
    public Optional<IndexManifest> newest() {
        try {
            return snapshots.newest();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of the index cannot be read", e);
        }
    }

    @Override
    public Optional<Path> file(long version, String name) {
        try {
            return snapshots.all().stream()
                    .filter(manifest -> manifest.version() == version)
                    .flatMap(manifest -> manifest.files().stream())
                    .filter(file -> file.name().equals(name))
                    .findFirst()
                    .map(file -> snapshots.directory(version).resolve(file.name()));
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of the index cannot be read", e);
        }
    }

    private final class FolderBuild implements Build {
        private final Path folder;
        private final Map<String, IndexManifest.File> linked = new HashMap<>();
        private final Directory directory;
        private final IndexWriter writer;
        private boolean ended;

        FolderBuild(Path folder, List<IndexManifest.File> linked, OpenMode mode) throws IOException {
            this.folder = folder;
            linked.forEach(file -> this.linked.put(file.name(), file));
            this.directory = new MMapDirectory(folder);
            this.writer = new IndexWriter(
                    directory,
                    new IndexWriterConfig(Text.OF_FIELDS)
                            .setOpenMode(mode)
                            .setRAMBufferSizeMB(MEMORY_MB)
                            .setCommitOnClose(false));
        }

        @Override
        public void put(IndexedPart part) throws IOException {
            writer.updateDocument(PartDocuments.key(part.part().id()), PartDocuments.of(part));
        }

        @Override
        public void remove(PartId part) throws IOException {
            writer.deleteDocuments(PartDocuments.key(part));
        }

        @Override
        public IndexManifest publish(long catalogueVersion) throws IOException {
            if (ended) throw new IllegalStateException("this build is spent");
            long version = snapshots.highestVersion() + 1;
            writer.setLiveCommitData(Map.of(SHAPE, Fields.SHAPE, "catalogue", Long.toString(catalogueVersion))
                    .entrySet());
            writer.commit();
            writer.close();
            List<IndexManifest.File> files = files();
            directory.close();
            Path target = snapshots.directory(version);
            Snapshots.deleteFolder(target);
            Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
            IndexManifest manifest = new IndexManifest(version, catalogueVersion, files);
            snapshots.publish(manifest);
            end();
            search.open(snapshots, manifest);
            return manifest;
        }

        /** What the commit consists of; anything else in the folder goes. */
        private List<IndexManifest.File> files() throws IOException {
            List<String> names =
                    new ArrayList<>(SegmentInfos.readLatestCommit(directory).files(true));
            names.sort(null);
            for (String name : directory.listAll()) if (!names.contains(name)) directory.deleteFile(name);
            List<IndexManifest.File> files = new ArrayList<>();
            for (String name : names) {
                IndexManifest.File known = linked.get(name);
                Path path = folder.resolve(name);
                files.add(
                        known != null ? known : new IndexManifest.File(name, Files.size(path), Snapshots.sha256(path)));
            }
            return files;
        }

        @Override
        public void close() throws IOException {
            if (ended) return;
            try {
                writer.rollback();
                directory.close();
                Snapshots.deleteFolder(folder);
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
