package mx.refahub.store.promise;

import java.time.Instant;
import mx.refahub.domain.sale.Payment;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.credit.SpentElsewhere;

/** What may be taken as a deposit, and on which terms: as for a ticket. */
public interface DepositTenders {
    /** @param at whose day it is by the branch's clock */
    Payment.Terms terms(Branch branch, Instant at);

    SpentElsewhere elsewhere();
}
