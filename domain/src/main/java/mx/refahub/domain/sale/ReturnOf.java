package mx.refahub.domain.sale;

import java.util.UUID;

/**
 * What a returned line was once sold as.
 *
 * @param line of the sale; at most what it sold can come back, over all returns
 * @param folio as printed, for people
 */
public record ReturnOf(UUID sale, UUID line, String folio, Reason reason) {
    public enum Reason {
        DID_NOT_FIT,
        WRONG_PART,
        DEFECTIVE,
        NOT_NEEDED,
        /** The old piece that a deposit stood for. */
        CORE;

        /** Whether the piece can be sold again; a defective one goes to the warranty shelf instead. */
        public boolean backToStock() {
            return this == DID_NOT_FIT || this == WRONG_PART || this == NOT_NEEDED;
        }
    }
}
