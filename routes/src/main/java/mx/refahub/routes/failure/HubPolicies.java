package mx.refahub.routes.failure;

import mx.refahub.domain.FailureKind;
import mx.refahub.routes.Channels;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteConfigurationBuilder;

/** The hub's error policies. Nothing rolls back in a loop: that would count deliveries until the broker gives the message up. */
public final class HubPolicies extends RouteConfigurationBuilder {
    private final Troubles troubles;

    public HubPolicies(Troubles troubles) {
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
                .handled(true).useOriginalMessage()
                .to(Channels.DEAD_LETTER)
            .end();

        routeConfiguration(Policies.TICK)
            .onException(Exception.class)
                .maximumRedeliveries(0).logExhausted(false)
                .handled(true)
                .bean(troubles, "note")
            .end();

        routeConfiguration(Policies.ASK)
            .onException(Exception.class).onWhen(new Kind(FailureKind.RETRYABLE))
                .maximumRedeliveries(3).redeliveryDelay(100).logExhausted(false)
            .end()
            .onException(Exception.class)
                .maximumRedeliveries(0).logExhausted(false)
            .end();

        routeConfiguration(Policies.PARK)
            .onException(Exception.class)
                .maximumRedeliveries(2).redeliveryDelay(200).logExhausted(false)
                .handled(true).useOriginalMessage()
                .to(Channels.DEAD_LETTER)
            .end();

        routeConfiguration(Policies.LETTER)
            .onException(Exception.class)
                .maximumRedeliveries(0).logExhausted(false)
                .handled(true)
                .to(Channels.LETTER_FAILED)
            .end();

        routeConfiguration(Policies.CALLER).errorHandler(noErrorHandler());
        // @formatter:on
    }
}
