package mx.refahub.domain.search;

import java.util.List;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.Interchange;
import mx.refahub.domain.part.Part;

/**
 * All that the index knows of a part.
 *
 * @param popularity which of two equally good hits comes first: the higher one; 0 where nothing is known
 */
public record IndexedPart(Part part, List<Interchange> interchanges, List<Fitment> fitments, long popularity) {
    public IndexedPart {
        interchanges = List.copyOf(interchanges);
        fitments = List.copyOf(fitments);
        if (popularity < 0) throw new IllegalArgumentException("popularity " + popularity + " is negative");
    }

    public IndexedPart(Part part, List<Interchange> interchanges, List<Fitment> fitments) {
        this(part, interchanges, fitments, 0);
    }
}
