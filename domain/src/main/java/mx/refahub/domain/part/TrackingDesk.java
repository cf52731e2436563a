package mx.refahub.domain.part;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;

/** Serial numbers and lots at the hub: which parts ask for them, and which tickets have one. */
public interface TrackingDesk {
    /** Refused: {@code part-unknown}. */
    Outcome<Tracking> of(PartId part);

    /** Goes down with the catalogue. Refused: {@code part-unknown}. */
    Outcome<Tracking> set(PartId part, Tracking tracking, String by);

    /** @param back whether the piece came back with it */
    record Found(
            String serial,
            UUID sale,
            String store,
            String folio,
            LocalDate day,
            String lineCode,
            String partNumber,
            String description,
            boolean back) {}

    /** Of all branches, exactly as it was written; the newest first. */
    List<Found> find(String serial, int limit);
}
