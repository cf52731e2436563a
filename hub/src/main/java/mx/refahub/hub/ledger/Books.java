package mx.refahub.hub.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.hub.credit.CreditLedger;
import mx.refahub.hub.price.PriceCheck;
import mx.refahub.hub.proposal.ProposalTable;
import mx.refahub.hub.purchase.OrderReceipts;
import mx.refahub.hub.stock.StockTable;
import mx.refahub.hub.stream.Publications;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
public class Books {
    @Bean
    SaleArchive saleArchive(SaleTable sales) {
        return new SaleArchive(sales);
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
            OrderReceipts orders,
            ReturnTable returns,
            Publications publications,
            CreditLedger credits,
            PriceCheck prices,
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
                        new ReturnBook(returns, publications, clock),
                        bodies),
                new CashSessionPosting(cash, bodies),
                new PinPosting(pins, publications, bodies),
                new InvoicePosting(invoices, returns, new SaleArchive(sales), ids, bodies),
                new ProposalPosting(proposals, bodies),
                new LostSalePosting(lostSales, bodies)));
        postings.addAll(CashPostings.all(cash, bodies));
        postings.addAll(StockPosting.all(stock, proposals, orders, publications, bodies));
        postings.addAll(AccountPostings.all(book, accounts, publications, bodies));
        return new PostgresLedgers(documents, postings, ids, clock, transaction, meters);
    }
}
