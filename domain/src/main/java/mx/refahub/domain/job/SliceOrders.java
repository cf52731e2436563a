package mx.refahub.domain.job;

/** Sends orders to whoever is free, over the broker. An order may come late, twice or never: who sends it looks after it. */
public interface SliceOrders {
    /** @throws mx.refahub.domain.Failure {@code RETRYABLE} if the broker does not take it now */
    void send(SliceOrder order);
}
