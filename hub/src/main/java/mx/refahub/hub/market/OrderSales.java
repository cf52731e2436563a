package mx.refahub.hub.market;

import java.util.List;
import java.util.UUID;

/** What branches did about orders of marketplaces, as their documents say it; in the posting's transaction. */
public final class OrderSales {
    private final OrderBook book;

    OrderSales(OrderBook book) {
        this.book = book;
    }

    /**
     * A ticket that sells an order. The same again changes nothing. The counter of stock has been raised by the caller.
     *
     * @param paid at the marketplace, in centavos, as the ticket says
     * @return what is odd about it, in words
     */
    public List<String> sold(UUID order, UUID sale, UUID store, String by, long paid) {
        return book.sold(order, sale, store, by, paid);
    }

    /** The order's parcel went out; the first that was said counts. An order that is unknown here is nobody's. */
    public void parcel(UUID order, String carrier, String tracking, String by) {
        book.parcel(order, carrier, tracking, by);
    }
}
