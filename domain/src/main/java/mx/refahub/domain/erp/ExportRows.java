package mx.refahub.domain.erp;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Quantity;

/** What an export holds, for who writes it down. Each is one pass over the ledger: memory does not grow with the export. */
public interface ExportRows {
    /** Its entries by day and branch, streamed. */
    void entries(long export, Consumer<JournalEntry> taker);

    /** A ticket of an export, as it stands in the ledger. @param corrects its day had been taken before @param documents it goes as {@link #documents} */
    record TicketRow(
            String reference,
            String store,
            String folio,
            LocalDate day,
            Instant soldAt,
            String cashier,
            Money net,
            Money discount,
            Money tax,
            Money cores,
            Money total,
            boolean corrects,
            boolean documents) {}

    /** Every ticket of the export, by day and branch, streamed. */
    void tickets(long export, Consumer<TicketRow> taker);

    /** Sums of an export by what an accountant asks for. @param kind rate or kind of payment; @param base before tax; of payments what came as deposits */
    record Subtotal(AccountRole role, String store, LocalDate day, String kind, Money base, Money amount) {}

    /**
     * Deposits that were applied to tickets ({@code DEPOSITS}), which is no money of that day: it came before; what was kept of deposits ({@code PENALTIES});
     * taxes by day, branch and rate ({@code TAX}, with what is not taxed too); money by the day on which it came or went back, branch and kind ({@code TENDER}):
     * of tickets, and of deposits. One role after the other in this order, each by day and branch.
     */
    void subtotals(long export, Consumer<Subtotal> taker);

    /**
     * What a ticket sold, or what came back with it, as a document; codes are the target's, as the hub has them translated today.
     *
     * @param credit it came back: amounts and quantities are above zero all the same
     * @param reference ours, unique for the target @param corrects reference of the document that a credit takes from, where it is one only; else empty
     * @param warehouse the target's code of the branch @param series before the folio's number
     * @param due when what is owed of it has to be paid; the day itself where nothing is
     * @param customer the target's code of who buys @param customerName may be empty, as is the RFC
     * @param paid empty where nothing was: it is owed
     */
    record DocumentRow(
            boolean credit,
            String reference,
            String corrects,
            String store,
            String warehouse,
            String series,
            long number,
            String folio,
            LocalDate day,
            LocalDate due,
            String customer,
            String customerName,
            String customerRfc,
            List<DocumentLine> lines,
            List<Paid> paid) {
        public DocumentRow {
            lines = List.copyOf(lines);
            paid = List.copyOf(paid);
        }

        public Money net() {
            return sum(lines, DocumentLine::net);
        }

        public Money discount() {
            return sum(lines, DocumentLine::discount);
        }

        public Money tax() {
            return sum(lines, DocumentLine::tax);
        }

        public Money total() {
            return net().minus(discount()).plus(tax());
        }
    }

    private static Money sum(List<DocumentLine> lines, Function<DocumentLine, Money> of) {
        return lines.stream().map(of).reduce(Money.mxn(0), Money::plus);
    }

    /**
     * @param item the target's code of the part, or of what stands for deposits, vouchers and sundry sales
     * @param net before discount and tax, of the whole line
     * @param rate as ours: {@code 16%}, {@code EXEMPT} @param taxCode the target's
     */
    record DocumentLine(
            String item,
            String description,
            String unit,
            Quantity quantity,
            Money net,
            Money discount,
            String rate,
            String taxCode,
            Money tax) {}

    /** @param kind as ours @param tender the target's code of it */
    record Paid(String reference, String kind, String tender, Money amount) {}

    /** Tickets that go as documents of their own, by day and branch, streamed; a ticket that is an exchange comes as both. */
    void documents(long export, Consumer<DocumentRow> taker);

    /**
     * What was paid on account, later, of a ticket that is a document.
     *
     * @param reference of the ticket's document, as are branch, warehouse, series, number, folio and customer
     * @param day on which it was paid
     */
    record ReceiptRow(
            String reference,
            String store,
            String warehouse,
            String series,
            long number,
            String folio,
            LocalDate day,
            String customer,
            String customerName,
            String customerRfc,
            Paid paid) {}

    /** Payments on account that pay such tickets with all that they are, one for each ticket, by day and branch, streamed. */
    void receipts(long export, Consumer<ReceiptRow> taker);

    /**
     * A supplier's invoice, or what he credits, as a document.
     *
     * @param credit amounts and quantities are above zero all the same
     * @param fiscalId its stamp @param series the supplier's own, as is the folio; both may be empty
     * @param store branch of its order @param supplier the target's code
     */
    record BillRow(
            boolean credit,
            String reference,
            String fiscalId,
            String series,
            String folio,
            String store,
            String warehouse,
            LocalDate day,
            String supplier,
            String supplierName,
            String supplierRfc,
            List<DocumentLine> lines) {
        public BillRow {
            lines = List.copyOf(lines);
        }

        public Money net() {
            return sum(lines, DocumentLine::net);
        }

        public Money tax() {
            return sum(lines, DocumentLine::tax);
        }
    }

    /** Invoices of suppliers that go as documents of their own, by day and branch, streamed. */
    void bills(long export, Consumer<BillRow> taker);

    /** @param warehouse the target's code of the branch */
    record StockRow(String warehouse, String item, String description, String unit, Quantity quantity) {}

    /** What is on the shelves now, of branches whose warehouse the target has a code for; by warehouse and part, streamed. */
    void stock(long export, Consumer<StockRow> taker);
}
