package mx.refahub.domain.wire;

import java.time.Instant;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.proposal.PartDraft;
import mx.refahub.domain.tax.TaxClass;
import org.jspecify.annotations.Nullable;

/**
 * Body of a {@code part-proposed} document, schema 1: a part that a counter made. Its key is the part's id, by which the branch sells it until the hub has
 * decided.
 *
 * @param price in centavos
 * @param barcode of one piece, if its box has one
 */
public record PartProposedBody(
        UUID id,
        UUID store,
        String lineCode,
        String partNumber,
        String brand,
        String name,
        String category,
        String unit,
        @Nullable String barcode,
        long price,
        boolean priceIncludesTax,
        String taxClass,
        String satCode,
        String satUnit,
        Instant createdAt,
        UUID createdBy,
        String createdByName) {

    /** The draft again; its own checks hold. @throws IllegalArgumentException if they do not, saying which */
    public PartDraft draft() {
        return new PartDraft(
                new LineCode(lineCode),
                new PartNumber(partNumber),
                brand,
                name,
                category,
                unit,
                barcode,
                new Price(Money.mxn(price), priceIncludesTax),
                TaxClass.valueOf(taxClass),
                satCode,
                satUnit);
    }
}
