package mx.refahub.hub.catalogue;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import mx.refahub.domain.part.PartId;

/**
 * The parts that some branch has on hand, in memory: about 80 bytes for each. Read whole when it is asked for the first time; then only what the stock
 * stream's version says has changed since.
 */
final class StockedParts {
    private static final long NEVER = -1;

    private final CatalogueTable table;
    private final Set<UUID> onHand = ConcurrentHashMap.newKeySet();
    private long version = NEVER;

    StockedParts(CatalogueTable table) {
        this.table = table;
    }

    synchronized Predicate<PartId> now() {
        long now = table.stockVersion();
        // Behind what is known: a database that was put back from a backup.
        if (version == NEVER || now < version) {
            onHand.clear();
            onHand.addAll(table.stocked());
        } else if (now > version) {
            for (CatalogueTable.StockRow row : table.stockedSince(version))
                if (row.onHand()) onHand.add(row.partId());
                else onHand.remove(row.partId());
        }
        version = now;
        return part -> onHand.contains(part.value());
    }
}
