package mx.refahub.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mx.refahub.domain.Failpoint;
import mx.refahub.domain.search.IndexManifest;
import mx.refahub.domain.search.IndexReplica;

/** Downloads by content: a file is named by its hash until its snapshot is swapped in, so that an interrupted one goes on even for a newer version. */
final class ReplicaFiles implements IndexReplica {
    private static final String INCOMING = "incoming";
    private static final String PART = ".part";

    private final Snapshots snapshots;
    private final LuceneSearch search;

    ReplicaFiles(Snapshots snapshots, LuceneSearch search) {
        this.snapshots = snapshots;
        this.search = search;
    }

    @Override
    public List<Missing> missing(IndexManifest manifest) throws IOException {
        Path incoming = snapshots.workFolder(INCOMING);
        Map<String, Path> here = here();
        List<Missing> missing = new ArrayList<>();
        for (IndexManifest.File file : manifest.files()) {
            if (here.containsKey(file.sha256()) || Files.exists(incoming.resolve(file.sha256()))) continue;
            Path part = incoming.resolve(file.sha256() + PART);
            missing.add(new Missing(file, Files.exists(part) ? Math.min(Files.size(part), file.size()) : 0));
        }
        return missing;
    }

    /** Files of the snapshots that are here whole, by hash. */
    private Map<String, Path> here() throws IOException {
        Map<String, Path> here = new HashMap<>();
        for (IndexManifest manifest : snapshots.all()) {
            if (!snapshots.isWhole(manifest)) continue;
            for (IndexManifest.File file : manifest.files())
                here.put(file.sha256(), snapshots.directory(manifest.version()).resolve(file.name()));
        }
        return here;
    }

    @Override
    public void receive(IndexManifest manifest, IndexManifest.File file, InputStream bytes) throws IOException {
        Path incoming = snapshots.workFolder(INCOMING);
        Path part = incoming.resolve(file.sha256() + PART);
        try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            bytes.transferTo(out);
        }
        long size = Files.size(part);
        if (size < file.size()) return;
        if (size > file.size() || !Snapshots.sha256(part).equals(file.sha256())) {
            Files.delete(part);
            throw new IOException("index file " + file.name() + " of version " + manifest.version()
                    + " came damaged and was dropped");
        }
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(part, incoming.resolve(file.sha256()), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void swap(IndexManifest manifest) throws IOException {
        Path incoming = snapshots.workFolder(INCOMING);
        Map<String, Path> here = here();
        if (search.version().index() == manifest.version()) return;
        Path target = snapshots.directory(manifest.version());
        Snapshots.deleteFolder(target);
        Files.createDirectories(target);
        for (IndexManifest.File file : manifest.files()) {
            Path fetched = incoming.resolve(file.sha256());
            Path source = Files.exists(fetched) ? fetched : here.get(file.sha256());
            if (source == null)
                throw new IOException(
                        "index file " + file.name() + " of version " + manifest.version() + " is not here yet");
            Files.createLink(target.resolve(file.name()), source);
        }
        Failpoint.INDEX_FETCHED_NOT_SWAPPED.pass();
        snapshots.publish(manifest);
        search.open(snapshots, manifest);
        sweep(incoming);
    }

    private static void sweep(Path incoming) throws IOException {
        try (Stream<Path> files = Files.list(incoming)) {
            for (Path file : files.toList()) Files.deleteIfExists(file);
        }
    }
}
