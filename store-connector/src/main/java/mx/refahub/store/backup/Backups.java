package mx.refahub.store.backup;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import mx.refahub.domain.Failpoint;
import mx.refahub.domain.Failure;
import mx.refahub.domain.document.Sha256;
import mx.refahub.store.disk.OwnerOnly;
import mx.refahub.store.sqlite.ReadOnlyFile;
import mx.refahub.store.sqlite.Soundness;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backups of the connector's databases. Each is copied beside the running store, synced, opened and checked under a name that nobody takes for a backup, and only
 * then given its own by one rename; so a backup is whole or not there, and the one before stays until a new one is.
 */
public final class Backups {
    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String UNFINISHED = ".unfinished-";

    public static final String SALES = "sales.db";
    static final List<String> DATABASES = List.of(SALES, "reference.db", "relay.db");
    /** Large, and the hub has it: the newest backup alone keeps it, and a large one is copied once a day. */
    static final String REPLACEABLE = "reference.db";

    private static final Duration COPY_HOLDS = Duration.ofHours(24);

    /** Free room that stays beside the copies. */
    private static final long RESERVE = 64L * 1024 * 1024;

    private final Path data;
    private final BackupSettings settings;
    private final Clock clock;
    private final String version;

    public Backups(Path data, BackupSettings settings, Clock clock, String version) {
        this.data = data;
        this.settings = settings;
        this.clock = clock;
        this.version = version;
    }

    /**
     * Makes one now and lets go those that are too old.
     *
     * @throws Failure if it cannot be made; its message says why, and what was there before is untouched
     */
    public synchronized Backup take() {
        try {
            Path folder = OwnerOnly.folder(settings.folderIn(data));
            sweep(folder);
            Optional<Backup> before = newest().filter(this::copyHolds);
            checkRoom(folder, before.isPresent());
            Path unfinished = OwnerOnly.folder(
                    folder.resolve(UNFINISHED + ProcessHandle.current().pid()));
            Instant at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            List<Manifest.Entry> files = new ArrayList<>();
            for (String name : DATABASES) {
                if (!Files.exists(data.resolve(name))) continue;
                if (name.equals(REPLACEABLE)) files.addAll(replaceable(before, unfinished, at));
                else files.add(copied(name, unfinished));
                Failpoint.C19_BACKING_UP.pass();
            }
            if (files.isEmpty()) throw Failure.rejected("there is no database in " + data);
            Backup.write(unfinished, manifest(at, unfinished, files));
            Soundness.sync(unfinished);
            Path finished = free(folder, at);
            Files.move(unfinished, finished, StandardCopyOption.ATOMIC_MOVE);
            Soundness.sync(folder);
            copyKey();
            rotate();
            Backup backup = Backup.at(finished).orElseThrow(() -> Failure.rejected(finished + " does not read back"));
            LOG.info("backup taken folder={} document={} bytes={}", finished, backup.lastSequence(), backup.bytes());
            return backup;
        } catch (IOException e) {
            throw Failure.retryable("cannot write a backup: " + e, e);
        }
    }

