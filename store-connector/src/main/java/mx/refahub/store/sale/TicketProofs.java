package mx.refahub.store.sale;

import java.util.Optional;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.TicketProof;
import mx.refahub.store.identity.Identity;

/** Signs what a ticket proves: with the key that the branch has now, which the others learn with the settings. */
public final class TicketProofs {
    private TicketProofs() {}

    /** Empty where nothing of the ticket can come back elsewhere. */
    public static Optional<TicketProof> signed(Sale sale, Optional<Identity> identity) {
        if (identity.isEmpty() || !identity.get().store().equals(sale.store())) return Optional.empty();
        return TicketProof.of(sale)
                .map(proof -> proof.signed(identity.get().key().sign(proof.message())));
    }
}
