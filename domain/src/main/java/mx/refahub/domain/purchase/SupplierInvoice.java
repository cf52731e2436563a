package mx.refahub.domain.purchase;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A supplier's CFDI 4.0 as it was read and checked (SAT, Anexo 20).
 *
 * @param fiscalId the stamp's UUID
 * @param kind {@code I} ingreso, {@code E} egreso …
 * @param rate pesos per unit of the currency
 * @param withheld of the whole invoice, each tax once; what is paid is that much less
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
        List<Withheld> withheld,
        List<Line> lines,
        List<String> problems) {
    /** @param net after discount @param vat null: it has other taxes too, or it is not known */
    public record Line(
            String theirNumber,
            String description,
            String unit,
            BigDecimal quantity,
            BigDecimal cost,
            Money net,
            @Nullable Vat vat) {}

    /** @param rate of the net, 0.16; zero unless the factor is {@code RATE} */
    public record Vat(Factor factor, BigDecimal rate, Money amount) {}

    public enum Factor {
        RATE,
        EXEMPT,
        /** Not subject to it. */
        NONE
    }

    /** SAT's taxes 001, 002 and 003. */
    public enum Tax {
        ISR,
        IVA,
        IEPS
    }

    /** @param amount above zero */
    public record Withheld(Tax tax, Money amount) {}

    public SupplierInvoice {
        withheld = List.copyOf(withheld);
        lines = List.copyOf(lines);
        problems = List.copyOf(problems);
    }
}
