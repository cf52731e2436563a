package mx.refahub.store.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import mx.refahub.domain.document.Sha256;
import mx.refahub.store.sqlite.Soundness;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A finished backup: a folder with a manifest and the copies that it names. */
public final class Backup {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;
    private final Manifest manifest;

    private Backup(Path folder, Manifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /** @param path the folder, or any file in it; empty if there is no backup of ours */
    public static Optional<Backup> at(Path path) {
        Path folder = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
        if (folder == null) return Optional.empty();
        Path file = folder.resolve(Manifest.NAME);
        if (!Files.isRegularFile(file)) return Optional.empty();
        try {
            Manifest manifest = JSON.readValue(Files.readAllBytes(file), Manifest.class);
            if (manifest.format() != Manifest.FORMAT) return Optional.empty();
            return Optional.of(new Backup(folder, manifest));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    static void write(Path folder, Manifest manifest) throws IOException {
        Path file = folder.resolve(Manifest.NAME);
        Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
        Soundness.sync(file);
    }

    /** Lets go of one of its files. What breaks off leaves a file that no manifest names, or nothing. */
    void without(String name) throws IOException {
        if (has(name)) {
            Manifest rest = new Manifest(
                    manifest.format(),
                    manifest.at(),
                    manifest.version(),
                    manifest.store(),
                    manifest.epoch(),
                    manifest.lastSequence(),
                    manifest.lastHash(),
                    manifest.files().stream()
                            .filter(entry -> !entry.name().equals(name))
                            .toList());
            Path half = folder.resolve(Manifest.NAME + ".new");
            Files.write(half, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(rest));
            Soundness.sync(half);
            Files.move(half, folder.resolve(Manifest.NAME), StandardCopyOption.ATOMIC_MOVE);
        }
        Files.deleteIfExists(folder.resolve(name));
    }

    public Path folder() {
        return folder;
    }

    public Instant at() {
        return manifest.at();
    }

    public long lastSequence() {
        return manifest.lastSequence();
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    public boolean has(String name) {
        return manifest.files().stream().anyMatch(entry -> entry.name().equals(name));
    }

    Manifest.Entry entry(String name) {
        return manifest.files().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(folder + " has no " + name));
    }

    public long bytes() {
        return manifest.files().stream().mapToLong(Manifest.Entry::bytes).sum();
    }

    /** What is wrong with it: a file that is missing, changed or does not open. Empty if it can be relied upon. */
    public Optional<String> flaw() {
        for (Manifest.Entry entry : manifest.files()) {
            Path file = folder.resolve(entry.name());
            try {
                if (!Files.isRegularFile(file)) return Optional.of(entry.name() + " is missing");
                if (!hash(file).equals(entry.sha256())) return Optional.of(entry.name() + " was changed or is damaged");
            } catch (IOException e) {
                return Optional.of(entry.name() + " cannot be read: " + e.getMessage());
            }
            Optional<String> trouble = Soundness.trouble(file, Soundness.Depth.FULL);
            if (trouble.isPresent()) return Optional.of(entry.name() + ": " + trouble.get());
        }
        return Optional.empty();
    }

    static String hash(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return Sha256.of(digest.digest()).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s (%s, documento %d)", folder, at(), lastSequence());
    }
}
