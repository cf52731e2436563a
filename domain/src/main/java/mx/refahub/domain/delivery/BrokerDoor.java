package mx.refahub.domain.delivery;

/** Shows a store's old account out of the hub's broker. Implemented in routes. */
@FunctionalInterface
public interface BrokerDoor {
    /** Ends the connections that are open under this user now. A new one needs a sign-in, which is decided anew. */
    void close(String user);
}