    /** Newest first. */
    public List<Backup> list() {
        Path folder = settings.folderIn(data);
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(path -> !path.getFileName().toString().startsWith("."))
                    .map(Backup::at)
                    .flatMap(Optional::stream)
                    .sorted((a, b) -> b.at().compareTo(a.at()))
                    .toList();
        } catch (IOException e) {
            throw Failure.retryable("cannot list " + folder, e);
        }
    }

    public Optional<Backup> newest() {
        return list().stream().findFirst();
    }

    private static Path free(Path folder, Instant at) {
        Path path = folder.resolve(NAME.format(at));
        for (int n = 2; Files.exists(path); n++) path = folder.resolve(NAME.format(at) + "-" + n);
        return path;
    }

    /** Whether the large file in this backup is so young that the next one has no other. */
    private boolean copyHolds(Backup backup) {
        try {
            if (!backup.has(REPLACEABLE)) return false;
            if (Files.size(backup.file(REPLACEABLE)) <= StartCheck.READ_THROUGH) return false;
            Duration age = Duration.between(
                    Files.getLastModifiedTime(backup.file(REPLACEABLE)).toInstant(), clock.instant());
            return !age.isNegative() && age.compareTo(COPY_HOLDS) < 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** A second name for the copy that is young enough, else a new copy. What cannot be copied does not keep the sales from theirs: the hub has it. */
    private List<Manifest.Entry> replaceable(Optional<Backup> before, Path into, Instant at) throws IOException {
        if (before.isPresent()) {
            try {
                Files.createLink(into.resolve(REPLACEABLE), before.get().file(REPLACEABLE));
                return List.of(before.get().entry(REPLACEABLE));
            } catch (IOException | UnsupportedOperationException e) {
                LOG.debug("no second name for {}: {}", REPLACEABLE, e.toString());
            }
        }
        try {
            Manifest.Entry entry = copied(REPLACEABLE, into);
            Files.setLastModifiedTime(into.resolve(REPLACEABLE), FileTime.from(at));
            return List.of(entry);
        } catch (Failure e) {
            LOG.error("backed up without {} reason={}", REPLACEABLE, e.getMessage());
            Files.deleteIfExists(into.resolve(REPLACEABLE));
            StartCheck.doubt(data, REPLACEABLE);
            return List.of();
        }
    }

    /** What it had to leave out, and why the next start looks at that more closely; empty if nothing. */
    public Optional<String> leftOut() {
        return StartCheck.isDoubted(data, REPLACEABLE)
                ? Optional.of(REPLACEABLE + " cannot be read; a restart looks it through and has it fetched anew")
                : Optional.empty();
    }

    private Manifest.Entry copied(String name, Path into) throws IOException {
        Path copy = into.resolve(name);
        Soundness.copy(data.resolve(name), copy);
        OwnerOnly.tighten(copy);
        Optional<String> trouble = Soundness.trouble(copy, Soundness.Depth.FULL);
        if (trouble.isPresent()) throw Failure.rejected("the copy of " + name + " is not sound: " + trouble.get());
        return new Manifest.Entry(name, Files.size(copy), Backup.hash(copy));
    }

    private record Last(long sequence, String hash) {}

    private record Who(@Nullable String store, int epoch) {}

    private Manifest manifest(Instant at, Path folder, List<Manifest.Entry> files) {
        if (files.stream().noneMatch(file -> file.name().equals(SALES)))
            throw Failure.rejected("there is no " + SALES + " in " + data);
        try (ReadOnlyFile sales = ReadOnlyFile.open(folder.resolve(SALES))) {
            Last last = sales.read(session -> session.first(
                            """
                    select sequence, hash
                    from outbox
                    order by sequence desc
                    limit 1
                    """,
                            row -> new Last(
                                    row.number("sequence"),
                                    Sha256.of(row.bytes("hash")).toString())))
                    .orElse(new Last(0, ""));
            Who who = sales.read(
                            session -> session.first("""
                    select store_id, epoch
                    from identity
                    """, row -> new Who(row.text("store_id"), row.small("epoch"))))
                    .orElse(new Who(null, 0));
            return new Manifest(
                    Manifest.FORMAT, at, version, who.store(), who.epoch(), last.sequence(), last.hash(), files);
        }
    }

    /** The key that opens the secrets in the copies, apart from them. */
    private void copyKey() throws IOException {
        Path key = data.resolve("keys").resolve("secret.key");
        if (!Files.exists(key)) return;
        Path copy = OwnerOnly.folder(settings.keyFolderIn(data)).resolve("secret.key");
        if (Files.exists(copy) && Files.mismatch(key, copy) < 0) return;
        if (Files.exists(copy))
            Files.move(copy, free(copy.resolveSibling("before"), clock.instant()), StandardCopyOption.ATOMIC_MOVE);
        Path fresh = copy.resolveSibling("secret.key.new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh);
        OwnerOnly.tighten(fresh);
        Files.write(fresh, Files.readAllBytes(key));
        Soundness.sync(fresh);
        Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void checkRoom(Path folder, boolean copyHolds) throws IOException {
        long needed = RESERVE;
        for (String name : DATABASES) {
            if (copyHolds && name.equals(REPLACEABLE)) continue;
            if (Files.exists(data.resolve(name))) needed += Files.size(data.resolve(name));
            Path log = data.resolve(name + "-wal");
            if (Files.exists(log)) needed += Files.size(log);
        }
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < needed)
            throw Failure.retryable(
                    "no room for a backup in " + folder + ": " + free + " bytes free, " + needed + " needed", null);
    }

    /** What an earlier process left unfinished. */
    private static void sweep(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            for (Path path : found.toList()) {
                if (path.getFileName().toString().startsWith(UNFINISHED)) delete(path);
            }
        }
    }

    /** Keeps the newest of each of the latest hours and days that have one. The newest of all always stays. */
    void rotate() throws IOException {
        List<Backup> all = list();
        Set<Path> kept = new HashSet<>();
        keep(all, ChronoUnit.HOURS, settings.hourly(), kept);
        keep(all, ChronoUnit.DAYS, settings.daily(), kept);
        for (Backup backup : all) {
            if (kept.contains(backup.folder())) {
                if (backup != all.getFirst()) backup.without(REPLACEABLE);
                continue;
            }
            // The manifest first: what is left of a deletion that is cut off is not a backup.
            Files.deleteIfExists(backup.file(Manifest.NAME));
            delete(backup.folder());
            LOG.info("backup let go folder={}", backup.folder());
        }
    }

    private static void keep(List<Backup> newestFirst, TemporalUnit unit, int most, Set<Path> kept) {
        Set<Instant> spans = new HashSet<>();
        for (Backup backup : newestFirst) {
            Instant span = backup.at().truncatedTo(unit);
            if (spans.contains(span) || spans.size() >= most) continue;
            spans.add(span);
            kept.add(backup.folder());
        }
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) return;
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) throw failure;
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
