package mx.refahub.domain.delivery;

import java.util.List;
import java.util.Optional;
import mx.refahub.domain.store.StoreId;

/** Who may sign in at the hub's broker. Implemented at the hub over the store registry. */
public interface BrokerAccounts {
    /** @return the account if the password is right; called on each connection */
    Optional<Account> signIn(String user, String password);

    /** The account of a broker user that has signed in before. */
    Optional<Account> byUser(String user);

    List<Account> all();

    /** @param slug names the store's own addresses: {@code refahub.up.SLUG} and {@code refahub.down.SLUG} */
    record Account(String user, StoreId store, String slug) {}
}
