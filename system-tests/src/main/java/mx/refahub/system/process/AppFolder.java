package mx.refahub.system.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A packaged program laid out so that it starts quickly: its jar beside its libraries instead of around them, and, once trained, an AOT cache of the
 * classes that a start needs (JEP 483, JEP 514). Made anew when the package is newer.
 */
public final class AppFolder {
    private final Path folder;
    private final Path jar;
    private final List<String> own;

    private AppFolder(Path folder, Path jar, List<String> own) {
        this.folder = folder;
        this.jar = jar;
        this.own = own;
    }

    /**
     * Lays out {@code packaged} in {@code target/app} beside it, unless that was done since it was built.
     *
     * @param own options of the JVM that this program is always started with
     */
    public static AppFolder of(Path packaged, String... own) throws IOException, InterruptedException {
        Path folder = packaged.toAbsolutePath().resolveSibling("app");
        AppFolder app = new AppFolder(folder, folder.resolve(packaged.getFileName()), List.of(own));
        FileTime built = Files.getLastModifiedTime(packaged);
        Path mark = folder.resolve("laid-out");
        if (Files.exists(mark) && Files.getLastModifiedTime(mark).equals(built)) return app;
        delete(folder);
        run(
                List.of(
                        ServerProcess.java(),
                        "-Djarmode=tools",
                        "-jar",
                        packaged.toAbsolutePath().toString(),
                        "extract",
                        "--destination",
                        folder.toString()),
                Path.of("").toAbsolutePath(),
                folder.resolveSibling("extract.log"));
        Files.createFile(mark);
        Files.setLastModifiedTime(mark, built);
        return app;
    }

    public Path jar() {
        return jar;
    }

    /** Its own, and what a start needs to use the cache once there is one. */
    public List<String> options() {
        List<String> options = new ArrayList<>(own);
        if (Files.exists(cache())) options.add("-XX:AOTCache=" + cache());
        return options;
    }

    private Path cache() {
        return folder.resolve("start.aot");
    }

    /**
     * Runs the program once on scratch data and keeps what its classes look like at the end. Done already: nothing.
     *
     * @param options as its later starts have them: a cache fits one choice of collector and compiler
     * @param arguments by which it ends of itself; relative folders in them are below the scratch folder
     */
    public void train(List<String> options, List<String> arguments) throws IOException, InterruptedException {
        if (Files.exists(cache())) return;
        Path scratch = Files.createTempDirectory("refahub-train-");
        List<String> command = new ArrayList<>(List.of(ServerProcess.java()));
        command.addAll(options);
        command.addAll(own);
        command.addAll(List.of("-XX:AOTCacheOutput=" + cache(), "-jar", jar.toString()));
        command.addAll(arguments);
        try {
            run(command, scratch, folder.resolveSibling("train.log"));
        } finally {
            delete(scratch);
        }
    }

    private static void run(List<String> command, Path directory, Path log) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.waitFor() != 0) throw new IOException(String.join(" ", command) + " failed; see " + log);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        }
    }
}
