package mx.refahub.domain.erp;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.money.Money;

/**
 * The sales of one branch and day as one entry. It cannot be unbalanced: debits and credits are equal to the centavo.
 *
 * @param reference ours, unique for each target: outside systems are asked by it before anything is sent again
 * @param number 1 for the day's first entry; later ones bring tickets that came after it, and correct it
 * @param tickets how many it sums
 * @param total of its tickets
 */
public record JournalEntry(
        UUID id,
        String reference,
        String storeCode,
        String storeName,
        LocalDate day,
        int number,
        long tickets,
        Money total,
        List<Line> lines) {
    /** An amount on one side of one account. @param satGroup SAT's grouping code; may be empty */
    public record Line(
            AccountRole role,
            String kind,
            String account,
            String accountName,
            String satGroup,
            String costCenter,
            Money debit,
            Money credit) {
        public Line {
            if (account.isBlank()) throw new IllegalArgumentException("line of " + role + " without an account");
            if (debit.isNegative() || credit.isNegative() || debit.isZero() == credit.isZero())
                throw new IllegalArgumentException("line of " + debit.text() + " and " + credit.text());
        }
    }

    public JournalEntry {
        lines = List.copyOf(lines);
        if (reference.isBlank()) throw new IllegalArgumentException("entry without a reference");
        if (number < 1) throw new IllegalArgumentException("entry number " + number);
        Money debits = lines.stream().map(Line::debit).reduce(Money.mxn(0), Money::plus);
        Money credits = lines.stream().map(Line::credit).reduce(Money.mxn(0), Money::plus);
        if (!debits.equals(credits))
            throw new IllegalArgumentException(
                    "entry " + reference + " has debits of " + debits.text() + " and credits of " + credits.text());
    }

    /** The sum of either side. */
    public Money sum() {
        return lines.stream().map(Line::debit).reduce(Money.mxn(0), Money::plus);
    }

    public boolean isCorrection() {
        return number > 1;
    }

    /** In words, at most 100 characters as the narrowest of the layouts takes. */
    public String concept() {
        String text = (isCorrection() ? "Complemento " + (number - 1) + " de ventas " : "Ventas ") + storeCode + " "
                + day + ", " + tickets + (tickets == 1 ? " ticket" : " tickets");
        return text.substring(0, Math.min(text.length(), 100));
    }
}
