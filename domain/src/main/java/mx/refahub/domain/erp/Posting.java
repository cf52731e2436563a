package mx.refahub.domain.erp;

import java.time.LocalDate;
import java.util.List;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Quantity;

/**
 * Something that an ERP is to book, once. Codes of accounts, taxes, warehouses, tenders and customers are the ERP's own: the hub has translated them.
 */
public sealed interface Posting {
    /** Ours, unique for the target: the ERP is asked by it before anything is created. At most 60 letters. */
    String reference();

    LocalDate day();

    /** Sales of a branch and day as one journal entry. */
    record Entry(JournalEntry entry) implements Posting {
        @Override
        public String reference() {
            return entry.reference();
        }

        @Override
        public LocalDate day() {
            return entry.day();
        }
    }

    /**
     * @param item the ERP's code of the part, or of what stands for a core deposit
     * @param net before discount and tax, of the whole line
     * @param tax the ERP's tax code
     */
    record Line(
            String item,
            String description,
            Quantity quantity,
            Money net,
            Money discount,
            String tax,
            Money taxAmount) {
        public Money base() {
            return net.minus(discount);
        }
    }

    /** @param customer the ERP's code @param warehouse the ERP's code of the branch @param branch our code */
    record Invoice(
            String reference,
            LocalDate day,
            String customer,
            String branch,
            String warehouse,
            List<Line> lines,
            Money total)
            implements Posting {
        public Invoice {
            lines = List.copyOf(lines);
            tie(reference, lines, total);
        }
    }

    /** Parts that came back; amounts above zero. @param corrects reference of the invoice that it takes from; may be empty */
    record CreditNote(
            String reference,
            LocalDate day,
            String corrects,
            String customer,
            String branch,
            String warehouse,
            List<Line> lines,
            Money total)
            implements Posting {
        public CreditNote {
            lines = List.copyOf(lines);
            tie(reference, lines, total);
        }
    }

    /**
     * What was paid of an invoice, or paid back of a credit note.
     *
     * @param document reference of the document that it settles, delivered before
     * @param back money that went out
     * @param tender the ERP's code: an account or a payment method
     */
    record Payment(
            String reference,
            LocalDate day,
            String document,
            boolean back,
            String customer,
            String tender,
            AccountKind kind,
            Money amount)
            implements Posting {
        public Payment {
            if (amount.isNegative() || amount.isZero())
                throw new IllegalArgumentException("payment " + reference + " of " + amount.text());
        }
    }

    /**
     * What a supplier has invoiced, or credited; amounts above zero.
     *
     * @param supplier the ERP's code @param theirs the supplier's own number; may be empty
     */
    record Bill(
            String reference,
            LocalDate day,
            boolean credit,
            String supplier,
            String theirs,
            String branch,
            String warehouse,
            List<Line> lines,
            Money total)
            implements Posting {
        public Bill {
            lines = List.copyOf(lines);
            tie(reference, lines, total);
        }
    }

    /** How ERPs tell payments apart. */
    enum AccountKind {
        CASH,
        BANK
    }

    private static void tie(String reference, List<Line> lines, Money total) {
        if (lines.isEmpty()) throw new IllegalArgumentException("document " + reference + " without lines");
        Money sum =
                lines.stream().map(line -> line.base().plus(line.taxAmount())).reduce(Money.mxn(0), Money::plus);
        if (!sum.equals(total))
            throw new IllegalArgumentException(
                    "document " + reference + " has lines of " + sum.text() + " and a total of " + total.text());
    }
}
