package mx.refahub.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mx.refahub.domain.search.IndexManifest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where snapshots lie: {@code v7/} holds the files of version 7, {@code v7.manifest} names them, {@code CURRENT} says which version serves. A snapshot
 * exists once its manifest does; {@code CURRENT} moves by a rename. Everything else in the folder is unfinished and swept at start.
 */
final class Snapshots {
    private static final Logger log = LoggerFactory.getLogger(Snapshots.class);
    private static final int KEPT = 3;
    private static final String CURRENT = "CURRENT";
    private static final String MANIFEST = ".manifest";

    private final Path root;

    Snapshots(Path root) throws IOException {
        this.root = root;
        Files.createDirectories(root);
        sweepUnfinished();
    }

    Path directory(long version) {
        return root.resolve("v" + version);
    }

    /** An empty folder for a build or for downloads. */
    Path workFolder(String name) throws IOException {
        Path folder = root.resolve(name);
        Files.createDirectories(folder);
        return folder;
    }

    /** The version that serves, then the others from the newest down. */
    List<IndexManifest> inOrderOfTrust() throws IOException {
        List<IndexManifest> manifests = new ArrayList<>(all());
        long current = current();
        manifests.sort(Comparator.comparing((IndexManifest m) -> m.version() == current ? 0 : 1)
                .thenComparing(IndexManifest::version, Comparator.reverseOrder()));
        return manifests;
    }

    Optional<IndexManifest> newest() throws IOException {
        return inOrderOfTrust().stream().findFirst();
    }

    long highestVersion() throws IOException {
        return all().stream().mapToLong(IndexManifest::version).max().orElse(0);
    }

    /** Makes a complete folder {@code v<version>} a snapshot and the one that serves. */
    void publish(IndexManifest manifest) throws IOException {
        StringBuilder text = new StringBuilder("refahub-index 1\n")
                .append(manifest.version())
                .append(' ')
                .append(manifest.catalogueVersion())
                .append('\n');
        manifest.files()
                .forEach(file -> text.append(file.sha256())
                        .append(' ')
                        .append(file.size())
                        .append(' ')
                        .append(file.name())
                        .append('\n'));
        syncFolder(directory(manifest.version()));
        replace(root.resolve("v" + manifest.version() + MANIFEST), text.toString());
        replace(root.resolve(CURRENT), Long.toString(manifest.version()));
        sweepOld(manifest.version());
    }

    static void deleteFolder(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        }
    }

    static String sha256(Path file) throws IOException {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), newDigest())) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of()
                    .formatHex(((DigestInputStream) in).getMessageDigest().digest());
        }
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether the files are there in full length; their content was checked when they came. */
    boolean isWhole(IndexManifest manifest) throws IOException {
        for (IndexManifest.File file : manifest.files()) {
            Path path = directory(manifest.version()).resolve(file.name());
            if (!Files.exists(path) || Files.size(path) != file.size()) return false;
        }
        return true;
    }

    private long current() throws IOException {
        try {
            return Long.parseLong(Files.readString(root.resolve(CURRENT)).strip());
        } catch (NoSuchFileException e) {
            return 0;
        } catch (NumberFormatException e) {
            log.warn("index pointer is unreadable, the newest snapshot serves file={}", root.resolve(CURRENT));
            return 0;
        }
    }

    List<IndexManifest> all() throws IOException {
        List<IndexManifest> manifests = new ArrayList<>();
        try (Stream<Path> files = Files.list(root)) {
            for (Path file : files.filter(path -> path.getFileName().toString().endsWith(MANIFEST))
                    .toList()) read(file).ifPresent(manifests::add);
        }
        return manifests;
    }

    private static Optional<IndexManifest> read(Path file) throws IOException {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            String[] versions = lines.get(1).split(" ");
            List<IndexManifest.File> files = new ArrayList<>();
            for (String line : lines.subList(2, lines.size())) {
                String[] parts = line.split(" ", 3);
                files.add(new IndexManifest.File(parts[2], Long.parseLong(parts[1]), parts[0]));
            }
            return Optional.of(new IndexManifest(Long.parseLong(versions[0]), Long.parseLong(versions[1]), files));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            log.warn("index manifest is damaged and left out file={}", file);
            return Optional.empty();
        }
    }

    private void sweepUnfinished() throws IOException {
        List<String> whole = new ArrayList<>(
                all().stream().map(manifest -> "v" + manifest.version()).toList());
        try (Stream<Path> entries = Files.list(root)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (Files.isDirectory(entry)
                        && (name.startsWith("build") || name.matches("v[0-9]+") && !whole.contains(name)))
                    deleteFolder(entry);
                else if (name.endsWith(".new")) Files.deleteIfExists(entry);
            }
        }
    }

    private void sweepOld(long serving) throws IOException {
        List<IndexManifest> old = new ArrayList<>(inOrderOfTrust());
        old.removeIf(manifest -> manifest.version() == serving);
        for (IndexManifest manifest : old.subList(Math.min(KEPT - 1, old.size()), old.size())) {
            Files.deleteIfExists(root.resolve("v" + manifest.version() + MANIFEST));
            deleteFolder(directory(manifest.version()));
        }
    }

    private void replace(Path target, String text) throws IOException {
        Path fresh = target.resolveSibling(target.getFileName() + ".new");
        Files.writeString(fresh, text, StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder(root);
    }

    private static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
