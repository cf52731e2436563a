package mx.refahub.domain.promise;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Totals;
import org.jspecify.annotations.Nullable;

/**
 * Lines at agreed prices that are not sold yet: a quote, a layaway or a special order.
 *
 * @param number as printed, {@code C1-APA000012}
 * @param customer null only on a quote
 * @param dueOn last day of a quote or a layaway; the day that a special order was promised for
 * @param plan payments after the first one; empty where there is none
 * @param entries what the deposit went through, oldest first
 * @param sale what it became; null before
 */
public record Promise(
        UUID id,
        Kind kind,
        String number,
        @Nullable Client customer,
        List<SaleLine> lines,
        Totals totals,
        LocalDate day,
        LocalDate dueOn,
        Instant madeAt,
        String byName,
        String note,
        List<Installment> plan,
        Marks marks,
        List<Entry> entries,
        @Nullable UUID sale) {
    public static final int MAX_NOTE = 200;

    /** Kinds, each with what stands in its numbers. */
    public enum Kind {
        QUOTE("COT"),
        LAYAWAY("APA"),
        ORDER("PED");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        /** Whether money is held for it. */
        public boolean holdsDeposit() {
            return this != QUOTE;
        }
    }

    public enum State {
        OPEN,
        /** A special order whose pieces are here; the customer has not been told. */
        ARRIVED,
        TOLD,
        SOLD,
        CANCELLED
    }

    /** @param phone digits, as the customer's own field has them; may be empty */
    public record Client(UUID id, String name, String phone) {}

    public record Installment(LocalDate on, Money amount) {}

    /** When what happened to it; null where it has not. */
    public record Marks(
            @Nullable Instant arrivedAt,
            @Nullable Instant toldAt,
            @Nullable Instant cancelledAt) {
        public static final Marks NONE = new Marks(null, null, null);
    }

    /**
     * @param amount what it does to the deposit that is held
     * @param tender how it was paid or paid back; null where no money moved
     * @param reference number of the receipt, folio of the sale
     * @param foreign the dollars that it was paid in, at that day's rate; null otherwise
     */
    public record Entry(
            UUID id,
            EntryKind kind,
            Money amount,
            Tender.@Nullable Kind tender,
            String reference,
            Instant at,
            String byName,
            Tender.@Nullable Foreign foreign) {}

    /**
     * How a deposit goes back.
     *
     * @param money in pesos, also what was paid in dollars, at the rate of the day on which they were taken
     * @param credit as a new slip
     * @param kept by the company
     */
    public record Back(Money money, Money credit, Money kept) {}

    public enum EntryKind {
        TAKEN,
        APPLIED,
        RETURNED,
        /** By the penalty rule. */
        KEPT
    }

    public Promise {
        lines = List.copyOf(lines);
        plan = List.copyOf(plan);
        entries = List.copyOf(entries);
        if (lines.isEmpty()) throw new IllegalArgumentException("a promise of nothing");
        if (customer == null && kind.holdsDeposit()) throw new IllegalArgumentException(kind + " of nobody");
    }

    public State state() {
        if (sale != null) return State.SOLD;
        if (marks.cancelledAt() != null) return State.CANCELLED;
        if (marks.toldAt() != null) return State.TOLD;
        return marks.arrivedAt() != null ? State.ARRIVED : State.OPEN;
    }

    public boolean isClosed() {
        return state() == State.SOLD || state() == State.CANCELLED;
    }

    /** Held for the customer: taken less applied, returned and kept. */
    public Money deposit() {
        return entries.stream().map(Entry::amount).reduce(Money.mxn(0), Money::plus);
    }

    public Money taken() {
        return entries.stream()
                .filter(entry -> entry.kind() == EntryKind.TAKEN)
                .map(Entry::amount)
                .reduce(Money.mxn(0), Money::plus);
    }

    /**
     * What is held, as it goes back now. What slips paid goes back as a slip and never as money; what is kept comes out of the money first.
     *
     * @param penaltyPercent of a layaway's deposit
     * @param asCredit whether all of it becomes store credit
     */
    public Back back(int penaltyPercent, boolean asCredit) {
        Money held = deposit();
        Money kept = kind == Kind.LAYAWAY ? penalty(held, penaltyPercent) : Money.mxn(0);
        Money back = held.minus(kept);
        Money bySlip = entries.stream()
                .filter(entry -> entry.kind() == EntryKind.TAKEN
                        && entry.tender() != null
                        && entry.tender().isSlip())
                .map(Entry::amount)
                .reduce(Money.mxn(0), Money::plus);
        Money credit = asCredit ? back : bySlip.min(back);
        return new Back(back.minus(credit), credit, kept);
    }

    /** Still to be paid. */
    public Money left() {
        return isClosed() ? Money.mxn(0) : totals.total().minus(deposit());
    }

    public boolean isExpired(LocalDate today) {
        return !isClosed() && dueOn.isBefore(today);
    }

    /** What by the plan should have been paid by now, and was not. */
    public Money overdue(LocalDate today) {
        if (isClosed() || plan.isEmpty()) return Money.mxn(0);
        Money later = plan.stream()
                .filter(one -> !one.on().isBefore(today))
                .map(Installment::amount)
                .reduce(Money.mxn(0), Money::plus);
        Money late = left().minus(later);
        return late.isNegative() ? Money.mxn(0) : late;
    }

    /** Equal payments until the last day, the centavos that do not divide with the last one. */
    public static List<Installment> plan(Money rest, int payments, LocalDate from, LocalDate until) {
        if (payments < 1 || rest.minor() <= 0) return List.of();
        long days = Math.max(0, until.toEpochDay() - from.toEpochDay());
        Money each = Money.mxn(rest.minor() / payments);
        List<Installment> plan = new ArrayList<>();
        for (int i = 1; i <= payments; i++)
            plan.add(new Installment(
                    from.plusDays(days * i / payments),
                    i < payments ? each : rest.minus(Money.mxn(each.minor() * (payments - 1)))));
        return plan;
    }

    /** Kept of a deposit that is given back: the percentage of it, rounded once. */
    public static Money penalty(Money deposit, int percent) {
        return deposit.times(java.math.BigDecimal.valueOf(percent, 2));
    }
}
