package mx.refahub.store.stock;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.stock.Opening;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.SqliteFile;

/** What the hub says this branch began with. */
public final class Openings {
    private final SqliteFile reference;
    private final Identities identities;

    public Openings(SqliteFile reference, Identities identities) {
        this.reference = reference;
        this.identities = identities;
    }

    /** One index look-up each. Every part asked for is in the answer. */
    public Map<PartId, Opening> of(Collection<PartId> parts) {
        String own = own();
        Map<PartId, Opening> openings = new HashMap<>();
        reference.read(session -> {
            for (PartId part : parts)
                openings.put(
                        part,
                        session.first("""
                        select opening, opening_value, bin
                        from branch_stock
                        where part_id = ? and store_id = ?
                        """, Openings::opening, part.value(), own).orElse(Opening.NONE));
            return openings;
        });
        return openings;
    }

    /** All that the branch began with. */
    Map<PartId, Opening> all() {
        Map<PartId, Opening> openings = new HashMap<>();
        reference.read(session -> session.all(
                """
                select part_id, opening, opening_value, bin
                from branch_stock
                where store_id = ? and opening <> 0
                """,
                row -> {
                    Opening opening = opening(row);
                    openings.put(new PartId(row.id("part_id")), opening);
                    return opening;
                },
                own()));
        return openings;
    }

    private String own() {
        return identities.current().map(identity -> identity.store().toString()).orElse("");
    }

    private static Opening opening(Row row) throws SQLException {
        return new Opening(row.number("opening"), row.number("opening_value"), row.text("bin"));
    }
}
