package mx.refahub.search.snapshot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import mx.refahub.domain.search.IndexManifest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of snapshots. {@code v7/} holds the files of version 7 and its {@code MANIFEST}; {@code CURRENT} lists what has been published and is
 * kept, the newest first, and is replaced by a rename. What {@code CURRENT} does not list was never finished, or is no longer wanted, and is swept.
 *
 * <p>One process at a time: the folder is locked while this is open.
 */
public final class Snapshots implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Snapshots.class);
    private static final String CURRENT = "CURRENT";
    private static final String LOCK = "LOCK";
    private static final String INCOMING = "incoming";
    private static final String HIGHEST = "highest ";

    private final Path root;
    private final int keep;
    private final FileChannel lockFile;
    private final FileLock lock;
    private List<Snapshot> published = List.of();
    private final Set<Snapshot> damaged = new HashSet<>();
    private final Set<Snapshot> sound = new HashSet<>();
    private @Nullable Snapshot serving;
    private long highest;

    /**
     * @param keep how many published snapshots stay
     * @throws IllegalStateException if another process has the folder
     */
    public Snapshots(Path root, int keep) throws IOException {
        this.root = root;
        this.keep = keep;
        Files.createDirectories(root);
        this.lockFile = FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            this.lock = locked();
            load();
            sweep();
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
    }

    private FileLock locked() throws IOException {
        String inUse = "the index folder " + root.toAbsolutePath()
                + " is in use by another process; give each its own by refahub.search.directory";
        try {
            FileLock taken = lockFile.tryLock();
            if (taken == null) throw new IllegalStateException(inUse);
            return taken;
        } catch (OverlappingFileLockException e) {
            throw new IllegalStateException(inUse, e);
        }
    }

    private void load() throws IOException {
        Path pointer = root.resolve(CURRENT);
        if (!Files.exists(pointer)) return;
        List<String> lines = new String(Files.readAllBytes(pointer), StandardCharsets.UTF_8)
                .lines()
                .toList();
        List<String> names;
        if (lines.size() >= 1 && lines.getFirst().matches(HIGHEST + "\\d{1,18}")) {
            highest = Long.parseLong(lines.getFirst().substring(HIGHEST.length()));
            names = lines.subList(1, lines.size());
        } else {
            log.warn("index pointer is unreadable, taking the newest whole snapshot file={}", pointer);
            names = folders();
        }
        List<Snapshot> found = new ArrayList<>();
        for (String name : names) {
            Path folder = root.resolve(name);
            try {
                found.add(new Snapshot(folder, ManifestFile.read(folder)));
            } catch (IOException e) {
                log.warn("index snapshot is damaged and left out snapshot={} cause={}", name, e.toString());
            }
        }
        if (highest == 0)
            found.sort(Comparator.comparing((Snapshot each) -> each.manifest().version())
                    .reversed());
        for (Snapshot each : found) highest = Math.max(highest, each.manifest().version());
        published = List.copyOf(found);
    }

    private List<String> folders() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .filter(name -> name.matches("v\\d.*"))
                    .toList();
        }
    }

    /** What has been published and is kept, the newest first. */
    public synchronized List<Snapshot> published() {
        return published.stream().filter(each -> !damaged.contains(each)).toList();
    }

    /** The one that serves; empty if there is none or none is whole. */
    public synchronized Optional<Snapshot> serving() {
        return Optional.ofNullable(serving);
    }

    /** Snapshots whose content was checked since the start: their files may be linked into new ones. */
    public synchronized List<Snapshot> sound() {
        return List.copyOf(sound);
    }

    /** The number for the next publication: one above every number ever given out here. */
    public synchronized long nextVersion() {
        return highest + 1;
    }

    /** An empty folder for a new snapshot's files. */
    public Path newFolder() throws IOException {
        return Files.createTempDirectory(root, "build-");
    }

    /** Where downloads wait for their snapshot; kept over a restart. */
    public Path incoming() throws IOException {
        return Files.createDirectories(root.resolve(INCOMING));
    }

    /** @throws IOException naming the first file that is missing or is not what the manifest says */
    public void check(Snapshot snapshot) throws IOException {
        for (IndexManifest.File file : snapshot.manifest().files()) {
            Path path = snapshot.file(file);
            if (!Files.exists(path)) throw new IOException(file.name() + " is missing");
            if (Files.size(path) != file.size())
                throw new IOException(file.name() + " has " + Files.size(path) + " bytes, not " + file.size());
            if (!Disk.sha256(path).equals(file.sha256())) throw new IOException(file.name() + " has the wrong hash");
        }
    }

    /** A published snapshot turned out whole, at start: it serves. */
    public synchronized void serve(Snapshot snapshot) {
        sound.add(snapshot);
        serving = snapshot;
    }

    /** A published snapshot turned out damaged: it is neither served nor linked again, and goes at the next sweep. */
    public synchronized void condemn(Snapshot snapshot) {
        damaged.add(snapshot);
        sound.remove(snapshot);
    }

    /** Makes a folder of finished, synced files a snapshot that is whole on disk but not yet pointed to. */
    public synchronized Snapshot lay(Path folder, IndexManifest manifest) throws IOException {
        ManifestFile.write(folder, manifest);
        Disk.syncFolder(folder);
        Path target = root.resolve("v" + manifest.version());
        // A hub restored from a backup counts up again: the same number may come with other files.
        for (int i = 1; Files.exists(target); i++) target = root.resolve("v" + manifest.version() + "-" + i);
        Disk.move(folder, target);
        Disk.syncFolder(root);
        return new Snapshot(target, manifest);
    }

    /** Makes the snapshot the one that serves, also after a restart, and sweeps those beyond the number to keep. */
    public synchronized void point(Snapshot snapshot) throws IOException {
        List<Snapshot> next = new ArrayList<>();
        next.add(snapshot);
        // What serves until now is the way back, also when newer ones before it are damaged.
        if (serving != null) next.add(serving);
        for (Snapshot each : published()) if (!next.contains(each)) next.add(each);
        List<Snapshot> kept = List.copyOf(next.subList(0, Math.min(keep, next.size())));
        long number = Math.max(highest, snapshot.manifest().version());
        StringBuilder text = new StringBuilder(HIGHEST).append(number).append('\n');
        for (Snapshot each : kept) text.append(each.folder().getFileName()).append('\n');
        Path fresh = root.resolve(CURRENT + ".new");
        Disk.write(fresh, text.toString());
        Disk.move(fresh, root.resolve(CURRENT));
        Disk.syncFolder(root);
        highest = number;
        published = kept;
        damaged.clear();
        sound.add(snapshot);
        sound.retainAll(kept);
        serving = snapshot;
        sweep();
    }

    private void sweep() throws IOException {
        Set<Path> wanted = new HashSet<>();
        wanted.add(root.resolve(INCOMING));
        for (Snapshot each : published) wanted.add(each.folder());
        try (Stream<Path> entries = Files.list(root)) {
            for (Path entry : entries.filter(Files::isDirectory).toList()) {
                if (wanted.contains(entry)) continue;
                try {
                    Disk.delete(entry);
                } catch (IOException e) {
                    // Windows does not delete a file that a search still reads; the next sweep does.
                    log.info("index folder is still in use and swept later folder={}", entry.getFileName());
                }
            }
        }
        Files.deleteIfExists(root.resolve(CURRENT + ".new"));
    }

    @Override
    public void close() throws IOException {
        if (lock.isValid()) lock.release();
        lockFile.close();
    }
}
