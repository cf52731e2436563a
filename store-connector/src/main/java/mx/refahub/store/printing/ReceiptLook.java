package mx.refahub.store.printing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.sale.ReturnPolicy;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What receipts wear beside the sale's own words: the company's picture, made to the paper's width once, and how each part may come back. */
public final class ReceiptLook {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiptLook.class);

    private final @Nullable Path logo;
    private final Function<PartId, ReturnPolicy> policies;
    private final Map<Integer, Optional<Raster>> byWidth = new ConcurrentHashMap<>();

    public ReceiptLook(@Nullable Path logo) {
        this(logo, part -> ReturnPolicy.NONE);
    }

    public ReceiptLook(@Nullable Path logo, Function<PartId, ReturnPolicy> policies) {
        this.logo = logo;
        this.policies = policies;
    }

    /** A picture that cannot be read is left out: a receipt without it is better than none. */
    Optional<Raster> logo(int dots) {
        Path file = logo;
        return file == null ? Optional.empty() : byWidth.computeIfAbsent(dots, width -> read(file, width));
    }

    /** As they hold while it is printed, which is what a return is held against. A receipt without them is better than none. */
    Map<PartId, ReturnPolicy> policies(Sale sale) {
        Map<PartId, ReturnPolicy> known = new HashMap<>();
        try {
            for (SaleLine line : sale.lines())
                if (line.kind() == SaleLine.Kind.PART) known.computeIfAbsent(line.part(), policies);
        } catch (RuntimeException e) {
            LOG.warn("return policies left out sale={}", sale.id(), e);
        }
        return known;
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
