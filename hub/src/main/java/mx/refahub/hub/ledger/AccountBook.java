package mx.refahub.hub.ledger;

import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Failure;
import mx.refahub.domain.customer.Account;
import mx.refahub.domain.customer.Customer;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.hub.stream.Publications;

/** The customers' accounts. What a document says happened is entered as it says; what does not fit is told. */
final class AccountBook {
    private final AccountTable table;
    private final Publications publications;

    AccountBook(AccountTable table, Publications publications) {
        this.table = table;
        this.publications = publications;
    }

    /** What a sale does to its buyer's account, if it does anything. After the stock: counters are raised in one order everywhere. */
    List<String> sale(SaleBody sale, UUID document) {
        SaleBody.BuyerBody buyer = sale.buyer();
        long amount = sale.tenders().stream()
                .filter(tender -> tender.kind().equals(Tender.Kind.ON_ACCOUNT.name()))
                .mapToLong(SaleBody.TenderBody::amount)
                .sum();
        if (buyer == null) return amount == 0 ? List.of() : List.of(amount + " sold on account of nobody");
        if (amount == 0) return List.of();
        List<SaleBody.SettledBody> settled = buyer.settled() == null ? List.of() : buyer.settled();
        return enter(
                new AccountTable.NewEntry(
                        sale.id(),
                        buyer.customer(),
                        sale.store(),
                        (amount < 0 ? Account.Kind.CREDIT : Account.Kind.CHARGE).name(),
                        sale.currency(),
                        amount,
                        sale.soldAt(),
                        sale.businessDay(),
                        amount < 0 ? null : buyer.dueOn() == null ? sale.businessDay() : buyer.dueOn(),
                        sale.folioPrefix() + "-" + String.format(java.util.Locale.ROOT, "%06d", sale.folioNumber()),
                        null,
                        null,
                        "",
                        sale.cashierName()),
                buyer.name(),
                settled.stream().map(SaleBody.SettledBody::charge).toArray(UUID[]::new),
                settled.stream().map(SaleBody.SettledBody::amount).toArray(Long[]::new),
                document);
    }

    /** An entry with what it pays: ledger, balance and the version that tells the stores change together. */
    List<String> enter(
            AccountTable.NewEntry entry, String customerName, UUID[] charges, Long[] amounts, UUID document) {
        long version = publications.raise(Stream.CUSTOMERS);
        // The money counts also where the customer's own document has not come.
        table.stub(
                entry.customer(),
                customerName,
                String.join(" ", Customer.words(customerName)),
                entry.at(),
                entry.store());
        if (table.insertEntry(entry, document) == 0)
            throw Failure.rejected(
                    "account entry " + entry.id() + " stands in the ledger already, from another document");
        table.add(entry.customer(), entry.store(), entry.amount());
        table.touch(entry.customer(), version);
        if (charges.length == 0) return List.of();
        table.apply(entry.id(), charges, amounts);
        return table.overpaid(entry.id()).stream()
                .map(what -> "pays more of a ticket than is owed: " + what)
                .toList();
    }
}
