package mx.refahub.store.reference;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Tracking;
import mx.refahub.store.sqlite.SqliteFile;

/** Which parts ask for a serial number or a lot, as the hub last told. */
@FunctionalInterface
public interface PartTracking {
    PartTracking NONE = parts -> Map.of();

    /** All at once, for a ticket is charged by it. What is not in the answer asks for nothing. */
    Map<PartId, Tracking> of(Collection<PartId> parts);

    static PartTracking in(SqliteFile reference) {
        return parts -> reference.read(session -> {
            Map<PartId, Tracking> found = new HashMap<>();
            for (PartId part : parts)
                session.first("""
                        select tracking
                        from part
                        where id = ?
                        """, row -> Tracking.valueOf(row.text("tracking")), part.value())
                        .ifPresent(tracking -> found.put(part, tracking));
            return found;
        });
    }
}
