package mx.refahub.domain.search;

import java.util.List;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.Interchange;
import mx.refahub.domain.part.Part;

/** All that the index knows of a part. */
public record IndexedPart(Part part, List<Interchange> interchanges, List<Fitment> fitments) {
    public IndexedPart {
        interchanges = List.copyOf(interchanges);
        fitments = List.copyOf(fitments);
    }
}
