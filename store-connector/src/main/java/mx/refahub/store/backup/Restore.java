package mx.refahub.store.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import mx.refahub.domain.Failpoint;
import mx.refahub.domain.Failure;
import mx.refahub.domain.Uuid7;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.store.StoreId;
import mx.refahub.store.disk.OwnerOnly;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.identity.KeyFile;
import mx.refahub.store.sale.SaleRows;
import mx.refahub.store.sqlite.LooseFile;
import mx.refahub.store.sqlite.ReadOnlyFile;
import mx.refahub.store.sqlite.RowSalvage;
import mx.refahub.store.sqlite.Soundness;
import mx.refahub.store.sqlite.SqliteFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts sales.db together again: a backup, then everything newer that can still be read of the damaged file. The new file is built and verified beside the old one;
 * only then the old one is moved aside, never deleted, and the new one takes its place. Repeating it after it broke off is safe.
 *
 * <p>The chain goes on in the same epoch where it ended. If documents that may have left the shop are missing, the store stays locked until the
 * hub has said how far it is: only the hub grants a new epoch.
 */
public final class Restore {
    private static final Logger LOG = LoggerFactory.getLogger(Restore.class);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String MIGRATIONS = "db/store/sales";
    private static final String BUILDING = ".restoring";
    private static final String SALVAGED = "salvaged-documents.db";
    /** When nobody knows how many folios were used since. */
    private static final long BLIND_JUMP = 1_000;

    private static final int BATCH = 500;
    /** Made of other rows, told by the backup, or not this file's to tell. */
    private static final Set<String> NOT_BY_ROW = Set.of(
            "outbox",
            "identity",
            "stock_balance",
            "stock_bin",
            "restoration",
            "epoch",
            "standing",
            "reconciled",
            "flyway_schema_history",
            "sqlite_sequence");

    private final Path data;
    private final Path keyFolder;
    private final Clock clock;
    private final JsonMapper json;

    public Restore(Path data, Path keyFolder, Clock clock, JsonMapper json) {
        this.data = data;
        this.keyFolder = keyFolder;
        this.clock = clock;
        this.json = json;
    }

    /**
     * @param salvaged documents newer than the backup that were put back
     * @param complete whether nothing that may have left the shop is missing
     * @param folioJump numbers left out at each till so that none comes twice
     * @param setAside where the damaged files lie
     * @param onlyDelivered documents by type that will be delivered while their figures here are only as far as they could be read
     * @param lostFolios sales of which something was left, but not the document
     */
    public record Result(
            Backup backup,
            long lastSequence,
            long salvaged,
            boolean complete,
            long folioJump,
            Path setAside,
            Map<String, Integer> onlyDelivered,
            List<String> lostFolios) {}

    static Path setAsideFolder(Path data) {
        return data.resolve("damaged");
    }

    static Path newSetAside(Path data) throws IOException {
        Path folder = OwnerOnly.folder(setAsideFolder(data));
        String name = NAME.format(Instant.now());
        Path path = folder.resolve(name);
        for (int n = 2; Files.exists(path); n++) path = folder.resolve(name + "-" + n);
        return OwnerOnly.folder(path);
    }

    /**
     * The connector must not run; the caller holds its lock.
     *
     * @param salvage a file of salvaged documents from elsewhere, besides what is read of the damaged file here
     * @throws Failure {@code REJECTED} if it cannot be done, saying why; then nothing was changed
     */
    public Result run(Backup backup, @Nullable Path salvage) {
        backup.flaw().ifPresent(flaw -> {
            throw Failure.rejected("el respaldo no sirve: " + flaw);
        });
        if (!backup.has(Backups.SALES)) throw Failure.rejected("el respaldo no contiene " + Backups.SALES);
        try {
            Path building = data.resolve(BUILDING);
            Backups.delete(building);
            OwnerOnly.folder(building);
            Path fresh = building.resolve(Backups.SALES);
            Files.copy(backup.file(Backups.SALES), fresh);
            OwnerOnly.tighten(fresh);
            Identity identity = identity(fresh);
            Optional<Path> damaged = damaged();
            Path salvagedFile = building.resolve(SALVAGED);
            Built built = build(backup, fresh, identity.store(), damaged, salvage, salvagedFile);
            verify(building);
            Path aside = putInPlace(building, fresh, damaged);
            if (Files.exists(salvagedFile))
                Files.move(salvagedFile, aside.resolve(SALVAGED), StandardCopyOption.ATOMIC_MOVE);
            Backups.delete(building);
            LOG.info(
                    "database restored backup={} document={} salvaged={} complete={} folioJump={} kept={}",
                    backup.folder(),
                    built.last,
                    built.salvaged,
                    built.complete,
                    built.folioJump,
                    aside);
            return new Result(
                    backup,
                    built.last,
                    built.salvaged,
                    built.complete,
                    built.folioJump,
                    aside,
                    built.onlyDelivered,
                    built.lostFolios);
        } catch (IOException e) {
            throw Failure.retryable("no se pudo restaurar: " + e, e);
        }
    }

