package mx.refahub.domain.customer;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Settled;
import mx.refahub.domain.sale.Tender;
import org.jspecify.annotations.Nullable;

/**
 * What a customer owes, as far as it is known here: this branch's entries to the last one, the others' as the hub told them.
 *
 * @param line null without credit
 * @param left what may still be sold on account here without asking anybody
 * @param elsewhere what of the balance other branches wrote
 * @param asOf when the hub told it; null if it never has
 * @param open tickets that are not paid, oldest first
 * @param entries of this branch, newest first
 */
public record Account(
        Customer customer,
        @Nullable CreditLine line,
        Money left,
        Money balance,
        Money elsewhere,
        @Nullable Instant asOf,
        List<Open> open,
        List<Entry> entries) {
    public Account {
        open = List.copyOf(open);
        entries = List.copyOf(entries);
    }

    /** What an entry did; a charge raises the balance, a payment and a credit lower it. */
    public enum Kind {
        /** A ticket sold on account. */
        CHARGE,
        /** What came back of one. */
        CREDIT,
        PAYMENT,
        /** A cheque that the bank did not honour: what it paid is owed again. */
        BOUNCED,
        /** What the bounced cheque cost. */
        FEE
    }

    /**
     * A row of the ledger.
     *
     * @param amount what it does to the balance
     * @param reference folio of the ticket, number of the receipt
     * @param tender of a payment; null otherwise
     * @param bouncedAt of a payment by a cheque that came back; null otherwise
     */
    public record Entry(
            UUID id,
            Kind kind,
            Money amount,
            Instant at,
            LocalDate day,
            String reference,
            Tender.@Nullable Kind tender,
            @Nullable Instant bouncedAt) {}

    /**
     * A ticket, or the cost of a bounced cheque, that waits to be paid.
     *
     * @param store code of the branch; empty for this one
     */
    public record Open(UUID id, String folio, String store, LocalDate day, LocalDate dueOn, Money amount, Money left) {}

    /**
     * What is owed by how long it is overdue.
     *
     * @param notDue within its days
     * @param inFavour what was paid or credited beyond the open tickets; the balance is the sum of the others less this
     */
    public record Ageing(
            Money notDue, Money upTo30, Money upTo60, Money upTo90, Money above90, Money inFavour, Money balance) {}

    private static final int MONTH = 30;

    public Ageing ageing(LocalDate today) {
        return ageing(open, balance, today);
    }

    /** Ticket by ticket, by the days since it was due. */
    public static Ageing ageing(List<Open> open, Money balance, LocalDate today) {
        Money zero = Money.zero(balance.currency());
        Money[] sums = {zero, zero, zero, zero, zero};
        Money total = zero;
        for (Open one : open) {
            if (one.left().isNegative()) continue;
            int bucket = bucket(ChronoUnit.DAYS.between(one.dueOn(), today));
            sums[bucket] = sums[bucket].plus(one.left());
            total = total.plus(one.left());
        }
        return new Ageing(sums[0], sums[1], sums[2], sums[3], sums[4], total.minus(balance), balance);
    }

    private static int bucket(long overdue) {
        if (overdue <= 0) return 0;
        if (overdue <= MONTH) return 1;
        if (overdue <= 2L * MONTH) return 2;
        return overdue <= 3L * MONTH ? 3 : 4;
    }

    /** An amount laid on open tickets, the oldest first; what is left over is on none. */
    public static List<Settled> oldestFirst(List<Open> open, Money amount) {
        List<Settled> applied = new ArrayList<>();
        Money rest = amount;
        List<Open> byAge = open.stream()
                .sorted(Comparator.comparing(Open::day).thenComparing(Open::id))
                .toList();
        for (Open one : byAge) {
            if (rest.isZero()) break;
            if (one.left().isNegative() || one.left().isZero()) continue;
            Money here = one.left().compareTo(rest) < 0 ? one.left() : rest;
            applied.add(new Settled(one.id(), one.folio(), here));
            rest = rest.minus(here);
        }
        return applied;
    }
}
