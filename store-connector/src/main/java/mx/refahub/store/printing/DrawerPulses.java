package mx.refahub.store.printing;

import java.sql.SQLException;
import java.util.UUID;
import mx.refahub.domain.sale.Sale;
import mx.refahub.store.sqlite.Session;

/** Whether a cash sale opens its drawer, and the book in which each pulse is written. */
public interface DrawerPulses {
    boolean opensForCashSale();

    /** Before the pulse goes out, in the transaction that marks the receipt as started. */
    void write(Session session, UUID id, Sale sale, String device) throws SQLException;
}
