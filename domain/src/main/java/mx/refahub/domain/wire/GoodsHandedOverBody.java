package mx.refahub.domain.wire;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Body of a {@code goods-handed-over} document, schema 1 (docs/formats.md): what somebody handed over of a ticket that was collected by a note. Quantities
 * are thousandths.
 *
 * @param id the act's
 */
public record GoodsHandedOverBody(
        UUID id, UUID store, UUID sale, String folio, List<GivenBody> lines, Instant at, UUID by, String byName) {
    public GoodsHandedOverBody {
        lines = List.copyOf(lines);
    }

    /** @param line of the sale */
    public record GivenBody(UUID line, long quantity) {}
}
