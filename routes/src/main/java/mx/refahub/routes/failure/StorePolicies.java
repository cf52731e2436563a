package mx.refahub.routes.failure;

import mx.refahub.domain.FailureKind;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteConfigurationBuilder;

/** The error policies of the store's child process. It keeps no dead letters: the outbox has every document, and the hub says everything again. */
public final class StorePolicies extends RouteConfigurationBuilder {
    private final Troubles troubles;

    public StorePolicies(Troubles troubles) {
        this.troubles = troubles;
    }

    @Override
    public void configuration() {
        // @formatter:off
        routeConfiguration(Policies.WAIT)
            .onException(Exception.class).onWhen(new Kind(FailureKind.RETRYABLE))
                .maximumRedeliveries(-1).redeliveryDelay(100)
                .useExponentialBackOff().backOffMultiplier(2).maximumRedeliveryDelay(5_000)
                .retryAttemptedLogLevel(LoggingLevel.WARN).logRetryStackTrace(false)
                .logExhausted(false)
            .end()
            .onException(Exception.class)
                .maximumRedeliveries(2).redeliveryDelay(200).logExhausted(false)
                .handled(true)
                .bean(troubles, "note")
            .end();

        routeConfiguration(Policies.CALLER).errorHandler(noErrorHandler());
        // @formatter:on
    }
}
