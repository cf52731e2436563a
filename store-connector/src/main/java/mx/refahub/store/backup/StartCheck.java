package mx.refahub.store.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mx.refahub.domain.Failure;
import mx.refahub.store.disk.OwnerOnly;
import mx.refahub.store.sqlite.ReadOnlyFile;
import mx.refahub.store.sqlite.Soundness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the databases before anything opens them for writing. */
public final class StartCheck {
    private static final Logger LOG = LoggerFactory.getLogger(StartCheck.class);

    /** What the hub has anyway is read through at each start up to so many bytes; above it a backup does that, once a day. */
    static final long READ_THROUGH = 64L * 1024 * 1024;

    private static final String DOUBT = "-doubted";

    private StartCheck() {}

    /**
     * Passes over a sound file and over a folder in which nothing was ever kept.
     *
     * @throws DamagedDatabase if what was sold cannot be relied upon
     */
    public static void sales(Path data, Backups backups) {
        trouble(data).ifPresent(trouble -> {
            throw new DamagedDatabase(data, trouble, newestSound(backups));
        });
    }

    static Optional<String> trouble(Path data) {
        Path sales = data.resolve(Backups.SALES);
        boolean lived = Files.exists(data.resolve("keys").resolve("secret.key"))
                || Files.exists(data.resolve("relay.db"))
                || Files.isDirectory(Restore.setAsideFolder(data));
        if (!Files.exists(sales))
            return lived ? Optional.of("el archivo no está, y aquí ya se ha vendido") : Optional.empty();
        try {
            if (Files.size(sales) == 0)
                return lived ? Optional.of("el archivo está vacío, y aquí ya se ha vendido") : Optional.empty();
        } catch (IOException e) {
            return Optional.of("no se puede leer: " + e.getMessage());
        }
        Optional<String> unsound = Soundness.atRest(sales, Soundness.Depth.QUICK);
        return unsound.isPresent() ? unsound : vanished(data);
    }

    /** A log or a file that was cut off clean is sound to SQLite; but then more has left the shop than lies in it. */
    private static Optional<String> vanished(Path data) {
        if (!Files.exists(data.resolve("relay.db"))) return Optional.empty();
        try (ReadOnlyFile sales = ReadOnlyFile.open(data.resolve(Backups.SALES));
                ReadOnlyFile relay = ReadOnlyFile.open(data.resolve("relay.db"))) {
            if (!sales.read(session -> session.exists("select 1 from sqlite_master where name = 'outbox'"))
                    || !relay.read(session -> session.exists("select 1 from sqlite_master where name = 'cursor'")))
                return Optional.empty();
            Optional<Integer> epoch =
                    sales.read(session -> session.first("select epoch from identity", row -> row.small("epoch")));
            long last = sales.read(session ->
                            session.first("select coalesce(max(sequence), 0) as n from outbox", row -> row.number("n")))
                    .orElse(0L);
            // A file without an identity has lost that too; one with another epoch begins its numbers anew.
            long relayed = relay.read(session -> session.first(
                            "select relayed from cursor where epoch = coalesce(?, epoch)",
                            row -> row.number("relayed"),
                            epoch.orElse(null)))
                    .orElse(0L);
            return relayed > last
                    ? Optional.of("faltan documentos: ya salieron " + relayed + " y en el archivo hay " + last)
                    : Optional.empty();
        } catch (Failure e) {
            // relay.db is not worth a stop; sales.db was found sound.
            return Optional.empty();
        }
    }

    private static Optional<Backup> newestSound(Backups backups) {
        try {
            return backups.list().stream()
                    .filter(backup -> backup.flaw().isEmpty())
                    .findFirst();
        } catch (Failure e) {
            return Optional.empty();
        }
    }

    /** What can be had again from the hub does not keep the store shut: damaged, it is set aside, and begun anew. @return their names */
    public static List<String> replaceable(Path data) {
        List<String> replaced = new ArrayList<>();
        for (String name : List.of("reference.db", "relay.db")) {
            Path file = data.resolve(name);
            if (!Files.exists(file)) continue;
            try {
                boolean whole = Files.deleteIfExists(doubt(file)) || Files.size(file) <= READ_THROUGH;
                Optional<String> trouble =
                        whole ? Soundness.atRest(file, Soundness.Depth.QUICK) : Soundness.atFirstSight(file);
                if (trouble.isEmpty()) continue;
                Path aside = Restore.newSetAside(data);
                setAside(file, aside);
                LOG.error(
                        "database damaged, begun anew file={} kept={} reason={} (se volverá a traer del hub)",
                        name,
                        aside,
                        trouble.get());
                replaced.add(name);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot set " + file + " aside", e);
            }
        }
        return replaced;
    }

    private static Path doubt(Path file) {
        return file.resolveSibling(file.getFileName() + DOUBT);
    }

    /** The next start reads it through, however large it is. */
    static void doubt(Path data, String name) throws IOException {
        Path mark = doubt(data.resolve(name));
        if (!Files.exists(mark)) Files.createFile(mark);
    }

    static boolean isDoubted(Path data, String name) {
        return Files.exists(doubt(data.resolve(name)));
    }

    /** With its log; what is not there is passed over. */
    static void setAside(Path file, Path folder) throws IOException {
        OwnerOnly.folder(folder);
        for (String end : List.of("", "-wal", "-shm", "-journal")) {
            Path part = file.resolveSibling(file.getFileName() + end);
            if (Files.exists(part))
                Files.move(part, folder.resolve(part.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
