package mx.refahub.batch.run;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder per run with the files that were handed over, under the parameters' names, until the run is done. */
public final class RunFolders {
    private static final String PREFIX = "run-";

    private final Path root;

    public RunFolders(Path root) {
        this.root = root;
    }

    void take(long run, Map<String, Path> files) throws IOException {
        Path folder = Files.createDirectories(folder(run));
        for (Map.Entry<String, Path> file : files.entrySet())
            Files.move(file.getValue(), folder.resolve(name(file.getKey())), StandardCopyOption.REPLACE_EXISTING);
    }

    public Optional<Path> file(long run, String parameter) {
        Path file = folder(run).resolve(name(parameter));
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    boolean hasFiles(long run) {
        return Files.isDirectory(folder(run));
    }

    void drop(long run) throws IOException {
        deleteTree(folder(run));
    }

    /** Where files are written that a person downloads; may be emptied at any time. */
    Path downloads() {
        return root.resolve("downloads");
    }

    /** Deletes what nobody came back for. */
    void sweep(Instant before) throws IOException {
        if (!Files.isDirectory(root)) return;
        try (Stream<Path> entries = Files.list(root)) {
            for (Path entry : (Iterable<Path>) entries::iterator)
                if (entry.getFileName().toString().startsWith(PREFIX) && isOlder(entry, before)) deleteTree(entry);
        }
        if (!Files.isDirectory(downloads())) return;
        try (Stream<Path> entries = Files.list(downloads())) {
            for (Path entry : (Iterable<Path>) entries::iterator)
                if (isOlder(entry, before)) Files.deleteIfExists(entry);
        }
    }

    private static boolean isOlder(Path path, Instant than) throws IOException {
        return Files.getLastModifiedTime(path).toInstant().isBefore(than);
    }

    private Path folder(long run) {
        return root.resolve(PREFIX + run);
    }

    private static String name(String parameter) {
        return parameter + ".csv";
    }

    private static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree)) return;
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException error) throws IOException {
                if (error != null) throw error;
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