    /** Brings the schema up to date, and shows that the key file opens the secrets. */
    private Identity identity(Path fresh) throws IOException {
        Path key = data.resolve("keys").resolve("secret.key");
        if (!Files.exists(key)) {
            Path copy = keyFolder.resolve("secret.key");
            if (!Files.exists(copy))
                throw Failure.rejected("falta " + key + ": copia ahí la llave guardada con los respaldos (" + copy
                        + ") y repite la orden");
            OwnerOnly.folder(data.resolve("keys"));
            Files.copy(copy, key);
            OwnerOnly.tighten(key);
        }
        try (SqliteFile sales = SqliteFile.open(fresh, MIGRATIONS)) {
            return new Identities(sales, KeyFile.open(key, new SecureRandom()))
                    .current()
                    .orElseThrow(() -> Failure.rejected("el respaldo es de antes de registrar la tienda"));
        } catch (IllegalStateException e) {
            throw Failure.rejected("la llave " + key + " no es la de este respaldo: " + e.getMessage());
        }
    }

    /** The file in its place, or, when an earlier try broke off between the two moves, the one that it set aside. */
    private Optional<Path> damaged() throws IOException {
        Path inPlace = data.resolve(Backups.SALES);
        if (Files.exists(inPlace)) return Optional.of(inPlace);
        if (!Files.isDirectory(setAsideFolder(data))) return Optional.empty();
        try (Stream<Path> folders = Files.list(setAsideFolder(data))) {
            return folders.map(folder -> folder.resolve(Backups.SALES))
                    .filter(Files::exists)
                    .max(Comparator.comparing(Path::toString));
        }
    }

    private record Built(
            long last,
            long salvaged,
            boolean complete,
            long folioJump,
            Map<String, Integer> onlyDelivered,
            List<String> lostFolios) {}

    private Built build(
            Backup backup, Path fresh, StoreId store, Optional<Path> damaged, @Nullable Path salvage, Path salvagedFile)
            throws IOException {
        List<Salvage> sources = new ArrayList<>();
        try (LooseFile file = LooseFile.open(fresh)) {
            OptionalLong written = OptionalLong.empty();
            if (damaged.isPresent()) {
                sources.add(Salvage.from(damaged.get(), store, backup.lastSequence(), salvagedFile));
                written = rows(damaged.get(), file);
            }
            if (salvage != null) sources.add(Salvage.open(salvage));
            Replay replay = new Replay(new SaleRows(json, new Uuid7(clock, new SecureRandom())), json);
            Head from = head(file);
            Head to = from;
            for (Head next = append(file, sources, replay, to);
                    !next.equals(to);
                    next = append(file, sources, replay, to)) to = next;
            OptionalLong relayed = relayed(damaged);
            long known = Math.max(written.orElse(0), relayed.orElse(0));
            for (Salvage source : sources) known = Math.max(known, source.highest());
            boolean certain = written.isPresent() || relayed.isPresent();
            boolean complete = certain && to.sequence >= known;
            // What never left the shop cannot clash at the hub, but its folios stand on customers' tickets.
            boolean nothingLost = complete && written.isPresent();
            long jump = nothingLost ? 0 : Math.max(0, known - to.sequence) + BLIND_JUMP;
            List<String> lost = finish(file, backup, from, to, complete, jump);
            return new Built(to.sequence, to.sequence - from.sequence, complete, jump, replay.onlyDelivered(), lost);
        } finally {
            sources.forEach(Salvage::close);
        }
    }

    /** @return the highest sequence that the damaged file says it has given out, if it still says so */
    private static OptionalLong rows(Path damaged, LooseFile into) {
        try (RowSalvage rows = RowSalvage.of(damaged).orElse(null)) {
            if (rows == null) return OptionalLong.empty();
            rows.into(into, NOT_BY_ROW);
            Optional<Long> given = rows.number("select seq from sqlite_sequence where name = 'outbox'");
            return given.isPresent() ? OptionalLong.of(given.get()) : OptionalLong.empty();
        }
    }

    private record Head(long sequence, Sha256 hash) {}

