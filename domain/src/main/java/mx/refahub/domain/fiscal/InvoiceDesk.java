package mx.refahub.domain.fiscal;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.store.Person;

/**
 * Takes wishes for invoices at the counter, with the sale or later. Works with no network: stamping is the hub's, once the sale is there. Implemented by the
 * store connector over SQLite.
 */
public interface InvoiceDesk {
    /**
     * Keeps the wish and tells the hub of it by a document. The same act again changes nothing.
     *
     * <p>Refused: {@code sale-unknown}, {@code sale-without-income} (nothing was sold on it), {@code sale-with-returns} (what comes back is split off by the accountant first),
     * {@code invoice-too-late} (naming the last day) and those of {@link FiscalData#of}.
     *
     * @param act minted by the screen for this one key press
     */
    Outcome<InvoiceRequest> request(UUID act, UUID sale, FiscalData.Typed typed, Person who);

    /** The newest wish for this sale. */
    Optional<InvoiceRequest> of(UUID sale);

    /** What this RFC gave the last time, so that nobody types it again. */
    Optional<FiscalData> known(Rfc rfc);

    /** The newest wishes, with their sales. */
    List<Asked> latest(int limit);

    record Asked(InvoiceRequest request, Sale sale) {}
}
