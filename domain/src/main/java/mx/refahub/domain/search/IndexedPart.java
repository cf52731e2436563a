package mx.refahub.domain.search;

import java.util.List;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.Interchange;
import mx.refahub.domain.part.Part;

/**
 * All that the index knows of a part.
 *
 * @param popularity which of two equally good hits comes first: the higher one; 0 where nothing is known
 * @param margin the share of its price that a part leaves, in steps of a twentieth, 0 to 20; 0 where its cost is not known
 */
public record IndexedPart(
        Part part, List<Interchange> interchanges, List<Fitment> fitments, long popularity, long margin) {
    public IndexedPart {
        interchanges = List.copyOf(interchanges);
        fitments = List.copyOf(fitments);
        if (popularity < 0) throw new IllegalArgumentException("popularity " + popularity + " is negative");
        if (margin < 0 || margin > 20) throw new IllegalArgumentException("margin of " + margin + " twentieths");
    }

    public IndexedPart(Part part, List<Interchange> interchanges, List<Fitment> fitments, long popularity) {
        this(part, interchanges, fitments, popularity, 0);
    }

    public IndexedPart(Part part, List<Interchange> interchanges, List<Fitment> fitments) {
        this(part, interchanges, fitments, 0, 0);
    }
}
