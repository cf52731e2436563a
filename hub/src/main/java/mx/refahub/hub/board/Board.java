package mx.refahub.hub.board;

import java.time.Clock;
import java.util.Locale;
import javax.sql.DataSource;
import mx.refahub.domain.hub.ActLog;
import mx.refahub.domain.hub.CommandLog;
import mx.refahub.domain.hub.OutsideSystem;
import mx.refahub.domain.hub.StoreBoard;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.registry.PostgresStoreHealth;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
public class Board {
    @Bean
    StoreBoard storeBoard(BoardTable table, JsonMapper json, TransactionTemplate transaction) {
        return new PostgresStoreBoard(table, json, transaction);
    }

    /** In the audit trail: {@code store-command-backup} and the like. */
    @Bean
    CommandLog commandLog(AuditTrail audit, PostgresStoreHealth health) {
        return (store, command, by) -> {
            audit.record(
                    by.id().toString(),
                    "store-command-"
                            + command.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    store + " " + command.id());
            health.ordered(store, command, by);
        };
    }

    @Bean
    ActLog actLog(AuditTrail audit) {
        return (by, act, subject) -> audit.record(by.id().toString(), act, subject);
    }

    @Bean
    OutsideSystem database(DataSource database) {
        return new DatabaseSystem(database);
    }

    @Bean
    DocumentsHealth documentsHealth(BoardTable table, Clock clock) {
        return new DocumentsHealth(table, clock);
    }
}
