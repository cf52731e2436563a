package mx.refahub.routes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import mx.refahub.domain.delivery.BrokerAccounts;

/** The registry of stores in a test: user and password by hand. */
public final class KnownStores implements BrokerAccounts {
    private record Entry(Account account, String password) {}

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    public KnownStores with(Account account, String password) {
        entries.put(account.user(), new Entry(account, password));
        return this;
    }

    public void without(String user) {
        entries.remove(user);
    }

    @Override
    public Optional<Account> signIn(String user, String password) {
        return Optional.ofNullable(entries.get(user))
                .filter(entry -> entry.password().equals(password))
                .map(Entry::account);
    }

    @Override
    public Optional<Account> byUser(String user) {
        return Optional.ofNullable(entries.get(user)).map(Entry::account);
    }

    @Override
    public List<Account> all() {
        return entries.values().stream().map(Entry::account).toList();
    }
}
