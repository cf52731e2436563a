package mx.refahub.domain.erp;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.outside.OutsideSystem;

/**
 * A target that is spoken to. It has no memory of its own: the hub keeps what was delivered, the ERP is asked by reference for what the hub does not
 * know. Jobs and routes call it from threads of their own: an adapter guards its session.
 */
public interface ErpGateway extends OutsideSystem {
    ErpTarget target();

    /** Somebody has connected it and switched it on. */
    boolean isConnected();

    /**
     * Why it is left alone although it is connected, in a sentence for a person: it does not accept the key, and is not asked again until the connection is
     * changed or tried by hand.
     */
    default Optional<String> resting() {
        return Optional.empty();
    }

    /**
     * What is asked of the ERP's own tables before anything is sent.
     *
     * @param accounts account numbers @param centers cost centres @param codes of taxes, warehouses and the rest, for documents
     */
    record Wanted(Set<String> accounts, Set<String> centers, List<ErpCode> codes) {
        public Wanted {
            accounts = Set.copyOf(accounts);
            centers = Set.copyOf(centers);
            codes = List.copyOf(codes);
        }
    }

    /**
     * What the ERP does not have of it: {@code erp-account-unknown}, {@code erp-center-unknown}, {@code erp-code-unknown}, each with the code. Empty: all is
     * there.
     *
     * @throws mx.refahub.domain.Failure {@code RETRYABLE} if it does not answer, {@code REJECTED} if it does not let us in
     */
    List<Refusal> lacks(Wanted wanted);

    /** Most postings or masters that it wants in one call. */
    int batch();

    /**
     * Books each posting unless the ERP has its reference already; in the same order, one outcome for each. A posting that another of the same call
     * names ({@code corrects}, {@code document}) stands after it.
     *
     * <p>Never throws for what the ERP or the network does: what is not known to be booked is {@link Delivery.Unreachable}, and safe to be given again.
     */
    List<Delivery> deliver(List<Posting> postings);

    /** Creates or updates by code; in the same order, one outcome for each. */
    List<Delivery> put(List<? extends Master> masters);

    /** @param cursor opaque, for the next call @param more there is another page now */
    record Changes(List<Master> masters, String cursor, boolean more) {
        public Changes {
            masters = List.copyOf(masters);
        }
    }

    /**
     * What has changed at the ERP.
     *
     * @param places the ERP's warehouses that branches of ours stand for: what lies elsewhere need not be told
     * @param cursor of the call before; empty: everything
     * @throws mx.refahub.domain.Failure {@code RETRYABLE} or {@code REJECTED}, as {@link #lacks}
     */
    Changes changedSince(Master.Kind kind, Set<String> places, String cursor, int most);
}
