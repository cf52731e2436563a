package mx.refahub.domain.part;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the pictures of parts, at the hub. Every picture is judged by its content, decoded and encoded anew: nothing of the sender's file
 * is kept, neither its metadata nor its name. The same picture again changes nothing.
 *
 * <p>Refusals: {@code part-unknown}, {@code image-empty}, {@code image-too-large}, {@code image-kind-wrong}, {@code image-too-many-pixels},
 * {@code image-broken}, {@code images-too-many}, {@code image-unknown}, {@code images-changed}; by address also {@code image-address-wrong},
 * {@code image-address-private}, {@code image-address-unreachable}, {@code image-address-redirects}, {@code image-address-refused},
 * {@code image-address-slow}.
 */
public interface PartGallery {
    int MOST_PER_PART = 12;
    int MOST_BYTES = 10_000_000;
    long MOST_PIXELS = 40_000_000;
    int MOST_BYTES_BY_ADDRESS = 5_000_000;

    /** @return the part's pictures after it */
    Outcome<List<PartImage>> add(PartId part, byte[] file, Person by);

    /** Fetches the picture from a public address (http or https) and adds it. */
    Outcome<List<PartImage>> addFrom(PartId part, String address, Person by);

    /** @param order the hashes of all pictures of the part; {@code images-changed} if they are not those */
    Outcome<List<PartImage>> arrange(PartId part, List<String> order, Person by);

    Outcome<List<PartImage>> remove(PartId part, String hash, Person by);

    /**
     * Takes a ZIP of pictures and works through it in the background, also over a restart. Each file goes to the part that its name says
     * ({@code LINE NUMBER.jpg}, {@code LINE NUMBER-2.jpg} for the second place), or that a {@code manifest.csv} in it says.
     *
     * @param zip the caller's file; moved away if it is taken
     * @return refused with {@code zip-broken}, {@code zip-too-many-files}, {@code zip-empty}
     */
    Outcome<Batch> addMany(Path zip, String fileName, Person by);

    /** The newest first. */
    List<Batch> batches(int limit);

    Optional<Batch> batch(UUID id);

    /** What became of its files, refused ones first, then by name. */
    List<BatchFile> files(UUID batch, int limit);

    /**
     * @param files how many it holds; null until it was looked into
     * @param refusal why the whole of it could not be used
     */
    record Batch(
            UUID id,
            String fileName,
            Instant receivedAt,
            String receivedBy,
            @Nullable Integer files,
            int stored,
            int known,
            int refused,
            @Nullable Instant finishedAt,
            @Nullable Refusal refusal) {}

    /** @param refusal why it was not used; null if it was */
    record BatchFile(
            String name,
            @Nullable PartId part,
            Result result,
            @Nullable Refusal refusal) {
        public enum Result {
            STORED,
            /** The part has this picture already. */
            KNOWN,
            REFUSED
        }
    }
}
