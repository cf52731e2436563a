package mx.refahub.domain.erp;

import java.util.List;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;

/** What an ERP was told of parts, stock and prices, and what it calls our branches and price lists. */
public interface ErpMasters {
    /** What can be told to the target today, each with the ERP's code or an empty one. */
    List<ErpCode> codes(ErpTarget target);

    /**
     * Replaces them as a whole; those without the ERP's code are left out. Audited. Refusals: {@code erp-code-invalid}: longer than 60 letters or with
     * control characters; {@code erp-code-strange}: nothing of ours is called so.
     */
    Outcome<List<ErpCode>> put(ErpTarget target, List<ErpCode> codes, Person by);

    /**
     * What the target was not told, or was told otherwise, by code; a part that it was never told and that is not sold any more is left out, as are stock of
     * branches and prices without the ERP's code.
     */
    List<Master> due(ErpTarget target, Master.Kind kind, int most);

    /** How many {@link #due} would give in all. */
    long left(ErpTarget target, Master.Kind kind);

    /** Writes down what became of them; one that was not reached stays due, one that was refused is due again when it changes. */
    void told(ErpTarget target, Master.Kind kind, List<? extends Master> masters, List<Delivery> outcomes);

    /** Makes due again what was refused. */
    void forgetRefused(ErpTarget target);
}
