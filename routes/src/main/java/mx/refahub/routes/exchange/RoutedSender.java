package mx.refahub.routes.exchange;

import java.util.Objects;
import mx.refahub.domain.Failure;
import mx.refahub.domain.erp.ErpSender;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.routes.Channels;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;

/** Sends over the route {@code delivery-send}. */
public final class RoutedSender implements ErpSender {
    private final ProducerTemplate producer;

    public RoutedSender(ProducerTemplate producer) {
        this.producer = producer;
    }

    @Override
    public Sent send(ErpTarget target) {
        try {
            return Objects.requireNonNull(
                    producer.requestBody(Channels.DELIVERY_SEND, target, Sent.class),
                    "the route answers what was sent");
        } catch (CamelExecutionException e) {
            throw Failure.retryable("postings for " + target + " were not sent", e.getCause());
        }
    }
}
