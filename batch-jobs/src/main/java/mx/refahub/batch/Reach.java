package mx.refahub.batch;

import java.util.Optional;
import mx.refahub.domain.erp.ErpDeliveries;
import mx.refahub.domain.erp.ErpDoors;
import mx.refahub.domain.erp.ErpMasters;
import mx.refahub.domain.erp.ErpSender;
import mx.refahub.domain.job.SliceOrders;
import mx.refahub.domain.market.MarketCounter;
import mx.refahub.domain.market.MarketTraffic;
import mx.refahub.domain.notice.Telling;

/**
 * What the jobs of this process reach beyond their database. A job whose other side is not there is not offered.
 *
 * @param erp where the accountant's entries go
 * @param deliveries what systems that are spoken to were brought
 * @param sender brings it
 * @param masters what they were told of parts, stock and prices
 * @param markets what is due on marketplaces
 * @param traffic brings it
 * @param telling writes letters to people
 * @param orders how other processes are asked to help
 */
record Reach(
        Optional<ErpDoors> erp,
        Optional<ErpDeliveries> deliveries,
        Optional<ErpSender> sender,
        Optional<ErpMasters> masters,
        Optional<MarketCounter> markets,
        Optional<MarketTraffic> traffic,
        Optional<Telling> telling,
        Optional<SliceOrders> orders) {
    /** The database, and people. */
    static Reach nothingBut(Optional<SliceOrders> orders, Optional<Telling> telling) {
        return new Reach(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                telling,
                orders);
    }
}
