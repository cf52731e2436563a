package mx.refahub.routes.stream;

import java.time.Duration;
import mx.refahub.routes.Channels;
import mx.refahub.routes.failure.Policies;
import org.apache.camel.builder.RouteBuilder;

public final class StreamRoutes extends RouteBuilder {
    private final Announcing announcing;
    private final Duration every;

    public StreamRoutes(Announcing announcing, Duration every) {
        this.announcing = announcing;
        this.every = every;
    }

    @Override
    public void configure() {
        // @formatter:off
        from(Channels.timer("stream-announce", every)).routeId("stream-announce").routeConfigurationId(Policies.TICK)
            .bean(announcing, "due").id("stream-announce.due")
            .split(body()).stopOnException().id("stream-announce.each")
                .setProperty("post", body())
                .to(Channels.DOWN_SEND).id("stream-announce.send")
                .setBody(exchangeProperty("post"))
                .bean(announcing, "told").id("stream-announce.told")
            .end();
        // @formatter:on
    }
}
