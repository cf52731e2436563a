package mx.refahub.hub.reconcile;

import java.time.Clock;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.reconcile.Reconciliations;
import mx.refahub.hub.access.AuditTrail;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
public class Reconciling {
    @Bean
    ReconcileDesk reconcileDesk(
            ReconcileTable table, IdSource ids, Clock clock, PlatformTransactionManager transactions) {
        return new ReconcileDesk(table, ids, clock, transactions);
    }

    @Bean
    Reconciliations reconciliations(
            ReconcileTable table, AuditTrail audit, Clock clock, TransactionTemplate transaction) {
        return new PostgresReconciliations(table, audit, clock, transaction);
    }
}
