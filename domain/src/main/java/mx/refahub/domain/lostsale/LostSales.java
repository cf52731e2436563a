package mx.refahub.domain.lostsale;

import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;

/** Takes note of lost sales at the counter and tells the hub of each by a document; works with no network. Implemented by the store connector over SQLite. */
@FunctionalInterface
public interface LostSales {
    /**
     * The same act again changes nothing.
     *
     * <p>Refused: {@code store-not-ready}, {@code part-unknown}, and those of {@link LostSale.Asked#checked}.
     *
     * @param act minted by the screen for this one key press
     */
    Outcome<LostSale> note(UUID act, LostSale.Asked asked, Person who);
}
