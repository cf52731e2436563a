package mx.refahub.hub.reconcile;

import java.time.Clock;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.delivery.Command;
import mx.refahub.domain.delivery.Commands;
import mx.refahub.domain.reconcile.ReconcileOrders;
import mx.refahub.domain.reconcile.Reconciliations;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.registry.PostgresStoreHealth;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
public class Reconciling {
    @Bean
    ReconcileDesk reconcileDesk(
            ReconcileTable table, IdSource ids, Clock clock, PlatformTransactionManager transactions) {
        return new ReconcileDesk(table, ids, clock, transactions);
    }

    /** By the program, for a run; a person's own are kept where they are given. */
    @Bean
    ReconcileOrders reconcileOrders(
            ObjectProvider<Commands> commands,
            PostgresStoreHealth health,
            AuditTrail audit,
            PlatformTransactionManager transactions) {
        // Kept before it goes out, whatever becomes of the step: a quick answer finds its order.
        TransactionTemplate own = new TransactionTemplate(transactions);
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return (store, id, who) -> {
            Command command = new Command(id, Command.Kind.RECONCILE);
            own.executeWithoutResult(status -> {
                if (health.ordered(store, command, who)) audit.record(who, "store-command-reconcile", store + " " + id);
            });
            commands.getObject().send(store, command);
        };
    }

    @Bean
    Reconciliations reconciliations(
            ReconcileTable table, AuditTrail audit, Clock clock, TransactionTemplate transaction) {
        return new PostgresReconciliations(table, audit, clock, transaction);
    }
}
