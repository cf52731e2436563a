package mx.refahub.store.price;

import java.sql.SQLException;
import java.util.UUID;
import mx.refahub.domain.pricing.Buyer;
import mx.refahub.store.sqlite.Session;

/** Who buys on a ticket, as far as prices go. */
@FunctionalInterface
public interface Buyers {
    /** Nobody is known: everybody pays the public's prices. */
    Buyers NOBODY_KNOWN = (session, ticket) -> Buyer.PUBLIC;

    /** @param session of sales.db, inside the caller's transaction */
    Buyer of(Session session, UUID ticket) throws SQLException;
}
