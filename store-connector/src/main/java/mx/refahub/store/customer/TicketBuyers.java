package mx.refahub.store.customer;

import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.customer.Customer;
import mx.refahub.domain.customer.CustomerField;
import mx.refahub.domain.pricing.Buyer;
import mx.refahub.domain.pricing.PriceLevel;
import mx.refahub.store.price.Buyers;
import mx.refahub.store.sqlite.Session;

/** The customer that a ticket is sold to, with the level that the hub and this counter know. */
public final class TicketBuyers implements Buyers {
    private final CustomerRows customers;

    public TicketBuyers(CustomerRows customers) {
        this.customers = customers;
    }

    @Override
    public Buyer of(Session session, UUID ticket) throws SQLException {
        Optional<UUID> customer = session.first("""
                select customer_id
                from ticket
                where id = ? and customer_id is not null
                """, row -> row.id("customer_id"), ticket);
        if (customer.isEmpty()) return Buyer.PUBLIC;
        Optional<Customer> known = customers.customer(session, customer.get());
        PriceLevel level = known.map(one -> new PriceLevel(one.text(CustomerField.PRICE_LEVEL)))
                .orElse(PriceLevel.PUBLICO);
        return new Buyer(level, customer.get());
    }
}
