package mx.refahub.hub.catalogue;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import mx.refahub.domain.part.PartId;

/**
 * The parts that some branch has on hand, in memory: about 80 bytes for each. Read whole when it is asked for the first time; then only what the stock
 * stream's version says has changed since. A kit is on hand as a box, or by its pieces where one branch has all of them, as its card says; what kits hold
 * is read anew after each version of the catalogue.
 */
final class StockedParts {
    private static final long NEVER = -1;

    private final CatalogueTable table;
    private final Set<UUID> onHand = ConcurrentHashMap.newKeySet();
    private final Set<UUID> kits = ConcurrentHashMap.newKeySet();
    private long version = NEVER;
    private long catalogue = NEVER;

    StockedParts(CatalogueTable table) {
        this.table = table;
    }

    synchronized Predicate<PartId> now() {
        long now = table.stockVersion();
        long catalogueNow = table.catalogueVersion();
        // Behind what is known: a database that was put back from a backup.
        boolean whole = version == NEVER || now < version;
        if (whole) {
            onHand.clear();
            onHand.addAll(table.stocked());
        } else if (now > version) keep(onHand, table.stockedSince(version));
        if (whole || catalogueNow != catalogue) {
            kits.clear();
            kits.addAll(table.kits());
        } else if (now > version) keep(kits, table.kitsSince(version));
        version = now;
        catalogue = catalogueNow;
        return part -> onHand.contains(part.value()) || kits.contains(part.value());
    }

    private static void keep(Set<UUID> parts, List<CatalogueTable.StockRow> changed) {
        for (CatalogueTable.StockRow row : changed)
            if (row.onHand()) parts.add(row.partId());
            else parts.remove(row.partId());
    }
}
