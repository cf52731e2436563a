package mx.refahub.domain.purchase;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.money.Money;

/**
 * A supplier's CFDI 4.0 as it was read and checked (SAT, Anexo 20).
 *
 * @param fiscalId the stamp's UUID
 * @param kind {@code I} ingreso, {@code E} egreso …
 * @param rate pesos per unit of the currency
 * @param problems what the checks found, as codes {@code seal-wrong}, {@code certificate-expired} …; empty if all is well
 */
public record SupplierInvoice(
        UUID fiscalId,
        String issuerRfc,
        String issuerName,
        String receiverRfc,
        String kind,
        String series,
        String folio,
        LocalDateTime issuedAt,
        Currency currency,
        BigDecimal rate,
        Money net,
        Money total,
        List<Line> lines,
        List<String> problems) {
    /** @param net after discount */
    public record Line(
            String theirNumber, String description, String unit, BigDecimal quantity, BigDecimal cost, Money net) {}

    public SupplierInvoice {
        lines = List.copyOf(lines);
        problems = List.copyOf(problems);
    }
}
