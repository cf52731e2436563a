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

    /** The same for whatever a scanner typed, see {@link ScannedCode}: the first reading that stands on a package. */
    default Optional<Scanned> scanned(String text) {
        return ScannedCode.readings(text).stream()
                .flatMap(code -> byBarcode(code).stream())
                .findFirst();
    }

    record Scanned(PartId part, Barcode barcode) {}

    /** Everything known about the part beyond its card, whole: fitments, interchanges and related parts, by kind. A part may fit thousands of vehicles. */
    Relations relations(PartId id);

    record Relations(List<Fitment> fitments, List<Interchange> interchanges, List<Related> related) {
        public Relations(List<Fitment> fitments, List<Interchange> interchanges) {
            this(fitments, interchanges, List.of());
        }
    }

    /**
     * A {@link PartRelation} of a part, by the other one's id. That one may have left the catalogue: then it has no card.
     *
     * @param quantity how many go with one piece, or are in one kit
     */
    record Related(
            PartRelation.Kind kind,
            PartId part,
            PartRelation.Grade grade,
            Quantity quantity,
            String position,
            String note) {}
}
