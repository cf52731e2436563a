package mx.refahub.routes.broker;

import java.time.Duration;
import mx.refahub.routes.Channels;
import mx.refahub.routes.failure.Policies;
import org.apache.camel.builder.RouteBuilder;

public final class AdmissionRoutes extends RouteBuilder {
    private final Admission admission;
    private final Duration every;

    public AdmissionRoutes(Admission admission, Duration every) {
        this.admission = admission;
        this.every = every;
    }

    @Override
    public void configure() {
        // @formatter:off
        from(Channels.timer("store-admit", every)).routeId("store-admit").routeConfigurationId(Policies.TICK)
            .bean(admission, "newcomers").id("store-admit.newcomers")
            .split(body()).id("store-admit.each")
                .bean(admission, "admit").id("store-admit.addresses")
            .end();
        // @formatter:on
    }
}
