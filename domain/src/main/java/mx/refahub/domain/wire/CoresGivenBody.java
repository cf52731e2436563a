package mx.refahub.domain.wire;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Body of a {@code cores-given} document, schema 1: old pieces that a branch gave to a supplier. They are on no shelf, so nothing moves.
 *
 * @param supplier as somebody typed it; the hub knows who that is, or asks
 * @param reference the supplier's paper for it; may be empty
 */
public record CoresGivenBody(
        UUID id,
        UUID store,
        Instant at,
        UUID by,
        String byName,
        String supplier,
        String reference,
        String note,
        List<LineBody> lines) {
    /** @param quantity in thousandths */
    public record LineBody(UUID id, UUID part, String lineCode, String partNumber, String description, long quantity) {}

    public CoresGivenBody {
        lines = List.copyOf(lines);
    }
}
