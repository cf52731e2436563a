package mx.refahub.batch;

import java.util.Optional;
import mx.refahub.domain.erp.ErpDeliveries;
import mx.refahub.domain.erp.ErpDoors;
import mx.refahub.domain.erp.ErpMasters;
import mx.refahub.domain.erp.ErpSender;
import mx.refahub.domain.job.RuleTrail;
import mx.refahub.domain.job.SliceOrders;
import mx.refahub.domain.market.MarketCounter;
import mx.refahub.domain.market.MarketTraffic;
import mx.refahub.domain.notice.Telling;
import mx.refahub.domain.rate.RateSync;
import mx.refahub.domain.reconcile.ReconcileOrders;

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
 * @param trail where it is kept who decided what of the jobs
 * @param reconcileOrders how stores are asked to compare themselves with the hub
 * @param rates what sources publish of currencies
 */
record Reach(
        Optional<ErpDoors> erp,
        Optional<ErpDeliveries> deliveries,
        Optional<ErpSender> sender,
        Optional<ErpMasters> masters,
        Optional<MarketCounter> markets,
        Optional<MarketTraffic> traffic,
        Optional<Telling> telling,
        Optional<SliceOrders> orders,
        Optional<RuleTrail> trail,
        Optional<ReconcileOrders> reconcileOrders,
        Optional<RateSync> rates) {
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
                orders,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same, and stores that can be told to compare themselves with the hub. */
    Reach with(ReconcileOrders stores, RuleTrail kept) {
        return new Reach(
                erp,
                deliveries,
                sender,
                masters,
                markets,
                traffic,
                telling,
                orders,
                Optional.of(kept),
                Optional.of(stores),
                rates);
    }
}
