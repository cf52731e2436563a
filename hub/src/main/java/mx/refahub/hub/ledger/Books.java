package mx.refahub.hub.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.notice.Telling;
import mx.refahub.hub.credit.CreditLedger;
import mx.refahub.hub.lender.LenderSales;
import mx.refahub.hub.market.OrderSales;
import mx.refahub.hub.price.PriceCheck;
import mx.refahub.hub.proposal.ProposalTable;
import mx.refahub.hub.purchase.OrderReceipts;
import mx.refahub.hub.purchase.SupplierCoreBook;
import mx.refahub.hub.stock.LeaseTable;
import mx.refahub.hub.stock.StockTable;
import mx.refahub.hub.stream.Publications;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
public class Books {
    @Bean
    SaleArchive saleArchive(SaleTable sales, NoteTable notes, PromiseTable promises) {
        return new SaleArchive(sales, notes, promises);
    }

    @Bean
    Ledgers ledgers(
            DocumentTable documents,
            SaleTable sales,
            StockTable stock,
            CashTable cash,
            PinTable pins,
            InvoiceTable invoices,
            ProposalTable proposals,
            LostSaleTable lostSales,
            AccountTable accounts,
            PromiseTable promises,
            NoteTable notes,
            OrderReceipts orders,
            SupplierCoreBook cores,
            ReturnTable returns,
            Publications publications,
            CreditLedger credits,
            PriceCheck prices,
            LeaseTable leases,
            OrderSales marketOrders,
            LenderSales lenders,
            Telling telling,
            IdSource ids,
            Clock clock,
            TransactionTemplate transaction,
            MeterRegistry meters) {
        Bodies bodies = new Bodies();
        AccountBook book = new AccountBook(accounts, publications);
        List<Posting> postings = new ArrayList<>(List.of(
                new SalePosting(
                        sales,
                        proposals,
                        stock,
                        book,
                        publications,
                        credits,
                        prices,
                        promises,
                        new ReturnBook(returns, publications, clock),
                        notes,
                        marketOrders,
                        lenders,
                        bodies),
                new CashSessionPosting(cash, bodies),
                new PinPosting(pins, publications, bodies),
                new InvoicePosting(invoices, returns, new SaleArchive(sales, notes, promises), ids, bodies),
                new ProposalPosting(proposals, bodies),
                new LostSalePosting(lostSales, bodies),
                new HandOverPosting(notes, bodies)));
        postings.addAll(CashPostings.all(cash, bodies));
        postings.addAll(StockPosting.all(stock, proposals, orders, publications, bodies));
        postings.add(new CoresGivenPosting(cores, proposals, bodies));
        postings.add(new LeasePosting(leases, proposals, publications, marketOrders, bodies));
        postings.addAll(AccountPostings.all(book, accounts, publications, bodies));
        postings.addAll(PromisePostings.all(promises, credits, telling, clock, bodies));
        return new PostgresLedgers(documents, postings, ids, clock, transaction, meters);
    }
}
