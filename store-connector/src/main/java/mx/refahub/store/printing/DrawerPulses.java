package mx.refahub.store.printing;

import java.sql.SQLException;
import java.util.UUID;
import mx.refahub.domain.sale.Sale;
import mx.refahub.store.sqlite.Session;

/** Whether a sale in cash opens its drawer, and the book in which each pulse is written. */
public interface DrawerPulses {
    /** By the store's rule for cash sales, or for what is paid back in cash. */
    boolean opensFor(Sale sale);

    /** Before the pulse goes out, in the transaction that marks the receipt as started. */
    void write(Session session, UUID id, Sale sale, String device) throws SQLException;
}
