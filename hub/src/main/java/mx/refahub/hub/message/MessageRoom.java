package mx.refahub.hub.message;

import java.time.Clock;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.message.MessageDesk;
import mx.refahub.hub.access.AuditTrail;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
public class MessageRoom {
    @Bean
    MessageDesk messageDesk(
            MessageTable table,
            AuditTrail audit,
            IdSource ids,
            Clock clock,
            TransactionTemplate transaction,
            JsonMapper json) {
        return new PostgresMessageDesk(table, audit, ids, clock, transaction, json);
    }

    @Bean
    WordsPass wordsPass(WordsTable table, TransactionTemplate transaction) {
        return new WordsPass(table, transaction);
    }
}
