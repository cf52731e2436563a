package mx.refahub.domain.cash;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.tax.TaxFactor;
import org.jspecify.annotations.Nullable;

/**
 * A cash session in figures: an X while it is open, its Z once it is closed.
 *
 * @param at when the figures were taken
 * @param seal of a Z; null for an X
 * @param count null before the drawer was counted
 * @param deposits for layaways and special orders, by tender: part of what was paid in and out
 */
public record CashReport(
        Head head,
        Instant at,
        @Nullable Seal seal,
        List<TenderLine> tenders,
        Sales sales,
        List<TaxLine> taxes,
        List<CashMovement.Recorded> movements,
        @Nullable CashCount count,
        List<Deposits> deposits) {

    /** @param businessDay the day on which the drawer was opened, by the branch's clock */
    public record Head(
            UUID session,
            RegisterId register,
            String registerName,
            String registerPrefix,
            LocalDate businessDay,
            Instant openedAt,
            String openedByName,
            UserId cashier,
            String cashierName) {}

    /**
     * @param id of the closing
     * @param supersedes number of the Z before the session was opened again; 0 for none
     * @param journalSequence last row of the journal that the Z vouches for
     */
    public record Seal(
            UUID id,
            long number,
            long supersedes,
            UserId closedBy,
            String closedByName,
            long journalSequence,
            Sha256 journalHash) {
        public Seal {
            if (number < 1 || supersedes < 0 || supersedes >= number)
                throw new IllegalArgumentException("Z " + number + " supersedes " + supersedes);
        }
    }

    /**
     * What a tender came to. What goes out is negative.
     *
     * @param received as it was handed over for sales, change included
     * @param counted null before the count
     * @param reason for the difference, in the cashier's words
     */
    public record TenderLine(
            Tender.Kind tender,
            Money opening,
            Money received,
            Money change,
            Money paidIn,
            Money paidOut,
            Money drops,
            @Nullable Money counted,
            String reason) {
        public Currency currency() {
            return opening.currency();
        }

        /** What pays for sales. */
        public Money sold() {
            return received.plus(change);
        }

        public Money expected() {
            return opening.plus(sold()).plus(paidIn).plus(paidOut).plus(drops);
        }

        public Money difference() {
            return counted == null ? Money.zero(currency()) : counted.minus(expected());
        }

        public TenderLine counted(Money sum, String why) {
            return new TenderLine(tender, opening, received, change, paidIn, paidOut, drops, sum, why);
        }

        static TenderLine none(Tender.Kind tender, Currency currency) {
            Money zero = Money.zero(currency);
            return new TenderLine(tender, zero, zero, zero, zero, zero, zero, null, "");
        }

        private TenderLine plus(CashEntry.Kind kind, Money amount) {
            return switch (kind) {
                case OPENED ->
                    new TenderLine(
                            tender, opening.plus(amount), received, change, paidIn, paidOut, drops, counted, reason);
                case SALE ->
                    new TenderLine(
                            tender, opening, received.plus(amount), change, paidIn, paidOut, drops, counted, reason);
                case CHANGE ->
                    new TenderLine(
                            tender, opening, received, change.plus(amount), paidIn, paidOut, drops, counted, reason);
                case PAID_IN, ACCOUNT_PAYMENT, DEPOSIT ->
                    new TenderLine(
                            tender, opening, received, change, paidIn.plus(amount), paidOut, drops, counted, reason);
                case PAID_OUT, DEPOSIT_BACK ->
                    new TenderLine(
                            tender, opening, received, change, paidIn, paidOut.plus(amount), drops, counted, reason);
                case DROP ->
                    new TenderLine(
                            tender, opening, received, change, paidIn, paidOut, drops.plus(amount), counted, reason);
                case SWITCHED, COUNTED, CLOSED, REOPENED -> this;
            };
        }
    }

    /** @param back negative */
    public record Deposits(Tender.Kind tender, Money taken, Money back) {}

    /** A sum of the journal. */
    public record Sum(Tender.Kind tender, CashEntry.Kind kind, Money amount) {}

    /**
     * @param firstFolio empty without sales
     * @param cores deposits for old pieces in the total
     * @param vouchers gift vouchers in the total
     */
    public record Sales(
            long count,
            String firstFolio,
            String lastFolio,
            Money net,
            Money discount,
            Money tax,
            Money cores,
            Money total,
            Money vouchers) {
        public static Sales none() {
            Money zero = Money.mxn(0);
            return new Sales(0, "", "", zero, zero, zero, zero, zero, zero);
        }
    }

    /** @param object SAT's c_ObjetoImp of the lines: only 02 bears a tax */
    public record TaxLine(String object, TaxFactor factor, BigDecimal rate, Money base, Money tax) {}

    public CashReport {
        tenders = List.copyOf(tenders);
        taxes = List.copyOf(taxes);
        movements = List.copyOf(movements);
        deposits = List.copyOf(deposits);
        Set<Object> seen = new HashSet<>();
        for (TenderLine line : tenders)
            if (!seen.add(List.of(line.tender(), line.currency())))
                throw new IllegalArgumentException("two lines of " + line.tender() + " " + line.currency());
    }

    /** Of a day without deposits. */
    public CashReport(
            Head head,
            Instant at,
            @Nullable Seal seal,
            List<TenderLine> tenders,
            Sales sales,
            List<TaxLine> taxes,
            List<CashMovement.Recorded> movements,
            @Nullable CashCount count) {
        this(head, at, seal, tenders, sales, taxes, movements, count, List.of());
    }

    /** What the journal's sums say of deposits, in the tenders' order. */
    public static List<Deposits> deposits(List<Sum> sums) {
        List<Deposits> lines = new ArrayList<>();
        List<Currency> currencies = Stream.concat(
                        Stream.of(Money.MXN),
                        sums.stream().map(sum -> sum.amount().currency()))
                .distinct()
                .toList();
        for (Tender.Kind tender : Tender.Kind.values())
            for (Currency currency : currencies) {
                Money taken = of(sums, tender, currency, CashEntry.Kind.DEPOSIT);
                Money back = of(sums, tender, currency, CashEntry.Kind.DEPOSIT_BACK);
                if (!taken.isZero() || !back.isZero()) lines.add(new Deposits(tender, taken, back));
            }
        return lines;
    }

    private static Money of(List<Sum> sums, Tender.Kind tender, Currency currency, CashEntry.Kind kind) {
        return sums.stream()
                .filter(sum -> sum.tender() == tender && sum.kind() == kind)
                .map(Sum::amount)
                .filter(amount -> amount.currency().equals(currency))
                .reduce(Money.zero(currency), Money::plus);
    }

    /** The tenders in their order: pesos in cash first, even when there were none; others as they came up. */
    public static List<TenderLine> tenders(List<Sum> sums) {
        List<TenderLine> lines = new ArrayList<>();
        lines.add(TenderLine.none(Tender.Kind.CASH, Money.MXN));
        for (Tender.Kind tender : Tender.Kind.values()) {
            for (Sum sum : sums) {
                if (sum.tender() != tender || !sum.kind().moves()) continue;
                int at = find(lines, tender, sum.amount().currency());
                if (at < 0) {
                    lines.add(TenderLine.none(tender, sum.amount().currency()));
                    at = lines.size() - 1;
                }
                lines.set(at, lines.get(at).plus(sum.kind(), sum.amount()));
            }
        }
        return lines;
    }

    /**
     * The same lines with what was counted of each; what was counted and never expected gets a line of its own. Of what nobody counts, what dollars were
     * worth and what was rounded, there is what there should be.
     */
    public static List<TenderLine> counted(List<TenderLine> lines, CashCount count) {
        List<TenderLine> all = new ArrayList<>(lines);
        if (!count.cash(Denomination.USD).isZero() && find(all, Tender.Kind.CASH, Denomination.USD) < 0)
            all.add(1, TenderLine.none(Tender.Kind.CASH, Denomination.USD));
        for (CashCount.Vouchers vouchers : count.vouchers())
            if (!vouchers.amount().isZero()
                    && find(all, vouchers.tender(), vouchers.amount().currency()) < 0)
                all.add(TenderLine.none(vouchers.tender(), vouchers.amount().currency()));
        return all.stream()
                .map(line -> line.counted(
                        line.tender().isCounted() ? count.counted(line.tender(), line.currency()) : line.expected(),
                        line.reason()))
                .toList();
    }

    /** What customers paid on their accounts in this tender: what came in that is no movement of the drawer. */
    public Money accountPayments(TenderLine line) {
        Money rest = line.paidIn();
        for (Deposits one : deposits)
            if (one.tender() == line.tender() && one.taken().currency().equals(line.currency()))
                rest = rest.minus(one.taken());
        if (line.tender() != Tender.Kind.CASH) return rest;
        return movements.stream()
                .map(CashMovement.Recorded::movement)
                .filter(m -> m.kind() == CashMovement.Kind.PAID_IN)
                .map(CashMovement::amount)
                .filter(amount -> amount.currency().equals(line.currency()))
                .reduce(rest, Money::minus);
    }

    private static int find(List<TenderLine> lines, Tender.Kind tender, Currency currency) {
        for (int i = 0; i < lines.size(); i++)
            if (lines.get(i).tender() == tender && lines.get(i).currency().equals(currency)) return i;
        return -1;
    }
}
