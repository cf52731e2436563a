package mx.refahub.routes.work;

import mx.refahub.domain.job.SliceOrder;
import mx.refahub.domain.job.SliceWork;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where orders come in. */
public final class SliceDesk {
    private static final Logger LOG = LoggerFactory.getLogger(SliceDesk.class);

    private final SliceWork work;

    public SliceDesk(SliceWork work) {
        this.work = work;
    }

    /** What is no order is dropped: who ordered something misses it and orders again. */
    public void take(@Nullable Object body, @Header("JMSRedelivered") @Nullable Boolean again) {
        SliceOrder order;
        try {
            order = SliceOrder.of(String.valueOf(body));
        } catch (IllegalArgumentException e) {
            LOG.error("order dropped that orders nothing reason={}", e.getMessage());
            return;
        }
        work.take(order, Boolean.TRUE.equals(again));
    }
}
