package mx.refahub.store.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What only the account that runs the connector may read. Where a file system knows no such modes, the folder's own access list decides. */
public final class OwnerOnly {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private OwnerOnly() {}

    public static Path folder(Path folder) throws IOException {
        Files.createDirectories(folder);
        tighten(folder);
        return folder;
    }

    /** @return whether others could read it before */
    public static boolean tighten(Path path) throws IOException {
        if (!Files.getFileStore(path).supportsFileAttributeView("posix")) return false;
        Set<PosixFilePermission> wanted = Files.isDirectory(path) ? FOLDER : FILE;
        if (wanted.containsAll(Files.getPosixFilePermissions(path))) return false;
        Files.setPosixFilePermissions(path, wanted);
        return true;
    }

    /** The data folder and the databases in it, at each start. @return what others could read until now */
    public static List<Path> tightenData(Path data) throws IOException {
        List<Path> open = new ArrayList<>();
        if (tighten(data)) open.add(data);
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) if (tighten(file)) open.add(file);
        }
        return open;
    }
}
