package mx.refahub.domain.part;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the catalogue with prices and stock joined. Implemented over PostgreSQL at the hub and over SQLite at a store. */
public interface PartCatalogue {
    /** The cards of these parts in one query; ids that are unknown or removed are left out. */
    Map<PartId, PartCard> cards(Collection<PartId> ids);

    default Optional<PartCard> card(PartId id) {
        return Optional.ofNullable(cards(List.of(id)).get(id));
    }

    /** The part on whose package this barcode stands, with the pack's quantity. */
    Optional<Scanned> byBarcode(String barcode);

    record Scanned(PartId part, Barcode barcode) {}

    /** Everything known about the part beyond its card: fitments and interchanges, at most 500 of each. */
    Relations relations(PartId id);

    record Relations(List<Fitment> fitments, List<Interchange> interchanges) {}
}
