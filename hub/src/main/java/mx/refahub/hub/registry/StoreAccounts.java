package mx.refahub.hub.registry;

import java.util.List;
import java.util.Optional;
import mx.refahub.domain.delivery.BrokerAccounts;
import mx.refahub.domain.store.StoreId;
import mx.refahub.hub.access.Secrets;

final class StoreAccounts implements BrokerAccounts {
    private final StoreTable table;
    private final StoreSecrets secrets;

    StoreAccounts(StoreTable table, StoreSecrets secrets) {
        this.table = table;
        this.secrets = secrets;
    }

    @Override
    public Optional<Account> signIn(String user, String password) {
        return table.byBrokerUser(user)
                .filter(row ->
                        Secrets.matches(password, row.brokerPasswordHash()) || secrets.opensBroker(row.id(), password))
                .map(StoreAccounts::account);
    }

    @Override
    public Optional<Account> byUser(String user) {
        return table.byBrokerUser(user).map(StoreAccounts::account);
    }

    @Override
    public List<Account> all() {
        return table.brokerUsers().stream().map(StoreAccounts::account).toList();
    }

    private static Account account(StoreTable.BrokerRow row) {
        return new Account(row.brokerUser(), new StoreId(row.id()), row.slug());
    }
}
