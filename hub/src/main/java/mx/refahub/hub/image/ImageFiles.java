package mx.refahub.hub.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import mx.refahub.domain.part.PartImage;

/** Files by the hash of their content, 256 folders of them. Written, synced and renamed: what has its name is whole. */
final class ImageFiles {
    private static final String SUFFIX = ".webp";

    private final Path folder;

    ImageFiles(Path folder) {
        this.folder = folder;
    }

    static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private Path path(String hash) {
        if (!PartImage.isHash(hash)) throw new IllegalArgumentException("not a hash: " + hash);
        return folder.resolve(hash.substring(0, 2)).resolve(hash + SUFFIX);
    }

    /** @return the name under which it is kept */
    String put(byte[] content) {
        String hash = hash(content);
        Path target = path(hash);
        try {
            if (Files.exists(target)) return hash;
            Files.createDirectories(target.resolveSibling("."));
            Path fresh = target.resolveSibling(hash + "." + UUID.randomUUID() + ".part");
            try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(content);
                while (left.hasRemaining()) out.write(left);
                out.force(true);
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return hash;
        } catch (IOException e) {
            throw new UncheckedIOException("keeping the picture " + hash, e);
        }
    }

    Optional<byte[]> read(String hash) {
        try {
            return Optional.of(Files.readAllBytes(path(hash)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("reading the picture " + hash, e);
        }
    }

    void delete(String hash) {
        try {
            Files.deleteIfExists(path(hash));
        } catch (IOException e) {
            throw new UncheckedIOException("deleting the picture " + hash, e);
        }
    }

    /**
     * Deletes what nobody knows, one folder at a time, and what was left half written.
     *
     * @param unknown of some names those that belong to nobody
     * @param before only files older than this, in epoch milliseconds: younger ones may be on their way
     */
    int sweep(UnaryOperator<List<String>> unknown, long before) throws IOException {
        if (!Files.isDirectory(folder)) return 0;
        int deleted = 0;
        List<Path> folders;
        try (Stream<Path> all = Files.list(folder)) {
            folders = all.filter(each -> each.getFileName().toString().matches("[0-9a-f]{2}"))
                    .toList();
        }
        for (Path each : folders) {
            List<String> names = new ArrayList<>();
            List<Path> old;
            try (Stream<Path> files = Files.list(each)) {
                old = files.filter(file -> file.toFile().lastModified() < before)
                        .toList();
            }
            for (Path file : old) {
                String name = file.getFileName().toString();
                if (name.endsWith(".part")) {
                    Files.deleteIfExists(file);
                    deleted++;
                } else if (name.endsWith(SUFFIX)) {
                    names.add(name.substring(0, name.length() - SUFFIX.length()));
                }
            }
            names.removeIf(name -> !PartImage.isHash(name));
            if (names.isEmpty()) continue;
            for (String name : unknown.apply(names)) {
                delete(name);
                deleted++;
            }
        }
        return deleted;
    }
}
