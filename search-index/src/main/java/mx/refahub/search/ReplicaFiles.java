package mx.refahub.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mx.refahub.domain.Failpoint;
import mx.refahub.domain.search.IndexManifest;
import mx.refahub.domain.search.IndexReplica;
import mx.refahub.search.snapshot.Disk;
import mx.refahub.search.snapshot.Snapshot;
import mx.refahub.search.snapshot.Snapshots;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Downloads are named by their hash until their snapshot is swapped in, so that one that was interrupted goes on even for a newer version. */
final class ReplicaFiles implements IndexReplica {
    private static final Logger log = LoggerFactory.getLogger(ReplicaFiles.class);
    private static final String PART = ".part";
    private static final int BUFFER = 1 << 16;

    private final Snapshots snapshots;
    private final LuceneSearch search;

    ReplicaFiles(Snapshots snapshots, LuceneSearch search) {
        this.snapshots = snapshots;
        this.search = search;
    }

    @Override
    public synchronized List<Missing> missing(IndexManifest manifest) throws IOException {
        // Until then it is not known which of the files here are sound.
        search.awaitOpened();
        Path incoming = snapshots.incoming();
        Map<String, Path> here = here();
        List<Missing> missing = new ArrayList<>();
        for (IndexManifest.File file : manifest.files()) {
            if (here.containsKey(file.sha256()) || Files.exists(incoming.resolve(file.sha256()))) continue;
            Path part = part(file);
            long have = Files.exists(part) ? Files.size(part) : 0;
            if (have >= file.size() && have > 0) {
                // All of it had come when the process died before looking at it.
                if (accepted(file, part)) continue;
                have = 0;
            }
            missing.add(new Missing(file, have));
        }
        return missing;
    }

    /** Files of checked snapshots, by hash. */
    private Map<String, Path> here() {
        Map<String, Path> here = new HashMap<>();
        for (Snapshot snapshot : snapshots.sound())
            for (IndexManifest.File file : snapshot.manifest().files()) here.put(file.sha256(), snapshot.file(file));
        return here;
    }

    private Path part(IndexManifest.File file) throws IOException {
        if (!file.sha256().matches("[0-9a-f]{64}"))
            throw new IOException("index file " + file.name() + " comes without a SHA-256");
        return snapshots.incoming().resolve(file.sha256() + PART);
    }

    @Override
    public synchronized void receive(IndexManifest manifest, IndexManifest.File file, InputStream bytes)
            throws IOException {
        Path part = part(file);
        if (Files.exists(snapshots.incoming().resolve(file.sha256()))) return;
        boolean tooLong = append(file, part, bytes);
        long size = Files.size(part);
        if (size < file.size() && !tooLong) {
            log.info("index file is still incomplete file={} have={} of={}", file.name(), size, file.size());
            return;
        }
        if (tooLong || !accepted(file, part)) {
            Files.deleteIfExists(part);
            throw new IOException("index file " + file.name() + " of version " + manifest.version()
                    + " came damaged and was dropped");
        }
    }

    /** Whether there was more than there should be. What came before a break stays. */
    private static boolean append(IndexManifest.File file, Path part, InputStream bytes) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            long left = file.size() - Files.size(part);
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                if (read > left) return true;
                out.write(buffer, 0, read);
                left -= read;
            }
            return left < 0;
        }
    }

    /** Drops a complete download that is not what was announced. */
    private boolean accepted(IndexManifest.File file, Path part) throws IOException {
        if (Files.size(part) != file.size() || !Disk.sha256(part).equals(file.sha256())) {
            Files.delete(part);
            return false;
        }
        Disk.sync(part);
        Disk.move(part, snapshots.incoming().resolve(file.sha256()));
        Disk.syncFolder(snapshots.incoming());
        return true;
    }

    @Override
    public synchronized void swap(IndexManifest manifest) throws IOException {
        if (snapshots.serving().map(Snapshot::manifest).equals(Optional.of(manifest))) return;
        Snapshot laid = snapshots.lay(gathered(manifest), manifest);
        OpenSnapshot fresh = search.prepare(laid);
        boolean pointed = false;
        try {
            Failpoint.INDEX_FETCHED_NOT_SWAPPED.pass();
            snapshots.point(laid);
            pointed = true;
        } finally {
            if (!pointed) fresh.letGo();
        }
        search.serve(fresh);
        try (Stream<Path> downloads = Files.list(snapshots.incoming())) {
            for (Path download : downloads.toList()) Files.deleteIfExists(download);
        }
    }

    /** A folder with a link to every file of the snapshot. */
    private Path gathered(IndexManifest manifest) throws IOException {
        Map<String, Path> here = here();
        List<String> lacking = new ArrayList<>();
        Map<IndexManifest.File, Path> sources = new HashMap<>();
        for (IndexManifest.File file : manifest.files()) {
            Path download = snapshots.incoming().resolve(file.sha256());
            Path source = Files.exists(download) ? download : here.get(file.sha256());
            if (source == null) lacking.add(file.name());
            else sources.put(file, source);
        }
        if (!lacking.isEmpty())
            throw new IOException("index version " + manifest.version() + " is not complete, it lacks " + lacking);
        Path folder = snapshots.newFolder();
        for (Map.Entry<IndexManifest.File, Path> each : sources.entrySet())
            Disk.link(each.getValue(), folder.resolve(each.getKey().name()));
        return folder;
    }
}
