package mx.refahub.store.reference;

import java.util.List;
import mx.refahub.domain.wire.PartRow;

/** What column {@code part.relations} holds, as JSON. */
public record PartRelations(
        List<PartRow.FitmentRow> fitments,
        List<PartRow.InterchangeRow> interchanges,
        List<PartRow.RelationRow> relations) {
    public PartRelations {
        // Kept by an older version, which knew of none.
        relations = relations == null ? List.of() : List.copyOf(relations);
    }
}
