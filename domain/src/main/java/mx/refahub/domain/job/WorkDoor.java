package mx.refahub.domain.job;

import java.util.Optional;

/** Where workers find the hub's broker: the hub says it in the database that they share. */
public interface WorkDoor {
    /** Broker user of all workers; may take orders and nothing else. */
    String USER = "worker";

    /** Of that user; made at the first call and the same ever after. */
    String password();

    /** @param hubKey the hub's public key, PEM; empty where the broker does not speak TLS */
    void open(String brokerUrl, String hubKey);

    /** Empty if no hub has ever opened it. */
    Optional<Door> find();

    record Door(String brokerUrl, String hubKey, String password) {
        /** Never the password. */
        @Override
        public String toString() {
            return "Door[" + brokerUrl + "]";
        }
    }
}
