package mx.refahub.hub.registry;

import java.security.SecureRandom;
import java.time.Clock;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.delivery.BrokerAccounts;
import mx.refahub.domain.delivery.BrokerDoor;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.access.People;
import mx.refahub.hub.access.Secrets;
import mx.refahub.hub.stream.Publications;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
public class Registry {
    @Bean
    BrokerAccounts brokerAccounts(StoreTable table, StoreSecrets secrets) {
        return new StoreAccounts(table, secrets);
    }

    @Bean
    StoreSecrets storeSecrets(
            SecretTable table,
            StoreTable stores,
            AuditTrail audit,
            Secrets secrets,
            Clock clock,
            TransactionTemplate transaction,
            ObjectProvider<BrokerDoor> door) {
        return new StoreSecrets(
                table, stores, audit, secrets, clock, transaction, user -> door.ifAvailable(open -> open.close(user)));
    }

    @Bean
    PostgresStoreHealth storeHealth(
            HealthTable table, StoreSecrets secrets, Clock clock, JsonMapper json, TransactionTemplate transaction) {
        return new PostgresStoreHealth(table, secrets, clock, json, transaction);
    }

    @Bean
    StoreRegistry storeRegistry(
            StoreTable table,
            People people,
            Publications publications,
            AuditTrail audit,
            Secrets secrets,
            IdSource ids,
            Clock clock,
            JsonMapper json,
            Lives lives,
            StoreSecrets storeSecrets,
            PostgresStoreHealth health,
            TransactionTemplate transaction) {
        return new StoreRegistry(
                table,
                people,
                publications,
                audit,
                secrets,
                ids,
                clock,
                json,
                lives,
                storeSecrets,
                health,
                transaction);
    }

    @Bean
    Lives storeLives(
            LifeTable table,
            StoreTable stores,
            AuditTrail audit,
            Publications publications,
            Secrets secrets,
            StoreSecrets storeSecrets,
            SecureRandom random,
            Clock clock,
            TransactionTemplate transaction,
            ObjectProvider<BrokerDoor> door) {
        return new Lives(
                table,
                stores,
                audit,
                publications,
                secrets,
                storeSecrets,
                random,
                clock,
                transaction,
                user -> door.ifAvailable(open -> open.close(user)));
    }
}
