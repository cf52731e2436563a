package mx.refahub.store.relay;

import mx.refahub.domain.delivery.DownMessage;
import mx.refahub.domain.delivery.Relay;
import mx.refahub.domain.store.StoreStatus.RelayState;

/** What the main process hears of its child; called on the child's reader thread, one at a time. */
public interface RelayEvents {
    void state(RelayState state);

    /** @param relayed sequence up to which the store's broker has our documents */
    void relayed(long relayed, boolean linked);

    void received(DownMessage message);

    void halted(Relay.Cause cause, long sequence);
}
