package mx.refahub.domain.delivery;

/** The door of the hub's broker, from inside. Implemented by the broker. */
public interface BrokerGate {
    /** Ends all connections of this user, and forgets that it had signed in: the next one is asked for its password anew. An outside broker is its operator's. */
    void disconnect(String user);
}
