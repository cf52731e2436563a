package mx.refahub.store.relay;

import java.util.List;
import mx.refahub.domain.delivery.DownMessage;
import mx.refahub.domain.delivery.Relay;
import mx.refahub.domain.store.StoreStatus.RelayState;
import mx.refahub.domain.wire.Heartbeat.RouteFigures;

/** What the main process hears of its child; called on the child's reader thread, one at a time. */
public interface RelayEvents {
    void state(RelayState state);

    /** @param relayed sequence up to which the store's broker has our documents */
    void relayed(long relayed, boolean linked);

    void received(DownMessage message);

    void halted(Relay.Cause cause, long sequence);

    /** How its routes do, now and then while it changes. */
    default void routes(List<RouteFigures> routes) {}
}
