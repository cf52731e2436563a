package mx.refahub.hub.proposal;

import java.time.Clock;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.lostsale.LostSaleBoard;
import mx.refahub.domain.proposal.ProposalDesk;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.stock.StockTable;
import mx.refahub.hub.stream.Publications;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
public class Missing {
    @Bean
    ProposalDesk proposalDesk(
            ProposalTable table,
            StockTable shelf,
            Publications publications,
            AuditTrail audit,
            IdSource ids,
            Clock clock,
            TransactionTemplate transaction) {
        return new PostgresProposalDesk(table, shelf, publications, audit, ids, clock, transaction);
    }

    @Bean
    LostSaleBoard lostSaleBoard(LostSaleRows rows, PlatformTransactionManager transactions) {
        return new PostgresLostSaleBoard(rows, transactions);
    }
}