    private static Head head(LooseFile file) {
        return file.write(session ->
                        session.first("""
                select sequence, hash
                from outbox
                order by sequence desc
                limit 1
                """, row -> new Head(row.number("sequence"), Sha256.of(row.bytes("hash")))))
                .orElse(new Head(0, Sha256.NONE));
    }

    /** A bounded part of what follows. @return the new head; the same when nothing follows */
    private static Head append(LooseFile file, List<Salvage> sources, Replay replay, Head from) {
        List<Document> documents = new ArrayList<>();
        Head head = from;
        while (documents.size() < BATCH) {
            Optional<Document> next = next(sources, head);
            if (next.isEmpty()) break;
            documents.add(next.get());
            head = new Head(next.get().sequence(), next.get().hash());
        }
        if (!documents.isEmpty())
            file.change(session -> {
                for (Document document : documents) replay.append(session, document);
            });
        return head;
    }

    private static Optional<Document> next(List<Salvage> sources, Head head) {
        for (Salvage source : sources) {
            Optional<Document> next = source.next(head.sequence + 1, head.hash);
            if (next.isPresent()) return next;
        }
        return Optional.empty();
    }

    private List<String> finish(LooseFile file, Backup backup, Head from, Head to, boolean complete, long jump) {
        Instant now = clock.instant();
        return file.write(session -> {
            Replay.nextFolios(session, jump);
            List<String> lost = Replay.dropWithoutDocument(session, to.sequence);
            Replay.balances(session);
            session.updateOne(
                    """
                    insert into restoration (at, backup_at, backup_sequence, last_sequence, salvaged, folio_jump, complete, confirmed_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    now,
                    backup.at(),
                    from.sequence,
                    to.sequence,
                    to.sequence - from.sequence,
                    jump,
                    complete,
                    complete ? now : null);
            dropUnconfirmable(session);
            return lost;
        });
    }

    /** The hub's word about documents that are not here any more is the hub's to repeat. */
    private static void dropUnconfirmable(mx.refahub.store.sqlite.Session session) throws SQLException {
        session.update("""
                delete from acknowledged
                where sequence > (select coalesce(max(sequence), 0) from outbox)
                """);
    }

    /** What has left the shop, as the child process noted it; empty if it cannot be told. */
    private OptionalLong relayed(Optional<Path> damaged) {
        Path relay = data.resolve("relay.db");
        if (!Files.exists(relay) && damaged.isPresent()) relay = damaged.get().resolveSibling("relay.db");
        if (!Files.exists(relay)) return OptionalLong.empty();
        try (RowSalvage file = RowSalvage.of(relay).orElse(null)) {
            Optional<Long> relayed =
                    file == null ? Optional.empty() : file.number("select coalesce(max(relayed), 0) from cursor");
            return relayed.isPresent() ? OptionalLong.of(relayed.get()) : OptionalLong.empty();
        }
    }

    private static void verify(Path building) {
        for (Verification.Finding finding : Verification.of(building)) {
            if (!finding.right()) LOG.warn("restored database finding={}", finding.text());
        }
        try (ReadOnlyFile sales = ReadOnlyFile.open(building.resolve(Backups.SALES))) {
            Verification.Finding chain = Verification.chain(sales);
            if (!chain.right()) throw Failure.rejected("lo restaurado no es íntegro: " + chain.text());
        }
        Soundness.trouble(building.resolve(Backups.SALES), Soundness.Depth.FULL).ifPresent(trouble -> {
            throw Failure.rejected("lo restaurado no es íntegro: " + trouble);
        });
    }

    /** The relay's cursor and the broker's journal belong to the file that goes: with the new one all is offered again, and the hub drops what it has. */
    private Path putInPlace(Path building, Path fresh, Optional<Path> damaged) throws IOException {
        Soundness.sync(fresh);
        Soundness.sync(building);
        Path inPlace = data.resolve(Backups.SALES);
        Path aside = damaged.isPresent() && !damaged.get().equals(inPlace)
                ? java.util.Objects.requireNonNull(damaged.get().getParent())
                : newSetAside(data);
        StartCheck.setAside(data.resolve("relay.db"), aside);
        Path broker = data.resolve("broker");
        if (Files.exists(broker)) Files.move(broker, aside.resolve("broker"), StandardCopyOption.ATOMIC_MOVE);
        StartCheck.setAside(inPlace, aside);
        Soundness.sync(aside);
        Soundness.sync(data);
        Failpoint.RESTORE_SET_ASIDE_NOT_IN_PLACE.pass();
        Files.move(fresh, inPlace, StandardCopyOption.ATOMIC_MOVE);
        Soundness.sync(data);
        return aside;
    }
}
