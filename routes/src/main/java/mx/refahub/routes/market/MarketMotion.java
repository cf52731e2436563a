package mx.refahub.routes.market;

import java.util.Collection;
import java.util.UUID;
import mx.refahub.domain.Failure;
import mx.refahub.domain.market.MarketCounter.Errand;
import mx.refahub.domain.market.MarketTraffic;
import mx.refahub.routes.Channels;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;

/** Sets the routes in motion. */
public final class MarketMotion implements MarketTraffic {
    private final ProducerTemplate producer;

    public MarketMotion(ProducerTemplate producer) {
        this.producer = producer;
    }

    @Override
    public long publish(UUID connection) {
        return asked(Channels.MARKET_PUBLISH, connection);
    }

    @Override
    public long change(UUID connection) {
        return asked(Channels.MARKET_CHANGE, connection);
    }

    @Override
    public long look(UUID connection) {
        return asked(Channels.MARKET_LOOK, connection);
    }

    @Override
    public long fetch() {
        return asked(Channels.MARKET_ERRANDS, "");
    }

    @Override
    public void hint(String key, Errand errand) {
        try {
            producer.sendBodyAndHeader(Channels.MARKET_HEAR, errand, MarketRoutes.KEY, key);
        } catch (CamelExecutionException e) {
            throw Failure.retryable("notification " + key + " was not noted", e.getCause());
        }
    }

    private long asked(String channel, Object body) {
        try {
            Object answer = producer.requestBody(channel, body);
            return answer instanceof Collection<?> all
                    ? all.size()
                    : answer instanceof Number number ? number.longValue() : 0;
        } catch (CamelExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw Failure.retryable("the route " + channel + " did not get through", e.getCause());
        }
    }
}
