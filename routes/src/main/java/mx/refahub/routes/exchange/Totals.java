package mx.refahub.routes.exchange;

import mx.refahub.domain.erp.ErpSender.Sent;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** What became of all claims of one sending. One that was put aside counts as nothing, and does not end the sending of the others. */
final class Totals implements AggregationStrategy {
    @Override
    public @Nullable Exchange aggregate(@Nullable Exchange all, @Nullable Exchange part) {
        if (part == null) return all;
        Sent sent = part.getMessage().getBody() instanceof ExchangeDesk.Outcomes outcomes
                ? outcomes.sent()
                : new Sent(0, 0, 0, true);
        if (all == null) {
            part.getExchangeExtension().setErrorHandlerHandled(null);
            part.getMessage().setBody(sent);
            return part;
        }
        if (all.getMessage().getBody() instanceof Sent before) all.getMessage().setBody(before.plus(sent));
        return all;
    }
}
