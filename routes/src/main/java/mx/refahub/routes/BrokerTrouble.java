package mx.refahub.routes;

/** Implemented by the child process. */
@FunctionalInterface
public interface BrokerTrouble {
    /** The local broker cannot go on in this process: end it, so that it is started anew. Called once, on a thread of the broker. */
    void cannotGoOn(String reason);
}
