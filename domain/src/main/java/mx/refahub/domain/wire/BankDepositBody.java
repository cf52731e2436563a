package mx.refahub.domain.wire;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * Body of a {@code bank-deposit} document, schema 1 (docs/formats.md): a slip of cash that went to the bank. It moves no drawer; the drop to the safe did.
 *
 * @param day of the branch's calendar on which it was written
 * @param account empty where nobody typed one
 * @param total minor units
 */
public record BankDepositBody(
        UUID id,
        UUID store,
        LocalDate day,
        String bank,
        String account,
        String currency,
        long total,
        List<PiecesBody> pieces,
        Instant at,
        UUID by,
        String byName) {
    public BankDepositBody {
        pieces = List.copyOf(pieces);
    }

    /** @param form BILL or COIN; @param value minor units of one */
    public record PiecesBody(String form, long value, int pieces) {}
}
