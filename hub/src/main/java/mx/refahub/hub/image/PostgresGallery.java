package mx.refahub.hub.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.part.PartGallery;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartImage;
import mx.refahub.domain.part.PartImages;
import mx.refahub.domain.store.Person;
import mx.refahub.hub.access.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Rows in PostgreSQL, files beside it. A file is there before its row and goes after it, so that a row never lacks its file; what a crash
 * leaves over is swept at the next start.
 */
final class PostgresGallery implements PartGallery, PartImages {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresGallery.class);
    private static final Duration YOUNG = Duration.ofHours(1);
    private static final int AT_THE_END = Integer.MAX_VALUE;

    private final ImageTable table;
    private final ImageFiles files;
    private final PictureMaker maker;
    private final AddressFetch addresses;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final IdSource ids;
    private final Path batches;
    /** Shared by those that bring files for rows to come, alone for those that delete files without rows. */
    private final ReadWriteLock sweeping = new ReentrantReadWriteLock();

    private volatile Runnable received = () -> {};

    PostgresGallery(
            ImageTable table,
            ImageFiles files,
            PictureMaker maker,
            AddressFetch addresses,
            AuditTrail audit,
            TransactionTemplate transaction,
            Clock clock,
            IdSource ids,
            Path batches) {
        this.table = table;
        this.files = files;
        this.maker = maker;
        this.addresses = addresses;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
        this.ids = ids;
        this.batches = batches;
    }

    @Override
    public List<PartImage> of(PartId part) {
        return table.of(part.value());
    }

    @Override
    public Optional<byte[]> file(String hash) {
        return PartImage.isHash(hash) ? files.read(hash) : Optional.empty();
    }

    @Override
    public Outcome<List<PartImage>> add(PartId part, byte[] file, Person by) {
        return placed(part, file, AT_THE_END, by, true)
                .fold(placed -> Outcome.done(placed.images()), Outcome.Refused::new);
    }

    @Override
    public Outcome<List<PartImage>> addFrom(PartId part, String address, Person by) {
        if (!table.isPart(part.value())) return Outcome.refused("part-unknown");
        return switch (addresses.fetch(address)) {
            case Outcome.Done<byte[]>(byte[] file) -> add(part, file, by);
            case Outcome.Refused<byte[]>(Refusal refusal) -> new Outcome.Refused<>(refusal);
        };
    }

    /** @param fresh whether the part did not have this picture before */
    record Placed(List<PartImage> images, boolean fresh) {}

    /**
     * @param position from 1; beyond the last it comes behind it
     * @param told whether this single picture goes into the audit trail
     */
    Outcome<Placed> placed(PartId part, byte[] file, int position, Person by, boolean told) {
        if (!table.isPart(part.value())) return Outcome.refused("part-unknown");
        return switch (maker.make(file)) {
            case Outcome.Refused<PictureMaker.Picture>(Refusal refusal) -> new Outcome.Refused<>(refusal);
            case Outcome.Done<PictureMaker.Picture>(PictureMaker.Picture picture) ->
                kept(part, picture, position, by, told);
        };
    }

    private Outcome<Placed> kept(PartId part, PictureMaker.Picture picture, int position, Person by, boolean told) {
        sweeping.readLock().lock();
        try {
            PartImage image = new PartImage(
                    files.put(picture.large()), files.put(picture.small()), picture.width(), picture.height());
            return inTransaction(() -> {
                table.lock(part.value());
                List<PartImage> present = table.of(part.value());
                if (present.stream().anyMatch(each -> each.hash().equals(image.hash())))
                    return Outcome.done(new Placed(present, false));
                if (present.size() >= MOST_PER_PART)
                    return Outcome.refused("images-too-many", Integer.toString(MOST_PER_PART));
                int place = Math.min(position, present.size() + 1);
                table.insert(image, picture.large().length + picture.small().length, clock.instant());
                table.makeRoom(part.value(), place);
                table.place(part.value(), image.hash(), place, clock.instant(), by.name());
                if (told) audit.record(by.id().toString(), "part-image-added", part.toString());
                LOG.info(
                        "picture added part={} image={} width={} height={} by={}",
                        part,
                        image.hash(),
                        image.width(),
                        image.height(),
                        by.id());
                return Outcome.done(new Placed(table.of(part.value()), true));
            });
        } finally {
            sweeping.readLock().unlock();
        }
    }

    @Override
    public Outcome<List<PartImage>> arrange(PartId part, List<String> order, Person by) {
        return inTransaction(() -> {
            if (!table.isPart(part.value())) return Outcome.refused("part-unknown");
            table.lock(part.value());
            List<PartImage> present = table.of(part.value());
            Set<String> wanted = new HashSet<>(order);
            if (wanted.size() != order.size()
                    || order.size() != present.size()
                    || !present.stream().allMatch(each -> wanted.contains(each.hash())))
                return Outcome.refused("images-changed");
            if (present.stream().map(PartImage::hash).toList().equals(order)) return Outcome.done(present);
            table.arrange(part.value(), order.toArray(String[]::new));
            audit.record(by.id().toString(), "part-images-arranged", part.toString());
            return Outcome.done(table.of(part.value()));
        });
    }

    @Override
    public Outcome<List<PartImage>> remove(PartId part, String hash, Person by) {
        PartImage[] unused = new PartImage[1];
        Outcome<List<PartImage>> outcome = inTransaction(() -> {
            if (!table.isPart(part.value())) return Outcome.refused("part-unknown");
            table.lock(part.value());
            Optional<PartImage> image = table.of(part.value()).stream()
                    .filter(each -> each.hash().equals(hash))
                    .findFirst();
            if (image.isEmpty() || table.take(part.value(), hash) != 1) return Outcome.refused("image-unknown");
            table.closeRanks(part.value());
            if (table.deleteUnused(hash) == 1) unused[0] = image.get();
            audit.record(by.id().toString(), "part-image-removed", part.toString());
            LOG.info("picture removed part={} image={} by={}", part, hash, by.id());
            return Outcome.done(table.of(part.value()));
        });
        if (outcome instanceof Outcome.Done && unused[0] != null)
            delete(List.of(unused[0].hash(), unused[0].smallHash()));
        return outcome;
    }

    /** Only while nobody brings files, and only what still has no row: the same picture may have come again since. */
    private void delete(List<String> hashes) {
        sweeping.writeLock().lock();
        try {
            unknown(hashes).forEach(files::delete);
        } finally {
            sweeping.writeLock().unlock();
        }
    }

    private List<String> unknown(List<String> hashes) {
        Set<String> known = new HashSet<>(table.known(hashes.toArray(String[]::new)));
        return hashes.stream().filter(hash -> !known.contains(hash)).toList();
    }

    /** Deletes files that a crash left without a row. */
    void sweep() throws IOException {
        sweeping.writeLock().lock();
        try {
            // Files carry the machine's own time, whatever clock the process was given.
            int deleted = files.sweep(this::unknown, System.currentTimeMillis() - YOUNG.toMillis());
            if (deleted > 0) LOG.info("pictures without a part swept files={}", deleted);
        } finally {
            sweeping.writeLock().unlock();
        }
    }

    void onReceived(Runnable listener) {
        received = listener;
    }

    @Override
    public Outcome<Batch> addMany(Path zip, String fileName, Person by) {
        Optional<Refusal> wrong = PictureZip.check(zip);
        if (wrong.isPresent()) return new Outcome.Refused<>(wrong.get());
        UUID id = ids.next();
        try {
            Files.createDirectories(batches);
            Files.move(zip, batches.resolve(PictureBatches.file(id)));
        } catch (IOException e) {
            throw new UncheckedIOException("keeping a ZIP of pictures", e);
        }
        Batch batch = Objects.requireNonNull(
                transaction.execute(status -> {
                    table.insertBatch(id, fileName, clock.instant(), by.id().value(), by.name());
                    audit.record(by.id().toString(), "part-images-received", id.toString());
                    return batch(id).orElseThrow();
                }),
                "a batch");
        LOG.info("ZIP of pictures received batch={} by={}", id, by.id());
        received.run();
        return Outcome.done(batch);
    }

    @Override
    public List<Batch> batches(int limit) {
        return table.batches(limit).stream().map(PostgresGallery::batch).toList();
    }

    @Override
    public Optional<Batch> batch(UUID id) {
        return table.batch(id).map(PostgresGallery::batch);
    }

    private static Batch batch(ImageTable.BatchRow row) {
        return new Batch(
                row.id(),
                row.fileName(),
                row.receivedAt(),
                row.receivedByName(),
                row.files(),
                row.stored(),
                row.known(),
                row.refused(),
                row.finishedAt(),
                refusal(row.refusalCode(), row.refusalArguments()));
    }

    private static @Nullable Refusal refusal(@Nullable String code, String @Nullable [] arguments) {
        return code == null ? null : Refusal.of(code, arguments == null ? new String[0] : arguments);
    }

    @Override
    public List<BatchFile> files(UUID batch, int limit) {
        return table.files(batch, limit).stream()
                .map(row -> new BatchFile(
                        row.name(),
                        row.partId() == null ? null : new PartId(row.partId()),
                        BatchFile.Result.valueOf(row.outcome()),
                        refusal(row.refusalCode(), row.refusalArguments())))
                .toList();
    }

    private <T> Outcome<T> inTransaction(Supplier<Outcome<T>> act) {
        return Objects.requireNonNull(transaction.execute(status -> act.get()), "an outcome");
    }
}
