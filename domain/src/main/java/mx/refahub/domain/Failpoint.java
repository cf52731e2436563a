package mx.refahub.domain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Named places where a test may kill the process as a power cut would, after docs/reliability.md (C1–C22).
 *
 * <p>The environment variable {@code REFAHUB_FAILPOINTS} arms them: {@code NAME=p} or {@code NAME=p@n} joined by commas; the process
 * halts at the named place with probability p (0–1), from the n-th pass on (default 1). {@code REFAHUB_FAILPOINT_SEED} makes
 * the dice repeatable. {@code REFAHUB_FAILPOINTS_FILE} names a file that holds the same text and is read at each pass, so that a place can be armed
 * while the process runs; no file or an empty one: none is. A new text counts its passes from its own first. Unset, a pass costs one read of a final field.
 */
public enum Failpoint {
    C1_INSIDE_STORE_TRANSACTION,
    C2_COMMITTED_NOT_ANSWERED,
    C3_PRINTING,
    C4_RELAY_READ_NOT_SENT,
    C5_SENT_NOT_COMMITTED,
    C6_SENT_CURSOR_NOT_MOVED,
    C11_INTAKE_DATABASE_OPEN,
    C12_LANDED_NOT_CONFIRMED,
    C13_ACKNOWLEDGEMENT_NOT_SENT,
    C14_ACKNOWLEDGEMENT_NOT_SAVED,
    C15_LANDED_NOT_APPLIED,
    C16_APPLIED_EFFECT_NOT_DELIVERED,
    C17_PRUNING,
    C19_BACKING_UP,
    RESTORE_SET_ASIDE_NOT_IN_PLACE,
    STREAM_RECEIVED_NOT_APPLIED,
    INDEX_FETCHED_NOT_SWAPPED,
    IMPORT_STAGED_NOT_PUBLISHED,
    CHARGE_WRITTEN_NOT_ASKED,
    CHARGE_ANSWERED_NOT_WRITTEN,
    SLICE_STAGED_NOT_COMMITTED;

    /** Exit status of a process that a failpoint halted, so that a harness can tell it from a crash of its own. */
    public static final int EXIT_STATUS = 86;

    private static final @Nullable String SEED = System.getenv("REFAHUB_FAILPOINT_SEED");

    private static final @Nullable Armed ARMED = Armed.parse(System.getenv("REFAHUB_FAILPOINTS"), SEED);

    private static final @Nullable Order ORDER = Order.of(System.getenv("REFAHUB_FAILPOINTS_FILE"), SEED);

    public void pass() {
        if (ARMED == null && ORDER == null) return;
        Armed ordered = ORDER == null ? null : ORDER.armed();
        if ((ARMED != null && ARMED.strikes(this)) || (ordered != null && ordered.strikes(this))) {
            System.err.println("failpoint struck name=" + this);
            System.err.flush();
            Runtime.getRuntime().halt(EXIT_STATUS);
        }
    }

    /** The dice; apart from the halt so that a test can roll them. */
    static final class Armed {
        private record Setting(double probability, int from) {}

        private final Map<Failpoint, Setting> settings;
        private final Map<Failpoint, Integer> passes = new HashMap<>();
        private final Random random;

        private Armed(Map<Failpoint, Setting> settings, Random random) {
            this.settings = settings;
            this.random = random;
        }

        static @Nullable Armed parse(@Nullable String text, @Nullable String seed) {
            if (text == null || text.isBlank()) return null;
            Map<Failpoint, Setting> settings = new HashMap<>();
            for (String entry : text.split(",")) {
                String[] parts = entry.strip().split("[=@]");
                if (parts.length < 2 || parts.length > 3)
                    throw new IllegalArgumentException("REFAHUB_FAILPOINTS: '" + entry
                            + "' is not NAME=p or NAME=p@n; names are " + Arrays.toString(values()));
                settings.put(
                        valueOf(parts[0]),
                        new Setting(Double.parseDouble(parts[1]), parts.length == 3 ? Integer.parseInt(parts[2]) : 1));
            }
            return new Armed(settings, seed == null ? new Random() : new Random(Long.parseLong(seed)));
        }

        synchronized boolean strikes(Failpoint point) {
            Setting setting = settings.get(point);
            if (setting == null) return false;
            int pass = passes.merge(point, 1, Integer::sum);
            return pass >= setting.from() && random.nextDouble() < setting.probability();
        }
    }

    /** What a file says now. */
    static final class Order {
        private final Path file;
        private final @Nullable String seed;
        private String read = "";
        private @Nullable Armed armed;

        private Order(Path file, @Nullable String seed) {
            this.file = file;
            this.seed = seed;
        }

        static @Nullable Order of(@Nullable String file, @Nullable String seed) {
            return file == null || file.isBlank() ? null : new Order(Path.of(file), seed);
        }

        synchronized @Nullable Armed armed() {
            String now = text();
            if (!now.equals(read)) {
                armed = Armed.parse(now, seed);
                read = now;
            }
            return armed;
        }

        private String text() {
            try {
                return Files.readString(file).strip();
            } catch (NoSuchFileException e) {
                return "";
            } catch (IOException e) {
                throw new IllegalStateException("REFAHUB_FAILPOINTS_FILE cannot be read", e);
            }
        }
    }
}
