package mx.refahub.store.reference;

import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Tracking;
import mx.refahub.store.sqlite.SqliteFile;

/** Which parts ask for a serial number or a lot, as the hub last told. */
@FunctionalInterface
public interface PartTracking {
    PartTracking NONE = part -> Tracking.NONE;

    Tracking of(PartId part);

    static PartTracking in(SqliteFile reference) {
        return part -> reference
                .read(session -> session.first("""
                        select tracking
                        from part
                        where id = ?
                        """, row -> Tracking.valueOf(row.text("tracking")), part.value()))
                .orElse(Tracking.NONE);
    }
}
