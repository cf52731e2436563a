package mx.refahub.store.printing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What receipts wear beside their words: the company's picture, made to the paper's width once. */
public final class ReceiptLook {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiptLook.class);

    private final @Nullable Path logo;
    private final Map<Integer, Optional<Raster>> byWidth = new ConcurrentHashMap<>();

    public ReceiptLook(@Nullable Path logo) {
        this.logo = logo;
    }

    /** A picture that cannot be read is left out: a receipt without it is better than none. */
    Optional<Raster> logo(int dots) {
        Path file = logo;
        return file == null ? Optional.empty() : byWidth.computeIfAbsent(dots, width -> read(file, width));
    }

    private static Optional<Raster> read(Path file, int dots) {
        try {
            return Optional.of(Raster.of(file, dots));
        } catch (IOException e) {
            LOG.warn("receipt picture left out file={} reason={}", file, e.getMessage());
            return Optional.empty();
        }
    }
}
