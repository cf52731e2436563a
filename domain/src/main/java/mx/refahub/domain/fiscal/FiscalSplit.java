package mx.refahub.domain.fiscal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import org.jspecify.annotations.Nullable;

/**
 * A ticket as SAT wants it: one income document of the lines that were sold, and a credit document of the lines that came back for each ticket that they were sold on. Amounts are
 * positive, as CFDI writes them; income less credits is the ticket's total, to the centavo, because no line is computed again.
 *
 * @param income null where nothing was sold
 */
public record FiscalSplit(@Nullable Part income, List<Part> credits) {
    /** c_FormaPago: settled against something else. */
    public static final String COMPENSATION = "17";

    public FiscalSplit {
        credits = List.copyOf(credits);
    }

    /**
     * @param net before discount and tax; {@code net − discount + tax = total}
     * @param paymentForm c_FormaPago of the largest share: how it was paid or paid back, or against what came back or was sold beside it
     * @param relatedSale the ticket that is credited; null on income, and where nobody had a ticket
     * @param relatedFolio as printed; may be empty
     */
    public record Part(
            List<UUID> lines,
            Money net,
            Money discount,
            Money tax,
            Money total,
            String paymentForm,
            @Nullable UUID relatedSale,
            String relatedFolio) {
        public Part {
            lines = List.copyOf(lines);
            if (!net.minus(discount).plus(tax).equals(total))
                throw new IllegalArgumentException("a fiscal document that does not add up");
        }
    }

    public static FiscalSplit of(Sale sale) {
        Money zero = Money.zero(sale.totals().total().currency());
        List<SaleLine> sold =
                sale.lines().stream().filter(line -> !line.kind().comesBack()).toList();
        Map<String, List<SaleLine>> back = new LinkedHashMap<>();
        for (SaleLine line : sale.lines()) {
            ReturnOf returned = line.returnOf();
            if (returned != null)
                back.computeIfAbsent(String.valueOf(returned.sale()), ticket -> new ArrayList<>())
                        .add(line);
        }
        Money out = sum(sold);
        Money in = zero;
        for (List<SaleLine> lines : back.values()) in = in.minus(sum(lines));
        Money settled = out.min(in);
        String paid = form(sale, out.compareTo(in) >= 0, settled);
        String compensated = settled.isZero() ? paid : COMPENSATION;
        // The side that is larger was paid or paid back for the rest; the other one was settled against it whole.
        boolean incomeIsLarger = out.compareTo(in) >= 0;
        Part income = sold.isEmpty() ? null : part(sold, false, incomeIsLarger ? paid : compensated, null, "");
        List<Part> credits = new ArrayList<>();
        for (List<SaleLine> lines : back.values()) {
            ReturnOf first = java.util.Objects.requireNonNull(lines.getFirst().returnOf());
            credits.add(part(lines, true, incomeIsLarger ? compensated : paid, first.sale(), first.folio()));
        }
        return new FiscalSplit(income, credits);
    }

    private static Money sum(List<SaleLine> lines) {
        return lines.stream().map(line -> line.amounts().total()).reduce(Money.mxn(0), Money::plus);
    }

    /** Of the tenders and of what was settled on the ticket itself, the largest; cash before the others where they are alike. */
    private static String form(Sale sale, boolean paid, Money settled) {
        Map<Tender.Kind, Money> shares = new EnumMap<>(Tender.Kind.class);
        for (Tender tender : sale.tenders())
            if (tender.kind() != Tender.Kind.ROUNDING)
                shares.merge(
                        tender.kind(), paid ? tender.amount() : tender.amount().negated(), Money::plus);
        String form = shares.isEmpty() ? Tender.Kind.CASH.satPaymentForm() : "";
        Money most = Money.mxn(-1);
        for (Map.Entry<Tender.Kind, Money> share : shares.entrySet())
            if (share.getValue().compareTo(most) > 0) {
                most = share.getValue();
                form = share.getKey().satPaymentForm();
            }
        // What is owed is owed, however small: it is paid in parts (PPD), and its form is yet to be known.
        if (paid && shares.getOrDefault(Tender.Kind.ON_ACCOUNT, Money.mxn(0)).minor() > 0)
            return Tender.Kind.ON_ACCOUNT.satPaymentForm();
        return settled.compareTo(most) > 0 ? COMPENSATION : form;
    }

    private static Part part(
            List<SaleLine> lines, boolean back, String form, @Nullable UUID relatedSale, String relatedFolio) {
        Money net = Money.mxn(0);
        Money discount = Money.mxn(0);
        Money tax = Money.mxn(0);
        for (SaleLine line : lines) {
            net = net.plus(line.amounts().net());
            discount = discount.plus(line.amounts().discount());
            tax = tax.plus(line.amounts().tax());
        }
        if (back) {
            net = net.negated();
            discount = discount.negated();
            tax = tax.negated();
        }
        return new Part(
                lines.stream().map(SaleLine::id).toList(),
                net,
                discount,
                tax,
                net.minus(discount).plus(tax),
                form,
                relatedSale,
                relatedFolio);
    }
}
