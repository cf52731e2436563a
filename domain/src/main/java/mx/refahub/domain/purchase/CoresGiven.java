package mx.refahub.domain.purchase;

import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.stock.StockLine;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.wire.CoresGivenBody;

/** Old pieces of this branch that go to a supplier. Implemented by the store connector; works with no network. */
public interface CoresGiven {
    /** @param lines of parts with how many pieces; bins and costs say nothing here */
    record Giving(UUID act, String supplier, String reference, String note, List<StockLine> lines) {
        public Giving {
            lines = List.copyOf(lines);
        }
    }

    /**
     * One transaction with its document. The same act again answers as before. More than lies here is written all the same: pieces of before this was counted lie here too.
     *
     * @return refused: {@code store-not-ready}, {@code stock-no-lines}, {@code stock-too-many-lines}, {@code cores-supplier-missing}, {@code stock-act-differs}
     */
    Outcome<CoresGivenBody> give(Giving giving, Person who);

    /** @param quantity what customers left here less what went on */
    record Lying(PartId part, Quantity quantity) {}

    /** Old pieces that lie here, most first. */
    List<Lying> lying(int limit);
}
