package mx.refahub.pos.desk;

import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.market.MarketOrders;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;

/** None waits here. */
final class DeskMarketOrders implements MarketOrders {
    @Override
    public List<Waiting> open() {
        return List.of();
    }

    @Override
    public Outcome<Sale> collect(UUID order, RegisterId register, Person who) {
        return Outcome.refused("market-order-unknown");
    }

    @Override
    public Outcome<UUID> ship(UUID order, String carrier, String tracking, Person who) {
        return Outcome.refused("market-order-unknown");
    }
}
