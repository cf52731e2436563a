package mx.refahub.domain.sale;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a returned line was once sold as.
 *
 * @param sale null where nobody had a ticket, as is the line; and for a deposit of the opening load
 * @param line of the sale, or the opening deposit; at most what it sold can come back, over all returns
 * @param folio as printed, for people; empty without a ticket
 */
public record ReturnOf(@Nullable UUID sale, @Nullable UUID line, String folio, Reason reason, ReturnTerms terms) {
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

    public ReturnOf {
        boolean bySale =
                terms.source() == ReturnTerms.Source.OWN_TICKET || terms.source() == ReturnTerms.Source.SIGNED_TICKET;
        boolean byLine = terms.source() != ReturnTerms.Source.NO_TICKET;
        if ((sale != null) != bySale || (line != null) != byLine)
            throw new IllegalArgumentException(terms.source() + " with sale " + sale + " and line " + line);
    }

    public ReturnOf(UUID sale, UUID line, String folio, Reason reason) {
        this(sale, line, folio, reason, ReturnTerms.PLAIN);
    }
}
