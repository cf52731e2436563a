package mx.refahub.domain.erp;

import java.util.List;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;

/** What an ERP calls our branches and price lists. */
public interface ErpCodes {
    /** What can be told to the target today, each with the ERP's code or an empty one. */
    List<ErpCode> codes(ErpTarget target);

    /**
     * Replaces them as a whole; those without the ERP's code are left out. Audited. Refusals: {@code erp-code-invalid}: longer than 60 letters or with
     * control characters; {@code erp-code-strange}: nothing of ours is called so.
     */
    Outcome<List<ErpCode>> put(ErpTarget target, List<ErpCode> codes, Person by);
}
