package mx.refahub.routes.work;

import java.util.function.Supplier;
import mx.refahub.domain.Failure;
import mx.refahub.domain.job.SliceOrder;
import mx.refahub.domain.job.SliceOrders;
import mx.refahub.routes.Channels;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;

/** Sends orders over the route {@code slice-order}. */
public final class SliceSender implements SliceOrders {
    private final Supplier<CamelContext> context;
    private @Nullable ProducerTemplate producer;

    /** @param context asked for when the first order is sent: jobs are there before the routes are */
    public SliceSender(Supplier<CamelContext> context) {
        this.context = context;
    }

    @Override
    public void send(SliceOrder order) {
        try {
            producer().sendBody(Channels.SLICE_ORDER, order.text());
        } catch (CamelExecutionException e) {
            throw Failure.retryable("slice " + order.text() + " was not ordered", e.getCause());
        }
    }

    private synchronized ProducerTemplate producer() {
        ProducerTemplate known = producer;
        if (known == null) producer = known = context.get().createProducerTemplate();
        return known;
    }
}
