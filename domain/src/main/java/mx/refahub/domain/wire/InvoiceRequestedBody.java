package mx.refahub.domain.wire;

import java.time.Instant;
import java.util.UUID;

/**
 * Body of an {@code invoice-requested} document, schema 1. Its key is the sale's, so that it follows the sale.
 *
 * @param regime c_RegimenFiscal
 * @param use c_UsoCFDI
 * @param email may be empty
 */
public record InvoiceRequestedBody(
        UUID id,
        UUID store,
        UUID sale,
        String rfc,
        String name,
        String postalCode,
        String regime,
        String use,
        String email,
        Instant requestedAt,
        UUID requestedBy,
        String requestedByName) {}
