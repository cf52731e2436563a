package mx.refahub.pos.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.part.PartGallery;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartImage;
import mx.refahub.domain.store.Person;

/** A gallery that knows no part; it remembers the ZIPs. */
final class FakeGallery implements PartGallery {
    private final IdSource ids;
    private final Clock clock;
    private final List<Batch> batches = new ArrayList<>();

    FakeGallery(IdSource ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Outcome<List<PartImage>> add(PartId part, byte[] file, Person by) {
        return Outcome.refused(file.length == 0 ? "image-empty" : "part-unknown");
    }

    @Override
    public Outcome<List<PartImage>> addFrom(PartId part, String address, Person by) {
        return Outcome.refused("image-address-wrong");
    }

    @Override
    public Outcome<List<PartImage>> arrange(PartId part, List<String> order, Person by) {
        return Outcome.refused("part-unknown");
    }

    @Override
    public Outcome<List<PartImage>> remove(PartId part, String hash, Person by) {
        return Outcome.refused("part-unknown");
    }

    @Override
    public Outcome<Batch> addMany(Path zip, String fileName, Person by) {
        try {
            if (!Files.readString(zip).startsWith("PK")) return Outcome.refused("zip-broken");
            Files.delete(zip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        batches.addFirst(
                new Batch(ids.next(), fileName, clock.instant(), by.name(), 1, 0, 0, 1, clock.instant(), null));
        return Outcome.done(batches.getFirst());
    }

    @Override
    public List<Batch> batches(int limit) {
        return batches;
    }

    @Override
    public Optional<Batch> batch(UUID id) {
        return batches.stream().filter(batch -> batch.id().equals(id)).findFirst();
    }

    @Override
    public List<BatchFile> files(UUID batch, int limit) {
        return List.of(
                new BatchFile("a.jpg", null, BatchFile.Result.REFUSED, Refusal.of("image-part-unknown", "FRI 1")));
    }
}
