package mx.refahub.batch.run;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mx.refahub.domain.job.Jobs.RunFile;
import org.jspecify.annotations.Nullable;

/** A folder per run with the files that were handed over, under the parameters' names, until the run is done. */
public final class RunFolders {
    private static final String PREFIX = "run-";
    private static final String TRANSLATED = ".translated";
    private static final String TRANSLATED_ADDING = ".adding";
    private static final String MADE = "made-";

    private final Path root;

    public RunFolders(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    void take(long run, Map<String, Path> files) throws IOException {
        Path folder = Files.createDirectories(folder(run));
        for (Map.Entry<String, Path> file : files.entrySet())
            Files.move(file.getValue(), folder.resolve(name(file.getKey())), StandardCopyOption.REPLACE_EXISTING);
    }

    /** The file as it was handed over, or what a step has made of another one in its place. */
    public Optional<Path> file(long run, String parameter) {
        for (String name : List.of(name(parameter), parameter + TRANSLATED, parameter + TRANSLATED_ADDING)) {
            Path file = folder(run).resolve(name);
            if (Files.isRegularFile(file)) return Optional.of(file);
        }
        return Optional.empty();
    }

    public boolean isGiven(long run, String parameter) {
        return Files.isRegularFile(folder(run).resolve(name(parameter)));
    }

    /** Where a step writes a file that stands in for this parameter, until {@link #translated} says that it is whole. */
    public Path toTranslate(long run, String parameter) throws IOException {
        Files.deleteIfExists(folder(run).resolve(parameter + TRANSLATED));
        Files.deleteIfExists(folder(run).resolve(parameter + TRANSLATED_ADDING));
        return folder(run).resolve(parameter + ".tmp");
    }

    /** @param adding its rows add to what a part has, and do not replace it */
    public void translated(long run, String parameter, boolean adding) throws IOException {
        Files.move(
                folder(run).resolve(parameter + ".tmp"),
                folder(run).resolve(parameter + (adding ? TRANSLATED_ADDING : TRANSLATED)),
                StandardCopyOption.REPLACE_EXISTING);
    }

    public boolean isTranslated(long run, String parameter) {
        return !isGiven(run, parameter) && file(run, parameter).isPresent();
    }

    public boolean isAdding(long run, String parameter) {
        return Files.isRegularFile(folder(run).resolve(parameter + TRANSLATED_ADDING));
    }

    boolean hasFiles(long run) {
        return Files.isDirectory(folder(run));
    }

    void drop(long run) throws IOException {
        deleteTree(folder(run));
    }

    /** Takes away everything of a run, what it made too. */
    public void forget(long run) throws IOException {
        deleteTree(folder(run));
        deleteTree(madeBy(run));
    }

    /** Where a run puts files that it makes for download; emptied of what an earlier try left. */
    public Path making(long run) throws IOException {
        deleteTree(madeBy(run));
        return Files.createDirectories(madeBy(run));
    }

    /** What a person can download, by name. */
    public List<RunFile> made(long run) throws IOException {
        if (!Files.isDirectory(madeBy(run))) return List.of();
        List<RunFile> files = new ArrayList<>();
        try (Stream<Path> entries = Files.list(madeBy(run))) {
            for (Path entry : (Iterable<Path>) entries.sorted()::iterator)
                if (Files.isRegularFile(entry))
                    files.add(new RunFile(entry.getFileName().toString(), Files.size(entry)));
        }
        return files;
    }

    Path made(long run, String name) {
        return madeBy(run).resolve(name);
    }

    private Path madeBy(long run) {
        return root.resolve(MADE + run);
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
                if (isOfRun(entry.getFileName().toString()) && isOlder(entry, before)) deleteTree(entry);
        }
        if (!Files.isDirectory(downloads())) return;
        try (Stream<Path> entries = Files.list(downloads())) {
            for (Path entry : (Iterable<Path>) entries::iterator)
                if (isOlder(entry, before)) Files.deleteIfExists(entry);
        }
    }

    private static boolean isOfRun(String name) {
        return name.startsWith(PREFIX) || name.startsWith(MADE);
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
