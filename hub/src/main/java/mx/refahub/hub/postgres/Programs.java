package mx.refahub.hub.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mx.refahub.domain.document.Sha256;
import mx.refahub.hub.StartRefused;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's own programs, unpacked from the archive that the jar carries. */
final class Programs {
    private final Path folder;

    private Programs(Path folder) {
        this.folder = folder;
    }

    /** Unpacks them below this folder unless they are there already, from this very archive. */
    static Programs unpackedIn(Path parent) throws IOException {
        byte[] archive = archive();
        Path folder = parent.toAbsolutePath()
                .resolve("postgres-" + Sha256.digest(archive).toString().substring(0, 12));
        if (Files.isDirectory(folder)) return new Programs(folder);
        Files.createDirectories(parent);
        Path half = folder.resolveSibling(folder.getFileName() + "." + UUID.randomUUID());
        unpack(archive, half);
        try {
            Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | AtomicMoveNotSupportedException e) {
            delete(half);
            if (!Files.isDirectory(folder)) throw e;
        } catch (IOException e) {
            delete(half);
            // Another process was quicker: a folder that is not empty cannot be replaced.
            if (!Files.isDirectory(folder)) throw e;
        }
        return new Programs(folder);
    }

    private static byte[] archive() throws IOException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String os = system.startsWith("win") ? "windows" : system.startsWith("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String cpu = machine.equals("aarch64") || machine.equals("arm64") ? "arm_64" : "x86_64";
        String name = "/postgres-" + os + "-" + cpu + ".txz";
        try (InputStream in = Programs.class.getResourceAsStream(name)) {
            if (in == null)
                throw new StartRefused("This build carries no PostgreSQL for " + os + " on " + cpu
                        + ": set refahub.hub.database.url to a PostgreSQL 18 of your own.");
            return in.readAllBytes();
        }
    }

    private static void unpack(byte[] archive, Path into) throws IOException {
        Path root = into.toAbsolutePath().normalize();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new java.io.ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = root.resolve(entry.getName()).normalize();
                if (!target.startsWith(root)) throw new IOException("archive names a path outside: " + entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(target.getParent());
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(tar, target);
                    if ((entry.getMode() & 0100) != 0
                            && root.getFileSystem()
                                    .supportedFileAttributeViews()
                                    .contains("posix"))
                        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            }
        }
    }

    /**
     * Runs a program to its end and returns its exit status and what it printed.
     *
     * <p>PostgreSQL refuses to run as root. As root on Linux it is run in a user namespace of its own, where root has no rights.
     */
    Result run(Duration limit, List<String> command) throws IOException {
        List<String> full = new ArrayList<>();
        if (isRoot()) full.addAll(List.of("unshare", "-U"));
        full.add(folder.resolve("bin").resolve(command.getFirst()).toString());
        full.addAll(command.subList(1, command.size()));
        Path output = Files.createTempFile("refahub-postgres", ".txt");
        try {
            // To a file, not a pipe: the server that pg_ctl starts inherits it and would keep a pipe open.
            Process process = new ProcessBuilder(full)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException(command.getFirst() + " did not end within " + limit);
            }
            return new Result(
                    process.exitValue(),
                    Files.readString(output, StandardCharsets.UTF_8).strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while running " + command.getFirst(), e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    record Result(int status, String output) {
        Result orFail(String what) throws IOException {
            if (status != 0) throw new IOException(what + ": " + output);
            return this;
        }
    }

    private static boolean isRoot() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("user.name").equals("root");
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(each);
        }
    }
}
