package mx.refahub.routes.exchange;

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
            return producer.requestBody(Channels.DELIVERY_SEND, target, Sent.class);
        } catch (CamelExecutionException e) {
            throw Failure.retryable("postings for " + target + " were not sent", e.getCause());
        }
    }
}
