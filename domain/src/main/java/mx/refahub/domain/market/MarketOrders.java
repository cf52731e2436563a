package mx.refahub.domain.market;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import org.jspecify.annotations.Nullable;

/**
 * Orders of marketplaces at the branch that sells them. What was set aside here is sold at the marketplace's price and was paid there. Works with the hub
 * unreachable; every act may be repeated.
 */
public interface MarketOrders {
    enum State {
        /** Not all of it has been answered here yet. */
        WAITING,
        READY,
        /** Less stands here than was ordered. Whoever finds the pieces may sell it all the same. */
        SHORT,
        /** Sold; the marketplace wants to know of the parcel. */
        TO_SHIP,
        /** Sold, and cancelled since: the goods are to come back with a return of the ticket. */
        TO_TAKE_BACK
    }

    /** @param reserved null before it was answered */
    record Line(
            PartId part,
            String title,
            Quantity pieces,
            @Nullable Quantity reserved,
            Money unitPrice) {}

    /**
     * @param market name of the connection
     * @param number as the marketplace has it
     * @param until when the goods are no longer set aside by themselves; the order stays
     * @param byMarketplace it brings the label itself
     * @param folio of the sale; empty before it
     */
    record Waiting(
            UUID order,
            String market,
            String number,
            String buyer,
            String to,
            State state,
            boolean byMarketplace,
            Instant since,
            Instant until,
            Money total,
            List<Line> lines,
            String folio) {
        public Waiting {
            lines = List.copyOf(lines);
        }
    }

    /** What waits for somebody here, the oldest first. */
    List<Waiting> open();

    /**
     * Sells it: its lines as they were ordered, paid at the marketplace. The same again returns the same sale. What the clerk must still say, such as serial numbers, is
     * refused as {@link mx.refahub.domain.sale.Till#pay} does, and its ticket is then in hand at the register.
     *
     * @return refused {@code market-order-unknown}, {@code market-order-waiting}, {@code market-order-unpriced}, {@code part-unknown}, {@code promise-elsewhere},
     *     {@code cash-session-closed}
     */
    Outcome<Sale> collect(UUID order, RegisterId register, Person who);

    /** Its parcel is on its way. @return refused {@code market-order-unknown}, {@code market-not-sold}, {@code market-parcel-empty}, {@code market-parcel-told} */
    Outcome<UUID> ship(UUID order, String carrier, String tracking, Person who);
}
