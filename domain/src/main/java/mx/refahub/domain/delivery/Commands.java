package mx.refahub.domain.delivery;

import mx.refahub.domain.store.StoreId;

/** Sends orders to stores. Implemented in routes; durable when it returns, carried out when the store is linked. */
public interface Commands {
    void send(StoreId store, Command command);
}
