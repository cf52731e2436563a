package mx.refahub.domain.sale;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.part.PartId;
import org.jspecify.annotations.Nullable;

/** How parts may come back, and what came back of them before; as the hub told last, with no network. */
public interface ReturnPolicies {
    /** {@link ReturnPolicy#NONE} where nobody made one. */
    ReturnPolicy of(PartId part);

    /**
     * What a clerk should know before selling, of those parts alone of which there is something to know.
     *
     * @param vehicle in hand; null for none
     */
    Map<PartId, Note> notes(Collection<PartId> parts, @Nullable Wanted vehicle);

    /** As far as somebody has said it; empty texts and year 0 stand for anything. */
    record Wanted(String make, String model, int year, String engine) {}

    /**
     * @param misfits of the vehicle in hand, or of any where none is
     * @param vehicles the most frequent first
     */
    record Note(ReturnPolicy policy, long misfits, List<Misfit> vehicles) {
        public Note {
            vehicles = List.copyOf(vehicles);
        }
    }

    /** Customers who brought a part back because it did not fit this vehicle, over all branches. */
    record Misfit(ReturnTerms.Vehicle vehicle, long times) {}
}
